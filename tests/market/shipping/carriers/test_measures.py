"""Weights, as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.market.shipping.carriers.measures import Weighed, WeightUnit


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("20", WeightUnit.OUNCES, "1 lb 4 oz"),
        ("8.5", WeightUnit.OUNCES, "8.5 oz"),
        ("80", WeightUnit.OUNCES, "5 lb"),
        ("15.999", WeightUnit.OUNCES, "1 lb"),
        ("160.25", WeightUnit.OUNCES, "10 lb 0.25 oz"),
        ("0.001", WeightUnit.OUNCES, "0 oz"),
        ("567", WeightUnit.GRAMS, "0.567 kg"),
        ("12000", WeightUnit.GRAMS, "12.000 kg"),
    ],
)
def test_a_weight_is_told_in_the_units_in_which_it_was_said(value: str, unit: WeightUnit, told: str) -> None:
    assert Weighed(value=Decimal(value), unit=unit).told == told
