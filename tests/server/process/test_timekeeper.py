from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest

from sellingpartner.market.events.orders import OrderPaid
from sellingpartner.server.process.timekeeper import Timekeeper
from sellingpartner.testing import TestMarket

SOON = 20


@pytest.fixture
def ran(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set when due things were run."""
    happened = Event()
    run_due = market.market.run_due

    def run(**said: object) -> int | None:
        count = run_due(**said)  # type: ignore[arg-type]
        happened.set()
        return count

    monkeypatch.setattr(market.market, "run_due", run)
    return happened


@pytest.fixture
def timekeeper(market: TestMarket, ran: Event) -> Iterator[Timekeeper]:
    made = Timekeeper(market.market)
    made.start()
    yield made
    made.stop()


def test_what_is_due_happens_by_itself(market: TestMarket, ran: Event, timekeeper: Timekeeper) -> None:
    market.buys(paid=False, payment_delay=timedelta(seconds=1))
    assert not ran.is_set()

    market.market.clock.move_to(market.now + timedelta(seconds=2))
    timekeeper.wake()

    assert ran.wait(SOON)
    assert len(market.facts(OrderPaid)) == 1


def test_a_failure_does_not_end_it(market: TestMarket, ran: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = Event()
    next_due = market.market.next_due

    def fail_once() -> object:
        if not failed.is_set():
            failed.set()
            message = "the database is restarting"
            raise RuntimeError(message)
        return next_due()

    monkeypatch.setattr(market.market, "next_due", fail_once)
    market.buys(paid=False, payment_delay=timedelta(0))
    timekeeper = Timekeeper(market.market)
    timekeeper.start()

    assert failed.wait(SOON)
    assert ran.wait(SOON)
    timekeeper.stop()


def test_a_long_backlog_is_caught_up_with_in_order(market: TestMarket, ran: Event) -> None:
    for hours in (50, 3, 1):
        market.buys(paid=False, payment_delay=timedelta(hours=hours))
    market.market.clock.move_to(market.now + timedelta(days=3))

    timekeeper = Timekeeper(market.market)
    while (due_at := market.market.next_due()) is not None and due_at <= market.now:
        timekeeper._turn()  # noqa: SLF001 - a turn of the thread, in this one

    assert len(market.facts(OrderPaid)) == 3
