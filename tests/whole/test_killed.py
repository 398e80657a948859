"""Killed at any moment, a market has all that it answered with success, nothing by half, and goes on."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from killed_servers import ON_HAND, PATIENCE_SECONDS, SKUS, Served, call, check_whole, columns_of, orders_in
from nursery import cold, forked
from sqlalchemy import Table, select

from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.events.orders import OrderPaid, OrderShipped, PackageDelivered
from sellingpartner.market.events.shipping import ParcelLost, ParcelReturned
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.market import Market
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.time.schedule import schedule
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

LAMP = "LAMP-OAK"
Start = Callable[..., Any]
LetGo = Callable[[list[Any]], None]


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
                self._work_at_amazon()

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

    def _work_at_amazon(self) -> None:
        """Units come to two centers, go from one to the other, are lost and are removed; what is broken stays."""
        came = {"sku": LAMP, "quantity": 9, "isAdded": True, "isAmazonFulfilled": True}
        for center in ("BFI4", "TPA1"):
            self._call(200, "PUT", "/market/v1/stock/level", came | {"center": center})
        self._call(200, "POST", "/market/v1/stock/transfers", {"sku": LAMP, "quantity": 2, "center": "MDW2"})
        self._call(200, "POST", "/market/v1/stock/incidents", {"sku": LAMP, "incident": "LOST"})
        self._call(200, "POST", "/market/v1/stock/incidents", {"sku": LAMP, "incident": "DAMAGED"})
        removed = {"sku": LAMP, "sellable": 2}
        self._call(201, "POST", "/market/v1/removals", {"items": [removed], "kind": "Disposal"})

    def _call(self, expected: int, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401 - JSON
        status, answer = call(self._port, method, path, body, self._token)
        if status != expected:
            self.refused.append((status, answer))
            message = "the market refused"
            raise OSError(message)
        return answer


@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.soak)])
def test_a_server_that_is_killed_has_what_it_answered_nothing_by_half_and_goes_on(
    database_url: str, tmp_path: Path, rounds: int
) -> None:
    luck = Random(17)
    market = TestMarket(database_url)
    with market.market.write(market.seller_account.seller_id) as unit:
        for sku in SKUS:
            adjust(unit, sku, Place.SELLER, on_hand=ON_HAND, reference="count")
    due = [market.buys(paid=False, payment_delay=timedelta(seconds=number / 3)) for number in range(60)]
    market.market.live()
    placed: list[str] = []
    shipped: list[str] = []

    for round_ in range(rounds):
        server = Served(tmp_path, database_url, start=forked if round_ else cold)
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
    with market.market.read() as unit:
        waiting = {row.kind for row in unit.execute(select(schedule.c.kind))}
    by_themselves = {"PeriodEnds", "SubscriptionIsCharged", "StorageIsCharged", "DocumentsExpire", "ReportIsForgotten"}
    assert waiting <= by_themselves  # what comes of time alone
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
            last = connection.execute(select(*columns_of("events", "happened_at"))).scalars().all()
        assert max(last) <= market_time(database_url)

    assert kills > 0
    for name in ("orders", "order_lines", "events", "stock_movements", "stocks", "schedule", "clocks"):
        assert rows_of(market, name) == rows_of(untouched, name), name
    market.close()
    untouched.close()


def demo(url: str) -> Market:
    market = Market.open(url, at=START, seed=3)
    build_demo_world(market, skus=10, orders=100)
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
