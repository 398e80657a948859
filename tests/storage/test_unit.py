from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, Text, select

from sellingpartner.market.market import Market
from sellingpartner.storage.events import Event, events
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.unit import ChainTooLong, UnitOfWork, counters, on

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
heard: list[str] = []

notices = Table(
    "notices",
    MetaData(),  # of this test alone
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)


class BellRang(Event):
    name: str


class EchoHeard(Event):
    depth: int


@on(BellRang)
def listen(unit: UnitOfWork, fact: BellRang) -> None:
    heard.append(fact.name)
    if fact.name == "cracked":
        message = "no sound"
        raise RuntimeError(message)
    unit.emit(EchoHeard(depth=1))


@on(EchoHeard)
def echo(unit: UnitOfWork, fact: EchoHeard) -> None:
    if fact.depth > 100:
        unit.emit(EchoHeard(depth=fact.depth + 1))


@pytest.fixture
def market() -> Iterator[Market]:
    heard.clear()
    opened = Market.open(at=NOON)
    with opened.write() as unit:
        notices.create(unit.connection)
    yield opened
    opened.close()


def stored(market: Market) -> list[tuple[str, str, int]]:
    with market.read() as unit:
        rows = unit.execute(select(events.c.seller_id, events.c.kind, events.c.event_id).order_by(events.c.event_id))
        return [tuple(row) for row in rows]


def test_a_fact_is_stored_with_its_unit_and_its_subscribers_have_acted_in_it(market: Market) -> None:
    with market.write("A1") as unit:
        unit.emit(BellRang(name="noon"))

    assert heard == ["noon"]
    assert stored(market) == [("A1", "BellRang", 1), ("A1", "EchoHeard", 2)]


def test_a_unit_that_fails_leaves_nothing(market: Market) -> None:
    with pytest.raises(ZeroDivisionError), market.write("A1") as unit:
        unit.emit(BellRang(name="noon"))
        unit.next_number("bells")
        _ = 1 / 0

    assert stored(market) == []
    with market.read() as unit:
        assert unit.count(counters) == 0


def test_a_subscriber_that_fails_fails_the_operation(market: Market) -> None:
    with pytest.raises(RuntimeError, match="no sound"), market.write("A1") as unit:
        unit.emit(BellRang(name="cracked"))

    assert stored(market) == []


def test_a_chain_of_more_than_eight_events_is_a_defect(market: Market) -> None:
    with pytest.raises(ChainTooLong, match="EchoHeard"), market.write("A1") as unit:
        unit.emit(EchoHeard(depth=101))


def test_each_seller_has_its_own_running_numbers(market: Market) -> None:
    with market.write("A1") as unit:
        assert [unit.next_number("orders"), unit.next_number("orders"), unit.next_number("orders", 5)] == [1, 2, 3]
        assert unit.next_number("orders") == 8
    with market.write("B2") as unit:
        assert unit.next_number("orders") == 1


def test_a_sum_is_kept_when_the_unit_ends_and_known_before(market: Market) -> None:
    with market.write("A1") as unit:
        unit.add("held USD", 900)
        with pytest.raises(ZeroDivisionError), unit.attempt():
            unit.add("held USD", 5000)
            _ = 1 / 0
        unit.add("held USD", -1000)
        unit.add("held EUR", 7)
        assert (unit.sum_of("held USD"), unit.sum_of("held GBP")) == (-100, 0)
    with market.write("A1") as unit:
        unit.add("held USD", 100)

    with market.read("A1") as unit:
        assert (unit.sum_of("held USD"), unit.sum_of("held EUR")) == (0, 7)
    with market.read("B2") as unit:
        assert unit.sum_of("held EUR") == 0


def test_rows_of_all_sellers_are_numbered_in_one_row(market: Market) -> None:
    for seller_id in ("A1", "", "A2"):
        with market.write(seller_id) as unit:
            unit.emit(EchoHeard(depth=1))
            unit.stage_among_all(notices, "number", {"text": f"one of {seller_id}"})
            unit.stage_among_all(notices, "number", {"text": f"two of {seller_id}"})

    with market.read() as unit:
        rows = unit.execute(select(notices.c.number, notices.c.text).order_by(notices.c.number)).all()
    assert [tuple(row) for row in rows] == [
        (1, "one of A1"), (2, "two of A1"), (3, "one of "), (4, "two of "), (5, "one of A2"), (6, "two of A2"),
    ]  # fmt: skip
    assert sorted(stored(market)) == [("", "EchoHeard", 1), ("A1", "EchoHeard", 1), ("A2", "EchoHeard", 1)]


def test_an_attempt_that_failed_has_taken_no_number_among_all(market: Market) -> None:
    with market.write("A1") as unit:
        with pytest.raises(ZeroDivisionError), unit.attempt():
            unit.stage_among_all(notices, "number", {"text": "failed"})
            _ = 1 / 0
        unit.stage_among_all(notices, "number", {"text": "kept"})

    with market.read() as unit:
        assert [tuple(row) for row in unit.execute(select(notices))] == [(1, "kept")]


def test_what_a_unit_read_is_shared_with_those_beside_it_and_forgotten_with_an_attempt(market: Market) -> None:
    names: Recollection[str, int] = Recollection()
    with market.write("A1") as unit:
        names.of(unit.memory)["one"] = 1
        assert names.of(unit.beside("A2").memory) == {"one": 1}

        with pytest.raises(ZeroDivisionError), unit.attempt():
            names.of(unit.memory)["two"] = 2
            _ = 1 / 0
        assert names.of(unit.memory) == {}

        names.of(unit.memory)["three"] = 3
        names.forget(unit.memory)
        assert names.of(unit.memory) == {}

    with market.write("A1") as another:
        assert names.of(another.memory) == {}


def test_what_was_refused_among_what_follows_from_an_event_leaves_the_next_events_their_room(market: Market) -> None:
    with market.write() as unit:
        for _ in range(10):
            with pytest.raises(RuntimeError, match="no sound"), unit.attempt():
                unit.emit(BellRang(name="cracked"))
        heard.clear()
        unit.emit(BellRang(name="whole"))

    assert heard == ["whole"]
