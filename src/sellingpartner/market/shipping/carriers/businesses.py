"""The businesses of Amazon Shipping: which country each is, by the name that callers say in a header."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DEFAULT = "AmazonShipping_UK"
"""Of who names none."""

COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "AmazonShipping_US": "US",
        "AmazonShipping_IN": "IN",
        "AmazonShipping_UK": "GB",
        "AmazonShipping_UAE": "AE",
        "AmazonShipping_SA": "SA",
        "AmazonShipping_EG": "EG",
        "AmazonShipping_IT": "IT",
        "AmazonShipping_ES": "ES",
        "AmazonShipping_FR": "FR",
        "AmazonShipping_JP": "JP",
    }
)


def country_of(business_id: str | None) -> str:
    """The country of a business, by its name."""
    return COUNTRIES[business_id or DEFAULT]
