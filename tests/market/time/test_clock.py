from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.market import Market
from sellingpartner.market.time.bounds import LATEST
from sellingpartner.market.time.clock import Clock, Mode
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_a_frozen_clock_stands() -> None:
    clock = Clock(Mode.FROZEN, NOON)

    assert clock.now() == NOON
    assert clock.now() == NOON
    assert clock.seconds_until(NOON + timedelta(seconds=1)) is None


def test_a_live_clock_runs_on_from_where_it_was_let_go() -> None:
    clock = Clock(Mode.FROZEN, NOON)

    clock.live()

    assert NOON <= clock.now() < NOON + timedelta(minutes=1)
    assert 3500 < (clock.seconds_until(NOON + timedelta(hours=1)) or 0) <= 3600


@given(st.floats(min_value=1e-6, max_value=100_000), st.integers(min_value=0, max_value=10**16))
def test_a_clock_runs_as_fast_as_it_was_told_to_and_stays_in_the_calendar(speed: float, microseconds: int) -> None:
    clock = Clock(Mode.FROZEN, NOON)
    clock.live(speed)
    mode, market_at, real_at, _ = clock.reading()
    clock.set_back((mode, market_at, real_at - timedelta(microseconds=microseconds), speed))

    now = clock.now()
    passed, least = (now - NOON) / timedelta(microseconds=1), speed * microseconds

    assert now == LATEST or least * (1 - 1e-9) - 1 <= passed <= least * (1 + 1e-9) + speed * 60_000_000 + 1
    assert (clock.seconds_until(LATEST) or 0) * speed <= (LATEST - NOON) / timedelta(seconds=1) * (1 + 1e-9)


@given(st.lists(st.integers(min_value=-1000, max_value=1000)))
def test_market_time_never_goes_back(minutes: list[int]) -> None:
    clock = Clock(Mode.FROZEN, NOON)
    seen = clock.now()

    for step in minutes:
        clock.move_to(clock.now() + timedelta(minutes=step))
        assert clock.now() >= seen
        seen = clock.now()


def test_the_clock_is_kept_with_the_market(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'market.db'}"
    market = Market.open(url, at=NOON)
    market.advance(timedelta(days=3))
    market.close()

    again = Market.open(url)

    assert again.clock.mode is Mode.FROZEN
    assert again.clock.now() == NOON + timedelta(days=3)
    again.close()


def test_freezing_at_a_later_moment_lets_everything_happen_until_then() -> None:
    market = Market.open(at=NOON)
    market.live()

    market.freeze(NOON + timedelta(days=1))

    assert market.clock.now() == NOON + timedelta(days=1)
    assert market.clock.mode is Mode.FROZEN


class DayCounted(Due):
    """A day is counted."""

    number: int


COUNTED: list[int] = []
AT_300: list[Callable[[], object]] = []


@when(DayCounted)
def _count(unit: UnitOfWork, due: DayCounted) -> None:
    COUNTED.append(due.number)
    if due.number == 300:
        for call in AT_300:
            call()


def test_time_that_is_stopped_on_its_way_stands_where_all_has_happened_and_goes_on_from_there() -> None:
    COUNTED.clear()
    market = Market.open(at=NOON)
    with market.write() as unit:
        for number in range(1, 1001):  # more than one transaction holds
            later(unit, DayCounted(number=number), at=NOON + timedelta(days=number))
    assert market.stop() is False
    AT_300[:] = [market.stop]

    journey = market.travel(NOON + timedelta(days=2000))

    assert journey.is_stopped
    assert 300 <= journey.happened == len(COUNTED) < 1000
    assert journey.kinds == {"DayCounted": journey.happened}
    assert journey.reached == market.clock.now() == NOON + timedelta(days=journey.happened)
    assert market.advance(timedelta(days=2000)) == 1000 - journey.happened
    assert list(range(1, 1001)) == COUNTED
    market.close()
