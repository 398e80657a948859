"""What happened between two moments is found without an index by time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.market.market import Market
from sellingpartner.storage.events import CAUSE, Event
from sellingpartner.storage.history import at_moments, between, latest

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class HourStruck(Event):
    hour: int


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    opened = Market.open(at=NOON)
    for hour in range(50):
        for seller_id in ("A1", "B2"):
            with opened.write(seller_id, at=NOON + timedelta(hours=hour)) as unit:
                unit.next_number("rows", 1 + hour % 7)  # other tables take numbers, too
                unit.emit(HourStruck(hour=hour))
    yield opened
    opened.close()


def hours(market: Market, seller_id: str, since: timedelta, until: timedelta, most: int = 100) -> list[int]:
    with market.read() as unit:
        found = between(unit, seller_id, NOON + since, NOON + until, most=most)
    assert {one.kind for one in found} <= {"HourStruck"}
    return [(one.happened_at - NOON) // timedelta(hours=1) for one in found]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (timedelta(hours=7), timedelta(hours=9), [7, 8, 9]),
        (timedelta(hours=7, microseconds=1), timedelta(hours=9, microseconds=-1), [8]),
        (-timedelta(days=9), timedelta(0), [0]),
        (timedelta(hours=48), timedelta(days=99), [48, 49]),
        (timedelta(days=50), timedelta(days=99), []),
        (-timedelta(days=9), -timedelta(days=8), []),
    ],
)
def test_both_ends_are_found(market: Market, since: timedelta, until: timedelta, expected: list[int]) -> None:
    assert hours(market, "A1", since, until) == expected


def test_a_seller_without_facts_has_none_and_no_more_come_than_were_asked_for(market: Market) -> None:
    assert hours(market, "C3", -timedelta(days=9), timedelta(days=9)) == []
    assert hours(market, "B2", timedelta(0), timedelta(days=9), most=3) == [0, 1, 2]


def test_a_fact_says_which_request_led_to_it() -> None:
    market = Market.open(at=NOON)
    cause = CAUSE.set("the-request")
    with market.write("A1") as unit:
        unit.emit(HourStruck(hour=1))
    CAUSE.reset(cause)
    with market.write("A1") as unit:
        unit.emit(HourStruck(hour=2))

    with market.read() as unit:
        assert [one.cause for one in between(unit, "A1", NOON, NOON)] == ["the-request", None]
    market.close()


def test_what_happened_at_some_moments_is_found_in_order(market: Market) -> None:
    moments = [NOON + timedelta(hours=hour) for hour in (7, 3, 49, 0, 3, 99)] + [NOON + timedelta(minutes=30)]

    with market.read() as unit:
        found = at_moments(unit, "A1", moments)

    assert [(one.happened_at - NOON) // timedelta(hours=1) for one in found] == [0, 3, 7, 49]


def test_nobody_elses_facts_are_found_at_a_moment(market: Market) -> None:
    with market.read() as unit:
        assert at_moments(unit, "C3", [NOON]) == []
        assert at_moments(unit, "A1", []) == []


def test_the_latest_of_a_kind_come_first(market: Market) -> None:
    with market.read() as unit:
        found = latest(unit, "B2", "HourStruck", most=3)
        none = latest(unit, "B2", "HourForgotten")

    assert [(one.happened_at - NOON) // timedelta(hours=1) for one in found] == [49, 48, 47]
    assert none == []


def test_facts_that_were_told_long_after_their_moment_hide_no_others() -> None:
    opened = Market.open(at=NOON)
    for number in range(600):
        late = 300 <= number < 400
        at = NOON - timedelta(days=70) if late else NOON + timedelta(minutes=number)
        with opened.write("A1", at=at) as unit:
            unit.emit(HourStruck(hour=number))

    with opened.read() as unit:
        for number in (0, 250, 290, 299, 400, 401, 599):
            moment = NOON + timedelta(minutes=number)
            assert [one.happened_at for one in at_moments(unit, "A1", [moment])] == [moment], number
            assert [one.happened_at for one in between(unit, "A1", moment, moment)] == [moment], number
    opened.close()


def test_a_moment_is_found_however_much_happened_in_the_minutes_before_it() -> None:
    opened = Market.open(at=NOON)
    with opened.write("A1", at=NOON) as unit:
        for number in range(5000):
            unit.emit(HourStruck(hour=number))
    moment = NOON + timedelta(seconds=1)
    with opened.write("A1", at=moment) as unit:
        unit.emit(HourStruck(hour=1))

    with opened.read() as unit:
        assert [one.happened_at for one in at_moments(unit, "A1", [moment])] == [moment]
    opened.close()
