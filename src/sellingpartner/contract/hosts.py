"""The hosts that a program written for Amazon's Selling Partner API calls, sends people to, or fetches documents from.

Each is an exact name, so that a market that is called by one of them may begin its links with it: whoever invents a
Host header can name Amazon and nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sellingpartner.contract.marketplaces import MARKETPLACES, Region

API_HOSTS: Mapping[Region, str] = MappingProxyType({region: region.host for region in Region})
"""Where operations are called."""

SANDBOX_HOSTS: Mapping[Region, str] = MappingProxyType({region: region.sandbox_host for region in Region})
"""Where Amazon's sandbox is called."""

LOGIN_HOSTS: Mapping[Region, str] = MappingProxyType(
    {Region.NA: "api.amazon.com", Region.EU: "api.amazon.co.uk", Region.FE: "api.amazon.co.jp"}
)
"""Where tokens are fetched; each takes the credentials of every region."""

DOCUMENT_HOSTS: Mapping[Region, str] = MappingProxyType(
    {
        Region.NA: "tortuga-prod-na.s3-external-1.amazonaws.com",
        Region.EU: "tortuga-prod-eu.s3-eu-west-1.amazonaws.com",
        Region.FE: "tortuga-prod-fe.s3-us-west-2.amazonaws.com",
    }
)
"""Where links to documents lead, as they stand in answers that people have shown."""

OTHER_DOCUMENT_HOSTS = frozenset(
    {
        # The same buckets, as S3 spells them otherwise.
        "tortuga-prod-na.s3.amazonaws.com",
        "tortuga-prod-eu.s3.eu-west-1.amazonaws.com",
        "tortuga-prod-fe.s3.us-west-2.amazonaws.com",
        # The schemas of product types.
        "selling-partner-definitions-prod-iad.s3.amazonaws.com",
        "selling-partner-definitions-prod-dub.s3.eu-west-1.amazonaws.com",
        # Assumed: the schemas of the Far East lie in its region, under a name like the two that were seen.
        "selling-partner-definitions-prod-pdx.s3.us-west-2.amazonaws.com",
    }
)
"""Where links of Amazon lead besides; what is kept of them is found here too."""

CONSENT_HOSTS: frozenset[str] = frozenset(
    {
        *(place.seller_central for place in MARKETPLACES.values()),
        *(place.vendor_central for place in MARKETPLACES.values()),
        "sellercentral-europe.amazon.com",
        "vendorcentral-europe.amazon.com",
        "sellercentral-japan.amazon.com",
        "vendorcentral-japan.amazon.com",
    }
)
"""Where a seller or a vendor is asked for consent."""

HOSTS: frozenset[str] = frozenset(
    {
        *API_HOSTS.values(),
        *SANDBOX_HOSTS.values(),
        *LOGIN_HOSTS.values(),
        *DOCUMENT_HOSTS.values(),
        *OTHER_DOCUMENT_HOSTS,
        *CONSENT_HOSTS,
    }
)
"""All of them."""
