from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.market.amounts import Money, minor_units


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("19.99", "USD", 1999),
        ("19.990", "USD", 1999),
        ("-0.01", "USD", -1),
        ("1200", "JPY", 1200),
        ("1E+3", "JPY", 1000),
        ("100", "USD", 10_000),
    ],
)
def test_an_amount_that_a_currency_can_say_is_whole_minor_units(amount: str, currency: str, minor: int) -> None:
    assert minor_units(Decimal(amount), currency, most=10_000) == minor


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.001", "USD"),
        ("0.5", "JPY"),
        ("100.01", "USD"),
        ("-100.01", "USD"),
        ("1E+999999", "USD"),
        ("NaN", "USD"),
        ("sNaN", "USD"),
        ("-Infinity", "USD"),
    ],
)
def test_any_other_amount_is_none(amount: str, currency: str) -> None:
    assert minor_units(Decimal(amount), currency, most=10_000) is None


@pytest.mark.parametrize("currency", ["USD", "JPY"])
@pytest.mark.parametrize("minor", [0, 1, -1, 9, 10, 99, -99, 100, -100, 101, 1999, -123_456, 10**15])
def test_an_amount_is_written_as_its_decimal_is(minor: int, currency: str) -> None:
    amount = Money(minor, currency)

    assert str(amount) == f"{amount.decimal:f}"
