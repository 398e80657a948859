"""Killed at any moment, a market has all that it answered with success, nothing by half, and goes on."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Column, Table, select

from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.events.orders import OrderPaid, OrderPlaced, OrderShipped, PackageDelivered
from sellingpartner.market.events.shipping import ParcelLost, ParcelReturned
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.lifecycle import SHIPPABLE, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

PATIENCE_SECONDS = 40
SKUS = ("MUG-BLUE", "MUG-RED")

Start = Callable[..., Any]
LetGo = Callable[[list[Any]], None]

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds worker processes in /proc")


class Served:
    """`spapi serve` in processes of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        command = [sys.executable, "-m", "sellingpartner.cli", "serve", "--no-demo", "--limits", "off"]
        command += ["--port", str(self.port), "--database", url, "--credentials", str(folder / "credentials.env")]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SP_API_", "SPAPI_"))}
        with (folder / "log.txt").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment)
        self._wait(folder)

    def _wait(self, folder: Path) -> None:
        end = monotonic() + PATIENCE_SECONDS
        while monotonic() < end and self.process.poll() is None:
            with suppress(OSError, http.client.HTTPException):
                if call(self.port, "GET", "/market/v1/status")[0] == http.HTTPStatus.OK:
                    return
            sleep(0.05)
        pytest.fail(f"the server did not start: {(folder / 'log.txt').read_text()}")

    def kill(self) -> None:
        """Kill every process of it at once."""
        processes = [self.process.pid]
        for parent in processes:
            with suppress(FileNotFoundError):
                processes += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)


def call(port: int, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:  # noqa: ANN401 - JSON
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"x-amz-access-token": token, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None
    finally:
        connection.close()


class Writer(Thread):
    """Somebody who orders and ships without end, and remembers what was answered with success."""

    def __init__(self, port: int, token: str, name: str) -> None:
        super().__init__(name=name)
        self._port, self._token = port, token
        self.placed: list[str] = []
        self.shipped: list[str] = []
        self.refused: list[tuple[int, Any]] = []

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException):
            while not self.refused:
                self._order_and_ship()

    def _order_and_ship(self) -> None:
        made = self._call(201, "POST", "/market/v1/orders", {"lines": [{"sku": sku} for sku in SKUS]})
        self.placed.append(made["orderId"])
        path = f"/orders/v0/orders/{made['orderId']}"
        items = self._call(200, "GET", f"{path}/orderItems")["payload"]["OrderItems"]
        detail = {
            "packageReferenceId": "1",
            "carrierCode": "USPS",
            "trackingNumber": "9400100000000000000000",
            "shipDate": made["placedAt"],
            "orderItems": [{"orderItemId": item["OrderItemId"], "quantity": 1} for item in items],
        }
        confirmation = {"marketplaceId": made["marketplaceId"], "packageDetail": detail}
        self._call(204, "POST", f"{path}/shipmentConfirmation", confirmation)
        self.shipped.append(made["orderId"])

    def _call(self, expected: int, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401 - JSON
        status, answer = call(self._port, method, path, body, self._token)
        if status != expected:
            self.refused.append((status, answer))
            message = "the market refused"
            raise OSError(message)
        return answer


def orders_in(market: TestMarket) -> dict[str, Order]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return {order.order_id: order for order in page_of_orders(unit, OrderFilter(), limit=100_000).orders}


def check_whole(market: TestMarket) -> None:
    """Nothing is there by half: orders, their lines, their facts and the stock agree."""
    orders = orders_in(market)
    with market.market.read(market.seller_account.seller_id) as unit:
        lines = unit.execute(select(metadata.tables["order_lines"])).all()
        totals = dict(map(tuple, unit.execute(select(*_columns("orders", "order_id", "total_minor"))).all()))
        stocks = {sku: (stock_of(unit, sku, Place.SELLER), movements_of(unit, sku)) for sku in SKUS}
    assert Counter((line.order_id, line.sku, line.quantity, line.price_minor) for line in lines) == Counter(
        (order.order_id, item.sku, item.held, item.held_amounts.price)
        for order in orders.values()
        for item in order.items
    )
    assert totals == {order_id: order.total.minor for order_id, order in orders.items()}
    ordered = {order_id: sum(item.amounts.total for item in order.items) for order_id, order in orders.items()}
    assert {fact.order_id: fact.total_minor for fact in market.facts(OrderPlaced)} == ordered
    assert len(market.facts(OrderPlaced)) == len(orders)
    shipped = Counter(fact.order_id for fact in market.facts(OrderShipped))
    assert shipped == Counter(order.order_id for order in orders.values() if order.status is OrderStatus.SHIPPED)
    for sku, (stock, ledger) in stocks.items():
        held = sum(item.quantity for order in _open(orders) for item in order.items if item.sku == sku)
        gone = sum(1 for order_id in shipped for item in orders[order_id].items if item.sku == sku)
        assert (stock.on_hand, stock.reserved) == (100_000 - gone, held)
        assert stock.on_hand == sum(movement.on_hand_change for movement in ledger)
        assert stock.reserved == sum(movement.reserved_change for movement in ledger)


def _open(orders: dict[str, Order]) -> list[Order]:
    return [order for order in orders.values() if order.is_unpaid or order.status in SHIPPABLE]


def _columns(table: str, *names: str) -> list[Column[Any]]:
    return [metadata.tables[table].c[name] for name in names]


@needs_proc
@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.soak)])
def test_a_server_that_is_killed_has_what_it_answered_nothing_by_half_and_goes_on(
    database_url: str, tmp_path: Path, rounds: int
) -> None:
    luck = Random(17)
    market = TestMarket(database_url)
    with market.market.write(market.seller_account.seller_id) as unit:
        for sku in SKUS:
            adjust(unit, sku, Place.SELLER, on_hand=100_000, reference="count")
    due = [market.buys(paid=False, payment_delay=timedelta(seconds=number / 3)) for number in range(60)]
    market.market.live()
    placed: list[str] = []
    shipped: list[str] = []

    for _ in range(rounds):
        server = Served(tmp_path, database_url)
        writers = [Writer(server.port, market.seller.token or "", f"writer {number}") for number in range(3)]
        for writer in writers:
            writer.start()
        Event().wait(luck.uniform(0.2, 0.9))
        server.kill()
        for writer in writers:
            writer.join(PATIENCE_SECONDS)
            placed += writer.placed
            shipped += writer.shipped
            assert writer.refused == []

    orders = orders_in(market)
    assert len(shipped) > rounds
    assert set(placed) <= orders.keys()
    assert {orders[order_id].status for order_id in shipped} == {OrderStatus.SHIPPED}
    check_whole(market)
    market.advance(days=30)
    assert Counter(fact.order_id for fact in market.facts(OrderPaid)) == Counter({*due, *orders})
    ends: tuple[Any, ...] = (PackageDelivered, ParcelLost, ParcelReturned)
    assert Counter(fact.order_id for kind in ends for fact in market.facts(kind)) == Counter(
        fact.order_id for fact in market.facts(OrderShipped)
    )
    assert market.market.failures() == []
    assert market.market.waiting() == 0
    check_whole(market)
    market.close()


