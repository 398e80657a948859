"""`spapi clock advance`: how far it is, and Ctrl-C on its way."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from sellingpartner.cli.reach import going
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

Spapi = Callable[..., Any]

DAYS = 240
MEANWHILE: dict[int, Callable[[], object]] = {}


class DayIsOver(Due):
    """A day that may take its time."""

    number: int


@when(DayIsOver)
def _end(unit: UnitOfWork, due: DayIsOver) -> None:
    MEANWHILE.get(due.number, int)()


@pytest.fixture
def market(tmp_path: Path) -> Iterator[TestMarket]:
    """In a file, where reads go on while time does."""
    made = TestMarket(f"sqlite:///{tmp_path / 'market.db'}")
    yield made
    made.close()


def days_in(out: str) -> int:
    """How many days ended, as the table of what happened says."""
    found = re.search(r"^DayIsOver +(\d+) *$", out, re.MULTILINE)
    return int(found[1]) if found else 0


@pytest.fixture
def days(market: TestMarket) -> None:
    with market.market.write() as unit:
        for number in range(DAYS):
            later(unit, DayIsOver(number=number), at=START + timedelta(days=number + 1))


@pytest.mark.parametrize("command", [("advance", f"P{DAYS}D"), ("freeze", f"{START + timedelta(days=DAYS):%Y-%m-%d}")])
def test_ctrl_c_has_the_market_stand_on_its_way_and_the_next_advance_goes_on(
    market: TestMarket, spapi: Spapi, days: None, command: tuple[str, str]
) -> None:
    def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)
        while not market.market.way.is_to_stop:
            Event().wait(0.01)

    MEANWHILE[80] = interrupted

    said = spapi("clock", *command)
    reached = market.now
    MEANWHILE.clear()
    again = spapi("clock", "advance", f"P{DAYS}D")

    assert said.code == 130
    assert f"The market's time stands: {reached:%Y-%m-%d %H:%M:%S} UTC" in said.err
    assert START + timedelta(days=80) < reached < START + timedelta(days=DAYS)
    assert (again.code, days_in(again.out)) == (0, DAYS - (reached - START).days), again


def test_ctrl_c_stops_time_that_has_just_been_sent_on_its_way(
    market: TestMarket, spapi: Spapi, days: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_its_way = Event()

    def waits() -> None:
        on_its_way.set()
        while not market.market.way.is_to_stop:
            Event().wait(0.01)

    class Pressed(ThreadPoolExecutor):
        def submit(self, *_given: Any, **_named: Any) -> Any:  # noqa: ANN401 - as the class above has it
            super().submit(*_given, **_named)
            on_its_way.wait(20)
            signal.raise_signal(signal.SIGINT)

    MEANWHILE[80] = waits
    monkeypatch.setattr(going, "ThreadPoolExecutor", Pressed)

    said = spapi("clock", "advance", f"P{DAYS}D")

    MEANWHILE.clear()
    assert said.code == 130
    assert START + timedelta(days=80) <= market.now < START + timedelta(days=DAYS)


def test_a_long_way_says_how_far_it_is(
    market: TestMarket, spapi: Spapi, days: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going, "SOON_SECONDS", 0.001)
    monkeypatch.setattr(going, "_LOOKS_EVERY_SECONDS", 0.001)
    told = Event()
    monkeypatch.setattr(going._Days, "show", _and_tell(going._Days.show, told))  # noqa: SLF001
    MEANWHILE[140] = lambda: told.wait(20)

    said = spapi("clock", "advance", f"P{DAYS}D")

    MEANWHILE.clear()
    assert said.code == 0
    assert days_in(said.out) == DAYS
    assert " happened\n" in said.err
    assert [one["operation"] for one in spapi("requests", "--json").json()["requests"]] == ["advanceClock"]


def _and_tell(show: Callable[..., None], told: Event) -> Callable[..., None]:
    def shown(*arguments: Any) -> None:  # noqa: ANN401 - the bar's own
        show(*arguments)
        told.set()

    return shown


def test_an_advance_until_something_happens_says_what_stopped_it_or_fails(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(minutes=20))

    found = spapi("clock", "advance", "--until", "order paid", "--order", order_id)
    missed = spapi("clock", "advance", "PT1H", "--until", "OrderShipped")

    assert (found.code, found.err) == (0, "")
    assert f"2026-11-02 09:20:00 UTC, frozen; stopped by OrderPaid of {order_id}; 1 thing happened" in found.out
    assert (missed.code, "2026-11-02 10:20:00 UTC" in missed.out) == (1, True)
    assert missed.err == "spapi: OrderShipped has not happened; a longer way may bring it.\n"


def test_time_travels_and_runs_faster(market: TestMarket, spapi: Spapi) -> None:
    there = spapi("clock", "travel", "2026-11-03T09:00Z")
    fast = spapi("clock", "live", "--speed", "1m=1d")
    back = spapi("clock", "travel", "2026-11-01")

    assert "2026-11-03 09:00:00 UTC, frozen; 0 things happened" in there.out
    assert "UTC, live, 1440 times as fast as this machine's" in fast.out
    assert (back.code, "Market time never goes back" in back.err) == (1, True)
    assert market.market.clock.speed == 1440


def test_what_is_no_number_moves_nothing(spapi: Spapi, market: TestMarket) -> None:
    said = [spapi("clock", "advance", "--days", word) for word in ("nan", "inf")]

    assert ["is no number" in one.err for one in said] == [True, True]
    assert market.now == START


def test_time_passes_by_a_span_said_short(spapi: Spapi) -> None:
    assert spapi("clock", "advance", "1d").out.startswith("2026-11-03 09:00:00 UTC, frozen; ")
    assert spapi("clock", "advance", "1w").out.startswith("2026-11-10 09:00:00 UTC, frozen; ")
    assert spapi("clock", "advance", "90m").out.startswith("2026-11-10 10:30:00 UTC, frozen; ")
