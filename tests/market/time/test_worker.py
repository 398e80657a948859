from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.market.market import Market
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.worker import BATCH
from sellingpartner.storage.unit import UnitOfWork

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
happened: list[tuple[str, datetime]] = []


class Rings(Due):
    name: str
    again_after_minutes: tuple[int, ...] = ()


class Fails(Due):
    name: str


@when(Rings)
def ring(unit: UnitOfWork, due: Rings) -> None:
    happened.append((due.name, unit.now))
    for minutes in due.again_after_minutes:
        later(unit, Rings(name=f"{due.name}+{minutes}"), at=unit.now + timedelta(minutes=minutes))


@when(Fails)
def fail(unit: UnitOfWork, due: Fails) -> None:
    happened.append((due.name, unit.now))
    message = "out of ink"
    raise RuntimeError(message)


@pytest.fixture
def market() -> Market:
    happened.clear()
    return Market.open(at=NOON)


def schedule(market: Market, *dues: tuple[Due, int]) -> None:
    with market.write() as unit:
        for due, minutes in dues:
            later(unit, due, at=NOON + timedelta(minutes=minutes))


def names() -> list[str]:
    return [name for name, _ in happened]


def test_nothing_happens_before_its_moment(market: Market) -> None:
    schedule(market, (Rings(name="a"), 10))

    assert market.advance(timedelta(minutes=9)) == 0
    assert market.advance(timedelta(minutes=1)) == 1

    assert happened == [("a", NOON + timedelta(minutes=10))]


def test_due_things_happen_in_the_order_of_their_moments_each_at_its_own(market: Market) -> None:
    schedule(market, (Rings(name="later"), 30), (Rings(name="sooner"), 5), (Rings(name="same"), 30))

    market.advance(timedelta(hours=1))

    assert names() == ["sooner", "later", "same"]
    assert [at for _, at in happened] == [NOON + timedelta(minutes=minutes) for minutes in (5, 30, 30)]
    assert market.clock.now() == NOON + timedelta(hours=1)


def test_what_a_due_thing_brings_about_takes_its_turn_among_the_others(market: Market) -> None:
    schedule(market, (Rings(name="a", again_after_minutes=(2, 40, 500)), 0), (Rings(name="b"), 10))

    market.advance(timedelta(hours=1))

    assert names() == ["a", "a+2", "b", "a+40"]
    assert market.next_due() == NOON + timedelta(minutes=500)


def test_order_holds_across_batches(market: Market) -> None:
    dues = [(Rings(name=str(minute), again_after_minutes=(1,)), minute * 2) for minute in range(BATCH + 50)]
    schedule(market, *dues)

    market.advance(timedelta(days=2))

    assert [at for _, at in happened] == sorted(at for _, at in happened)
    assert len(happened) == 2 * (BATCH + 50)


def test_one_that_fails_is_tried_three_times_and_set_aside_while_the_rest_goes_on(market: Market) -> None:
    schedule(market, (Rings(name="a"), 1), (Fails(name="broken"), 2), (Rings(name="b"), 3))

    market.advance(timedelta(hours=1))

    assert [(failure.kind, failure.failure) for failure in market.failures()] == [
        ("Fails", "RuntimeError('out of ink')"),
    ]
    assert names().count("b") == 1
    assert market.next_due() is None


def test_what_a_failed_batch_had_done_is_undone_before_it_is_done_again(market: Market) -> None:
    schedule(market, (Rings(name="a", again_after_minutes=(600,)), 1), (Fails(name="broken"), 2))

    market.advance(timedelta(hours=1))

    market.advance(timedelta(days=1))
    assert names().count("a+600") == 1


def test_a_kind_of_due_thing_has_one_action() -> None:
    with pytest.raises(TypeError, match="already has an action"):
        when(Rings)(ring)
