"""Calls that take turns: answered in order on one thread, or told that the market is busy."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.process import turn_thread
from sellingpartner.server.process.turn_thread import TurnThread
from sellingpartner.storage import sqlite
from sellingpartner.testing import TestMarket


class Shipment(HttpRequest):
    """A write of somebody who shows no token, so that it is refused when it comes to its turn."""

    def __init__(self) -> None:
        super().__init__("http://market.example")
        self.method, self.path, self.query = "POST", "/orders/v0/orders/902/shipmentConfirmation", ""
        self.peer = "127.0.0.1"

    def header(self, name: str) -> str | None:  # noqa: ARG002 - it has none
        return None


def test_who_waits_behind_a_call_that_does_not_end_is_told_so_and_the_call_itself_is_answered() -> None:
    market = TestMarket()
    turn = TurnThread(market.server)

    async def both() -> list[int]:
        with market.market.write():  # which the call has to wait for
            begun = asyncio.create_task(turn.answer(Shipment()))
            told = (await asyncio.create_task(turn.answer(Shipment()))).status
        return [told, (await begun).status]

    assert asyncio.run(both()) == [503, 403]
    turn.end()
    market.close()


def test_all_that_wait_together_are_answered() -> None:
    market = TestMarket()
    turn = TurnThread(market.server)

    async def many() -> set[int]:
        return {answer.status for answer in await asyncio.gather(*(turn.answer(Shipment()) for _ in range(20)))}

    assert asyncio.run(many()) == {403}
    turn.end()
    market.close()


class Purchase(HttpRequest):
    """A buyer's order of some units of a SKU."""

    def __init__(self, sku: str, quantity: int = 1) -> None:
        super().__init__("http://market.example")
        self.method, self.path, self.query, self.peer = "POST", "/market/v1/orders", "", "127.0.0.1"
        body = msgspec.json.encode({"lines": [{"sku": sku, "quantity": quantity}]})
        self._headers = {"content-type": "application/json", "content-length": str(len(body))}
        self.take(body)

    def header(self, name: str) -> str | None:
        return self._headers.get(name)


def answered(market: TestMarket, requests: Sequence[HttpRequest]) -> list[HttpAnswer]:
    """The answers to requests that wait together, for somebody else writes when they come."""
    turn = TurnThread(market.server)

    async def all_of_them() -> list[HttpAnswer]:
        with market.market.database.alone():
            waiting = [asyncio.create_task(turn.answer(request)) for request in requests]
            await asyncio.sleep(0)
        return await asyncio.gather(*waiting)

    try:
        return asyncio.run(all_of_them())
    finally:
        turn.end()


@pytest.fixture
def market(tmp_path: Path) -> TestMarket:
    return TestMarket(f"sqlite:///{tmp_path / 'market.db'}")


def stock_left(market: TestMarket, sku: str) -> int:
    with market.market.read(market.seller.seller_id) as unit:
        return stock_of(unit, sku, Place.SELLER).available


def test_orders_that_wait_together_are_kept_by_one_commit_or_two(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    market.lists("MUG", stock=10)
    commits: list[str] = []

    def counting(connection: Connection, statement: str) -> None:
        commits.append(statement)
        tell(connection, statement)

    tell = sqlite.tell
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "tell", counting)
        patched.setattr(turn_thread, "_LONGEST_SECONDS", 60)  # however busy the machine is
        answers = answered(market, [Purchase("MUG") for _ in range(8)])

    assert [answer.status for answer in answers] == [201] * 8
    assert len({msgspec.json.decode(answer.body)["orderId"] for answer in answers}) == 8
    # The first was at work, or not, before the second stood behind it.
    assert commits.count("BEGIN IMMEDIATE") <= 2
    assert stock_left(market, "MUG") == 2


def test_one_of_them_that_is_refused_takes_nothing_back_but_its_own(market: TestMarket) -> None:
    market.lists("MUG", stock=5)
    market.lists("POT", stock=5)

    answers = answered(market, [Purchase("MUG"), Purchase("POT", 6), Purchase("NONE"), Purchase("POT", 2)])

    assert [answer.status for answer in answers] == [201, 400, 404, 201]
    assert (stock_left(market, "MUG"), stock_left(market, "POT")) == (4, 3)
    assert [call.status for call in market.requests()] == [201, 400, 404, 201]


def test_whose_commit_fails_is_told_so_and_so_is_the_log(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    market.lists("MUG", stock=5)

    def failing(connection: Connection, statement: str) -> None:
        if statement == "COMMIT":
            failure = sqlite3.OperationalError("disk I/O error")
            failure.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise failure
        tell(connection, statement)

    tell = sqlite.tell
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "tell", failing)
        answers = answered(market, [Purchase("MUG"), Purchase("MUG", 9), Purchase("MUG")])

    assert [answer.status for answer in answers] == [503, 400, 503]
    assert stock_left(market, "MUG") == 5
    logged = market.requests()
    assert [(call.status, call.code) for call in logged] == [
        (503, "ServiceUnavailable"),
        (400, "InvalidInput"),
        (503, "ServiceUnavailable"),
    ]
    ids = [dict(answer.headers)["x-amzn-RequestId"] for answer in answers]
    assert [call.request_id for call in logged] == ids
