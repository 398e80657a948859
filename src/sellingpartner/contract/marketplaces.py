"""The 23 marketplaces and the three regions they are served from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Region(StrEnum):
    """A part of the world with its own endpoint; a seller's grant covers the marketplaces of one region."""

    NA = "NA"
    EU = "EU"
    FE = "FE"

    @property
    def host(self) -> str:
        """The host of Amazon's endpoint."""
        return f"sellingpartnerapi-{self.lower()}.amazon.com"

    @property
    def sandbox_host(self) -> str:
        """The host of Amazon's sandbox."""
        return f"sandbox.{self.host}"

    @property
    def aws_region(self) -> str:
        """The AWS region that the endpoint is in."""
        return {Region.NA: "us-east-1", Region.EU: "eu-west-1", Region.FE: "us-west-2"}[self]


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A country's shop."""

    marketplace_id: str
    country_code: str
    country: str
    region: Region
    seller_central: str
    vendor_central: str
    currency: str
    language: str
    domain: str
    name: str


MARKETPLACES: dict[str, Marketplace] = {
    market.marketplace_id: market
    for market in (
        Marketplace(
            "A2EUQ1WTGCTBG2",
            "CA",
            "Canada",
            Region.NA,
            "sellercentral.amazon.ca",
            "vendorcentral.amazon.ca",
            "CAD",
            "en_CA",
            "www.amazon.ca",
            "Amazon.ca",
        ),
        Marketplace(
            "ATVPDKIKX0DER",
            "US",
            "United States",
            Region.NA,
            "sellercentral.amazon.com",
            "vendorcentral.amazon.com",
            "USD",
            "en_US",
            "www.amazon.com",
            "Amazon.com",
        ),
        Marketplace(
            "A1AM78C64UM0Y8",
            "MX",
            "Mexico",
            Region.NA,
            "sellercentral.amazon.com.mx",
            "vendorcentral.amazon.com.mx",
            "MXN",
            "es_MX",
            "www.amazon.com.mx",
            "Amazon.com.mx",
        ),
        Marketplace(
            "A2Q3Y263D00KWC",
            "BR",
            "Brazil",
            Region.NA,
            "sellercentral.amazon.com.br",
            "vendorcentral.amazon.com.br",
            "BRL",
            "pt_BR",
            "www.amazon.com.br",
            "Amazon.com.br",
        ),
        Marketplace(
            "A28R8C7NBKEWEA",
            "IE",
            "Ireland",
            Region.EU,
            "sellercentral.amazon.ie",
            "vendorcentral.amazon.ie",
            "EUR",
            "en_IE",
            "www.amazon.ie",
            "Amazon.ie",
        ),
        Marketplace(
            "A1RKKUPIHCS9HS",
            "ES",
            "Spain",
            Region.EU,
            "sellercentral.amazon.es",
            "vendorcentral.amazon.es",
            "EUR",
            "es_ES",
            "www.amazon.es",
            "Amazon.es",
        ),
        Marketplace(
            "A1F83G8C2ARO7P",
            "GB",
            "United Kingdom",
            Region.EU,
            "sellercentral.amazon.co.uk",
            "vendorcentral.amazon.co.uk",
            "GBP",
            "en_GB",
            "www.amazon.co.uk",
            "Amazon.co.uk",
        ),
        Marketplace(
            "A13V1IB3VIYZZH",
            "FR",
            "France",
            Region.EU,
            "sellercentral.amazon.fr",
            "vendorcentral.amazon.fr",
            "EUR",
            "fr_FR",
            "www.amazon.fr",
            "Amazon.fr",
        ),
        Marketplace(
            "AMEN7PMS3EDWL",
            "BE",
            "Belgium",
            Region.EU,
            "sellercentral.amazon.com.be",
            "vendorcentral.amazon.com.be",
            "EUR",
            "fr_BE",
            "www.amazon.com.be",
            "Amazon.com.be",
        ),
        Marketplace(
            "A1805IZSGTT6HS",
            "NL",
            "Netherlands",
            Region.EU,
            "sellercentral.amazon.nl",
            "vendorcentral.amazon.nl",
            "EUR",
            "nl_NL",
            "www.amazon.nl",
            "Amazon.nl",
        ),
        Marketplace(
            "A1PA6795UKMFR9",
            "DE",
            "Germany",
            Region.EU,
            "sellercentral.amazon.de",
            "vendorcentral.amazon.de",
            "EUR",
            "de_DE",
            "www.amazon.de",
            "Amazon.de",
        ),
        Marketplace(
            "APJ6JRA9NG5V4",
            "IT",
            "Italy",
            Region.EU,
            "sellercentral.amazon.it",
            "vendorcentral.amazon.it",
            "EUR",
            "it_IT",
            "www.amazon.it",
            "Amazon.it",
        ),
        Marketplace(
            "A2NODRKZP88ZB9",
            "SE",
            "Sweden",
            Region.EU,
            "sellercentral.amazon.se",
            "vendorcentral.amazon.se",
            "SEK",
            "sv_SE",
            "www.amazon.se",
            "Amazon.se",
        ),
        Marketplace(
            "AE08WJ6YKNBMC",
            "ZA",
            "South Africa",
            Region.EU,
            "sellercentral.amazon.co.za",
            "vendorcentral.amazon.co.za",
            "ZAR",
            "en_ZA",
            "www.amazon.co.za",
            "Amazon.co.za",
        ),
        Marketplace(
            "A1C3SOZRARQ6R3",
            "PL",
            "Poland",
            Region.EU,
            "sellercentral.amazon.pl",
            "vendorcentral.amazon.pl",
            "PLN",
            "pl_PL",
            "www.amazon.pl",
            "Amazon.pl",
        ),
        Marketplace(
            "ARBP9OOSHTCHU",
            "EG",
            "Egypt",
            Region.EU,
            "sellercentral.amazon.eg",
            "vendorcentral.amazon.me",
            "EGP",
            "ar_EG",
            "www.amazon.eg",
            "Amazon.eg",
        ),
        Marketplace(
            "A33AVAJ2PDY3EV",
            "TR",
            "Turkiye",
            Region.EU,
            "sellercentral.amazon.com.tr",
            "vendorcentral.amazon.com.tr",
            "TRY",
            "tr_TR",
            "www.amazon.com.tr",
            "Amazon.com.tr",
        ),
        Marketplace(
            "A17E79C6D8DWNP",
            "SA",
            "Saudi Arabia",
            Region.EU,
            "sellercentral.amazon.sa",
            "vendorcentral.amazon.me",
            "SAR",
            "ar_SA",
            "www.amazon.sa",
            "Amazon.sa",
        ),
        Marketplace(
            "A2VIGQ35RCS4UG",
            "AE",
            "United Arab Emirates",
            Region.EU,
            "sellercentral.amazon.ae",
            "vendorcentral.amazon.me",
            "AED",
            "ar_AE",
            "www.amazon.ae",
            "Amazon.ae",
        ),
        Marketplace(
            "A21TJRUUN4KGV",
            "IN",
            "India",
            Region.EU,
            "sellercentral.amazon.in",
            "vendorcentral.amazon.in",
            "INR",
            "en_IN",
            "www.amazon.in",
            "Amazon.in",
        ),
        Marketplace(
            "A19VAU5U5O7RUS",
            "SG",
            "Singapore",
            Region.FE,
            "sellercentral.amazon.sg",
            "vendorcentral.amazon.com.sg",
            "SGD",
            "en_SG",
            "www.amazon.sg",
            "Amazon.sg",
        ),
        Marketplace(
            "A39IBJ37TRP1C6",
            "AU",
            "Australia",
            Region.FE,
            "sellercentral.amazon.com.au",
            "vendorcentral.amazon.com.au",
            "AUD",
            "en_AU",
            "www.amazon.com.au",
            "Amazon.com.au",
        ),
        Marketplace(
            "A1VC38T7YXB528",
            "JP",
            "Japan",
            Region.FE,
            "sellercentral.amazon.co.jp",
            "vendorcentral.amazon.co.jp",
            "JPY",
            "ja_JP",
            "www.amazon.co.jp",
            "Amazon.co.jp",
        ),
    )
}

BY_COUNTRY: dict[str, Marketplace] = {market.country_code: market for market in MARKETPLACES.values()}


def marketplaces_of(region: Region) -> list[Marketplace]:
    """The marketplaces that one region serves."""
    return [market for market in MARKETPLACES.values() if market.region is region]
