from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.simulation.demand import (
    busyness,
    cancellation_minutes,
    invent_basket,
    invent_payment,
    next_arrival,
    quantity,
    shelf_of,
)
from sellingpartner.market.simulation.demand_gifts import gift_message, messages
from sellingpartner.market.simulation.places import countries, locales_of

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=50).filter(lambda weights: max(weights) > 1e-6)


def arrivals(seed: int, orders_per_day: float, *, days: int, offset: timedelta = timedelta(0)) -> list[datetime]:
    chance, at, found = Random(seed), MONDAY, []
    while (at := next_arrival(chance, at, orders_per_day, offset=offset)) < MONDAY + timedelta(days=days):
        found.append(at)
    return found


def test_the_week_averages_to_one() -> None:
    hours = [busyness(MONDAY + timedelta(hours=hour)) for hour in range(24 * 7)]

    assert sum(hours) / len(hours) == pytest.approx(1)
    assert max(hours) == busyness(MONDAY.replace(hour=20))


@given(seed=st.integers(0, 2**64), rate=st.floats(0.5, 100_000), minute=st.integers(0, 10_000))
def test_an_arrival_comes_later_and_is_the_same_for_the_same_luck(seed: int, rate: float, minute: int) -> None:
    at = MONDAY + timedelta(minutes=minute)

    first = next_arrival(Random(seed), at, rate)

    assert first >= at
    assert first.tzinfo is UTC
    assert first == next_arrival(Random(seed), at, rate)


def test_as_many_orders_come_as_were_asked_for() -> None:
    assert len(arrivals(1, 200, days=28)) == pytest.approx(200 * 28, rel=0.04)


def test_evenings_are_busier_than_nights_where_the_buyers_are() -> None:
    here = Counter(at.hour for at in arrivals(2, 500, days=14))
    in_tokyo = Counter(at.hour for at in arrivals(2, 500, days=14, offset=timedelta(hours=9)))

    assert here[20] > 5 * here[3]
    assert in_tokyo[11] > 5 * in_tokyo[18]


def test_a_shop_without_orders_has_no_next_one() -> None:
    with pytest.raises(ValueError, match="above zero, not 0"):
        next_arrival(Random(1), MONDAY, 0)


@given(weights=WEIGHTS, seed=st.integers(0, 2**32))
def test_what_weighs_nothing_is_never_chosen(weights: list[float], seed: int) -> None:
    shelf, chance = shelf_of(weights), Random(seed)

    assert all(weights[shelf.choose(chance)] > 0 for _ in range(20))


def test_products_are_chosen_by_their_weight() -> None:
    shelf, chance = shelf_of([1, 0, 3, 6, 0]), Random(3)

    chosen = Counter(shelf.choose(chance) for _ in range(10_000))

    assert chosen.keys() == {0, 2, 3}
    assert chosen[3] == pytest.approx(6000, rel=0.05)
    assert chosen[2] == pytest.approx(3000, rel=0.05)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0]])
def test_a_shelf_that_nobody_wants_anything_from_is_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one product"):
        shelf_of(weights)


@given(weights=WEIGHTS, seed=st.integers(0, 2**32), is_business=st.booleans())
def test_a_basket_has_one_to_five_lines_of_different_things(
    weights: list[float], seed: int, *, is_business: bool
) -> None:
    shelf = shelf_of(weights)

    basket = invent_basket(Random(seed), shelf, is_business=is_business)

    positions = [line.position for line in basket.lines]
    assert 1 <= len(positions) <= 5
    assert len(set(positions)) == len(positions)
    assert all(line.quantity >= 1 for line in basket.lines)
    assert not (basket.is_prime and basket.is_express)
    assert not (is_business and basket.is_gift)
    assert basket == invent_basket(Random(seed), shelf, is_business=is_business)


def test_most_orders_are_one_of_one_thing() -> None:
    shelf, chance = shelf_of([1.0] * 200), Random(4)
    baskets = [invent_basket(chance, shelf) for _ in range(4000)]

    def share(count: int) -> float:
        return count / len(baskets)

    assert share(sum(len(basket.lines) == 1 for basket in baskets)) == pytest.approx(0.84, abs=0.03)
    assert {len(basket.lines) for basket in baskets} == {1, 2, 3, 4, 5}
    assert share(sum(basket.lines[0].quantity == 1 for basket in baskets)) == pytest.approx(0.9, abs=0.03)
    assert share(sum(basket.is_prime for basket in baskets)) == pytest.approx(0.62, abs=0.03)
    assert share(sum(basket.is_express for basket in baskets)) == pytest.approx(0.042, abs=0.015)
    assert share(sum(basket.is_gift for basket in baskets)) == pytest.approx(0.045, abs=0.015)


def test_a_business_buys_more_of_a_thing() -> None:
    chance = Random(5)
    people = [quantity(chance) for _ in range(1000)]
    businesses = [quantity(chance, is_business=True) for _ in range(1000)]

    assert max(people) <= 6
    assert sum(businesses) > 2 * sum(people)


def test_most_payments_clear_within_forty_minutes_and_two_in_a_hundred_fail() -> None:
    chance = Random(6)
    payments = [invent_payment(chance) for _ in range(10_000)]
    quick = [payment for payment in payments if payment.clears and payment.minutes <= 40]

    assert len(quick) == pytest.approx(9400, abs=100)
    assert min(payment.minutes for payment in payments) >= 2
    assert sum(not payment.clears for payment in payments) == pytest.approx(200, abs=50)
    assert max(payment.minutes for payment in payments if payment.clears) > 24 * 60


def test_who_pays_later_takes_at_least_half_a_day() -> None:
    chance = Random(7)
    payments = [invent_payment(chance, pays_later=True) for _ in range(1000)]

    assert all(payment.minutes >= 720 for payment in payments if payment.clears)


def test_fifteen_buyers_in_a_thousand_want_to_cancel_within_a_day() -> None:
    chance = Random(8)
    delays = [minutes for _ in range(20_000) if (minutes := cancellation_minutes(chance)) is not None]

    assert len(delays) == pytest.approx(300, abs=60)
    assert 4 <= min(delays) <= max(delays) <= 24 * 60


def test_a_gift_has_a_card_in_the_buyers_language_or_none() -> None:
    chance = Random(9)
    german = {gift_message(chance, "de_DE") for _ in range(100)}

    assert german == {*messages()["de"], None}
    assert {gift_message(chance, "xx_XX") for _ in range(100)} == {*messages()["en"], None}


def test_every_language_that_is_shopped_in_has_cards() -> None:
    languages = {locale.language[:2] for country in countries() for locale in locales_of(country)}

    assert languages == messages().keys()