@pytest.mark.parametrize(("days", "most"), [(10, 3), pytest.param(120, 40, marks=pytest.mark.soak)])
def test_time_that_was_killed_on_its_way_goes_on_as_if_nothing_had_happened(
    database_url: str, start_rival: Start, let_go: LetGo, days: int, most: int
) -> None:
    luck = Random(4)
    end = START + timedelta(days=days)
    untouched, market = demo("sqlite://"), demo(database_url)
    untouched.advance_to(end)
    kills = 0

    while market_time(database_url) < end:
        rival = start_rival(database_url, "advance", end.isoformat())
        let_go([rival])
        rival.process.join(luck.uniform(0.05, 0.2) if kills < most else PATIENCE_SECONDS)
        if rival.process.is_alive():
            rival.process.kill()
            rival.process.join()
            kills += 1
        with market.database.read() as connection:
            last = connection.execute(select(*_columns("events", "happened_at"))).scalars().all()
        assert max(last) <= market_time(database_url)

    assert kills > 0
    for name in ("orders", "order_lines", "events", "stock_movements", "stocks", "schedule", "clocks"):
        assert rows_of(market, name) == rows_of(untouched, name), name
    market.close()
    untouched.close()


def demo(url: str) -> Market:
    market = Market.open(url, at=START, seed=3)
    build_demo_world(market, skus=10, orders=300)
    set_buyers(market, come=True)
    return market


def market_time(url: str) -> datetime:
    market = Market.open(url)
    market.close()
    return market.clock.now()


def rows_of(market: Market, name: str) -> list[tuple[Any, ...]]:
    """The rows of a table in order, but for running numbers, which depend on who shared a transaction."""
    table: Table = metadata.tables[name]
    left_out = {"event_id", "movement_id", "due_id", "real_at"}
    with market.read() as unit:
        found = unit.execute(
            select(*(column for column in table.c if column.name not in left_out)).order_by(*table.primary_key)
        )
        return [tuple(row) for row in found]
