"""Servers that are killed, and what must hold of the market that they leave behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from nursery import Start, forked
from sqlalchemy import Column, select
from stock_taker import faults_of_stock

from sellingpartner.market.events.orders import OrderPlaced, OrderShipped
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import movements_of, stock_of
from sellingpartner.market.orders.lifecycle import SHIPPABLE, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import TestMarket

PATIENCE_SECONDS = 40
SKUS = ("MUG-BLUE", "MUG-RED")
ON_HAND = 100_000
"""What was counted of each SKU before."""


class Served:
    """`spapi serve` in processes of its own."""

    def __init__(self, folder: Path, url: str, *more: str, start: Start = forked) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        command = ["serve", "--no-demo", "--limits", "off", "--port", str(self.port), "--database", url]
        command += ["--credentials", str(folder / "credentials.env"), *more]
        self.process = start(*command, folder=folder, out=folder / "log.txt")
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
        """Kill every process of it at once: they are a group of their own."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
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


def orders_in(market: TestMarket) -> dict[str, Order]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return {order.order_id: order for order in page_of_orders(unit, OrderFilter(), limit=100_000).orders}


def check_whole(market: TestMarket) -> None:
    """Nothing is there by half: orders, their lines, their facts and the stock agree."""
    orders = orders_in(market)
    with market.market.read(market.seller_account.seller_id) as unit:
        lines = unit.execute(select(metadata.tables["order_lines"])).all()
        faults = faults_of_stock(unit)
        totals = dict(map(tuple, unit.execute(select(*columns_of("orders", "order_id", "total_minor"))).all()))
        stocks = {sku: (stock_of(unit, sku, Place.SELLER), movements_of(unit, sku)) for sku in SKUS}
    assert faults == []
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
        assert (stock.on_hand, stock.reserved) == (ON_HAND - gone, held)
        assert stock.on_hand == sum(movement.on_hand_change for movement in ledger)
        assert stock.reserved == sum(movement.reserved_change for movement in ledger)


def _open(orders: dict[str, Order]) -> list[Order]:
    return [order for order in orders.values() if order.is_unpaid or order.status in SHIPPABLE]


def columns_of(table: str, *names: str) -> list[Column[Any]]:
    return [metadata.tables[table].c[name] for name in names]
