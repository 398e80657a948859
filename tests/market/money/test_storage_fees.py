from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.storage import aged_surcharge, storage_fee

US, CA = (BY_COUNTRY[country].marketplace_id for country in ("US", "CA"))
FOOT = Decimal("304.8")
HALF_A_FOOT = Package(grams=Decimal(500), sides=(FOOT / 2, FOOT, FOOT))
SOFA = Package(grams=Decimal(30_000), sides=(6 * FOOT, 3 * FOOT, 3 * FOOT))


@pytest.mark.parametrize(
    ("package", "units", "month", "amount"),
    [
        (HALF_A_FOOT, "10", 9, "3.90"),
        (HALF_A_FOOT, "10", 10, "12.00"),
        (Package(grams=Decimal(100), sides=(FOOT, FOOT / 2, FOOT / 4)), "8", 9, "0.78"),
        (Package(grams=Decimal(100), sides=(FOOT, FOOT / 2, FOOT / 4)), "8", 12, "2.40"),
        (SOFA, "0.5", 1, "15.12"),
    ],
)
def test_storage_is_charged_by_volume_and_season(package: Package, units: str, month: int, amount: str) -> None:
    assert str(storage_fee(US, package, Decimal(units), date(2026, month, 1))) == amount


def test_canada_counts_in_cubic_meters() -> None:
    cube = Package(grams=Decimal(100), sides=(Decimal(100), Decimal(100), Decimal(100)))

    assert str(storage_fee(CA, cube, Decimal(1000), date(2026, 5, 1))) == "24.00"


@pytest.mark.parametrize(
    ("days", "amount"), [(180, "0.00"), (181, "9.00"), (270, "27.00"), (271, "68.40"), (365, "75.60"), (366, "124.20")]
)
def test_what_lies_for_long_costs_more(days: int, amount: str) -> None:
    room = Package(grams=Decimal(100), sides=(2 * FOOT, 3 * FOOT, 3 * FOOT))

    assert str(aged_surcharge(US, room, days=days, on=date(2026, 5, 1))) == amount


def test_a_small_thing_that_lies_for_a_year_costs_the_least_for_a_unit() -> None:
    ring = Package(grams=Decimal(5), sides=(Decimal(30), Decimal(30), Decimal(30)))

    assert str(aged_surcharge(US, ring, days=400, on=date(2026, 5, 1))) == "0.15"
