"""What an application learns of the seller that let it in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellingpartner.contract.scopes import ORDERS
from sellingpartner.contract.sellers_v1 import (
    Account,
    BusinessType,
    GetAccount,
    GetMarketplaceParticipations,
    SellingPlan,
)
from sellingpartner.market.accounts.model import Address, Business, Contact, Profile
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.testing import Caller, TestMarket

US, CA, JP = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1VC38T7YXB528"
OFFICE = Address(line1="1 Pier Road", line2="Floor 2", city="Bath", state="ME", postal_code="04530", country_code="US")
HOME = Address(line1="9 Hill Street", country_code="US")
COMPANY = Business(
    name="Harbor Goods LLC", address=OFFICE, registration_number="204", tax_number="77", non_latin_name="港の品"
)


@pytest.fixture
def american() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=[US, CA])
    yield made
    made.close()


def account_of(market: TestMarket, profile: Profile) -> Account:
    with market.market.write() as unit:
        joined = join_seller(unit, "Pier Goods", [US], profile=profile)
    account = market.caller(seller=joined).send(GetAccount()).payload
    assert account is not None
    return account


def test_participations_name_each_marketplace_with_its_currency_and_language(american: TestMarket) -> None:
    reply = american.seller.call("GET", "/sellers/v1/marketplaceParticipations")

    participation = {"isParticipating": True, "hasSuspendedListings": False}
    assert reply.status == 200
    assert reply.json() == {
        "payload": [
            {
                "marketplace": {
                    "id": CA,
                    "name": "Amazon.ca",
                    "countryCode": "CA",
                    "defaultCurrencyCode": "CAD",
                    "defaultLanguageCode": "en_CA",
                    "domainName": "www.amazon.ca",
                },
                "participation": participation,
                "storeName": "Harbor Goods",
            },
            {
                "marketplace": {
                    "id": US,
                    "name": "Amazon.com",
                    "countryCode": "US",
                    "defaultCurrencyCode": "USD",
                    "defaultLanguageCode": "en_US",
                    "domainName": "www.amazon.com",
                },
                "participation": participation,
                "storeName": "Harbor Goods",
            },
        ]
    }


def test_a_store_may_have_another_name_in_another_marketplace(market: TestMarket) -> None:
    with market.market.write() as unit:
        joined = join_seller(unit, "Pier Goods", [US, CA], store_names={CA: "Quai"})

    found = market.caller(seller=joined).send(GetMarketplaceParticipations()).payload or []

    assert {one.marketplace.id: one.store_name for one in found} == {US: "Pier Goods", CA: "Quai"}


def test_each_seller_sees_itself(market: TestMarket, seller: Caller) -> None:
    other = market.caller(seller=market.join("Nippon Goods", [JP]))

    found = other.send(GetMarketplaceParticipations()).payload or []

    assert [(one.marketplace.id, one.store_name) for one in found] == [(JP, "Nippon Goods")]
    assert len(seller.send(GetMarketplaceParticipations()).payload or []) == 1


def test_an_account_shows_the_business_and_its_contact(market: TestMarket) -> None:
    profile = Profile(
        business_type=BusinessType.PRIVATE_LIMITED,
        business=COMPANY,
        contact=Contact(name="Ada Hart", address=HOME, non_latin_name="エイダ"),
    )
    with market.market.write() as unit:
        joined = join_seller(unit, "Pier Goods", [US], profile=profile)

    said = market.caller(seller=joined).call("GET", "/sellers/v1/account").json()["payload"]

    assert [one["marketplace"]["id"] for one in said.pop("marketplaceParticipationList")] == [US]
    assert said == {
        "businessType": "PRIVATE_LIMITED",
        "sellingPlan": "PROFESSIONAL",
        "business": {
            "name": "Harbor Goods LLC",
            "registeredBusinessAddress": {
                "addressLine1": "1 Pier Road",
                "addressLine2": "Floor 2",
                "city": "Bath",
                "stateOrProvinceCode": "ME",
                "postalCode": "04530",
                "countryCode": "US",
            },
            "companyRegistrationNumber": "204",
            "companyTaxIdentificationNumber": "77",
            "nonLatinName": "港の品",
        },
        "primaryContact": {
            "name": "Ada Hart",
            "nonLatinName": "エイダ",
            "address": {"addressLine1": "9 Hill Street", "countryCode": "US"},
        },
    }


def test_an_individual_has_a_contact_and_no_business(market: TestMarket) -> None:
    contact = Contact(name="Ada Hart", address=HOME)

    account = account_of(
        market,
        Profile(business_type=BusinessType.INDIVIDUAL, selling_plan=SellingPlan.INDIVIDUAL, contact=contact),
    )

    assert (account.business_type, account.selling_plan) == (BusinessType.INDIVIDUAL, SellingPlan.INDIVIDUAL)
    assert account.business is None
    assert account.primary_contact is not None
    assert account.primary_contact.name == "Ada Hart"


def test_a_sole_proprietor_has_a_tax_number_and_no_registration(market: TestMarket) -> None:
    business = Business(name="Pier Goods", address=OFFICE, tax_number="77")

    account = account_of(market, Profile(business_type=BusinessType.SOLE_PROPRIETORSHIP, business=business))

    assert account.business is not None
    assert account.business.company_registration_number is None
    assert account.business.company_tax_identification_number == "77"


def test_any_grant_may_ask_who_the_seller_is(market: TestMarket) -> None:
    limited = market.caller(scopes=[ORDERS])

    assert limited.call("GET", "/sellers/v1/account").status == 200
    assert limited.call("GET", "/sellers/v1/marketplaceParticipations").status == 200


def test_nobody_else_may(market: TestMarket) -> None:
    assert market.anybody().call("GET", "/sellers/v1/account").status == 403
