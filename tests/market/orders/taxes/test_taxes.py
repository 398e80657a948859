from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.orders.taxes.rates import rule_for


@pytest.mark.parametrize(
    ("country", "state", "minor", "tax", "is_included"),
    [
        ("US", "WA", 1000, 65, False),
        ("US", "OR", 1000, 0, False),
        ("US", "wa", 1000, 65, False),
        ("US", None, 1000, 0, False),
        ("CA", "QC", 1000, 150, False),
        ("DE", "Bayern", 1190, 190, True),
        ("GB", None, 1000, 167, True),
        ("JP", None, 110, 10, True),
        ("US", "WA", 0, 0, False),
    ],
)
def test_tax_follows_the_declared_rule(
    country: str, state: str | None, minor: int, tax: int, *, is_included: bool
) -> None:
    rule = rule_for(country, state)

    assert (rule.tax_of(minor), rule.is_included) == (tax, is_included)


def test_every_marketplace_has_a_rule() -> None:
    without = {
        market.country_code
        for market in MARKETPLACES.values()
        if rule_for(market.country_code, None).rate == Decimal(0)
    }

    assert without == {"US", "CA"}  # theirs is by state
