from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sellingpartner.market.orders.taxes.collecting import Sale, collection_of

HOME = {"to_state": None, "is_business": False, "on": date(2026, 11, 2), "value": 10000}
US = HOME | {"to_country": "US", "seller_country": "US", "from_country": "US", "currency": "USD"}
CANADA = HOME | {"to_country": "CA", "seller_country": "CA", "from_country": "CA", "currency": "CAD"}
BRITAIN = HOME | {"to_country": "GB", "seller_country": "GB", "from_country": "GB", "currency": "GBP"}
GERMANY = HOME | {"to_country": "DE", "seller_country": "DE", "from_country": "DE", "currency": "EUR"}
FROM_CHINA = {"seller_country": "CN", "from_country": "CN"}
OWN_BY_AMAZON = {"seller_country": "CN"}
AUSTRALIA = HOME | {"to_country": "AU", "currency": "AUD", "seller_country": "AU", "from_country": "AU"}


@pytest.mark.parametrize(
    ("home", "differing", "rule"),
    [
        (US, {"to_state": "WA"}, "US_STATES"),
        (US, {"to_state": "mo", "on": date(2023, 1, 1)}, "US_STATES"),
        (US, {"to_state": "MO", "on": date(2022, 12, 31)}, None),
        (US, {"to_state": "OR"}, None),
        (CANADA, {"to_state": "QC"}, "CA_PROVINCES"),
        (CANADA, {"to_state": "ON"}, None),
        (CANADA, {"to_state": "ON"} | OWN_BY_AMAZON, "CA_ABROAD"),
        (HOME, {"to_country": "MX", "currency": "MXN"} | FROM_CHINA, "MX_ABROAD"),
        (BRITAIN, {}, None),
        (BRITAIN, FROM_CHINA | {"value": 13500}, "GB_IMPORT"),
        (BRITAIN, FROM_CHINA | {"value": 13501}, None),
        (BRITAIN, {"from_country": "CN"}, "GB_IMPORT"),
        (BRITAIN, OWN_BY_AMAZON | {"value": 50000}, "GB_ABROAD"),
        (BRITAIN, OWN_BY_AMAZON | {"is_business": True}, None),
        (BRITAIN, FROM_CHINA | {"on": date(2020, 12, 31)}, None),
        (GERMANY, {}, None),
        (GERMANY, {"seller_country": "FR", "from_country": "PL"}, None),
        (GERMANY, FROM_CHINA | {"value": 15000}, "EU_IMPORT"),
        (GERMANY, FROM_CHINA | {"value": 15001}, None),
        (GERMANY, FROM_CHINA | {"value": 15000, "currency": "BRL"}, None),
        (GERMANY, {"seller_country": "GB", "from_country": "FR", "value": 99900}, "EU_ABROAD"),
        (GERMANY, OWN_BY_AMAZON | {"is_business": True}, None),
        (AUSTRALIA, FROM_CHINA | {"value": 100000}, "AU_IMPORT"),
        (AUSTRALIA, OWN_BY_AMAZON, None),
        (HOME, {"to_country": "NZ", "currency": "AUD", "seller_country": "AU", "from_country": "AU"}, "NZ_IMPORT"),
        (HOME, {"to_country": "SG", "currency": "SGD"} | FROM_CHINA, "SG_IMPORT"),
        (HOME, {"to_country": "JP", "currency": "JPY"} | FROM_CHINA, None),
        (HOME, {"to_country": "IN", "currency": "INR"} | OWN_BY_AMAZON | {"from_country": "IN"}, None),
    ],
)
def test_the_marketplace_collects_where_and_since_when_the_law_says_so(
    home: dict[str, Any], differing: dict[str, Any], rule: str | None
) -> None:
    found = collection_of(Sale(**home | differing))

    assert (found.name if found else None) == rule
