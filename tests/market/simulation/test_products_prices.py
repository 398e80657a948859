from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.simulation.products_prices import habits, price_in

CURRENCIES = sorted(habits())


def test_every_marketplace_has_a_habit_for_its_currency() -> None:
    assert {market.currency for market in MARKETPLACES.values()} == habits().keys()


def test_a_price_in_dollars_is_itself() -> None:
    assert price_in("USD", 1234, Random(1)) == 1234


@given(currency=st.sampled_from(CURRENCIES), usd=st.integers(1, 1_000_000), seed=st.integers(0, 2**32))
def test_a_price_is_positive_and_the_same_for_the_same_luck(currency: str, usd: int, seed: int) -> None:
    price = price_in(currency, usd, Random(seed))

    assert price > 0
    assert price == price_in(currency, usd, Random(seed))


@pytest.mark.parametrize("currency", [currency for currency in CURRENCIES if currency != "USD"])
def test_a_price_ends_as_prices_do_there(currency: str) -> None:
    habit = habits()[currency]
    chance = Random(4)

    for usd in range(599, 20_000, 100):
        price = price_in(currency, usd, chance)
        assert price % habit.step in habit.endings
        assert 0.8 <= price / (usd * habit.per_cent) <= 1.25


def test_yen_are_whole() -> None:
    prices = [price_in("JPY", 1999, Random(seed)) for seed in range(50)]

    assert all(2600 < price < 3300 for price in prices)
