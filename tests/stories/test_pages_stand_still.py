from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_2026_01_01 import IncludedData, SearchOrders
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.market.events.orders import OrderPlaced, OrderShipped
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

AtOnce = Callable[..., list[Any]]
ALL = 60


def walk(market: TestMarket, turn: Callable[[], None] | None = None, **wanted: Any) -> list[str]:  # noqa: ANN401 - parameters of getOrders
    """The ids of a list in the order in which its pages bring them; `turn` is called between two pages."""
    found: list[str] = []
    token = None
    while True:
        request = GetOrders(marketplace_ids=[market.marketplace_id], max_results_per_page=7, next_token=token, **wanted)
        page = market.seller.send(request).payload
        assert page is not None
        found += [order.amazon_order_id for order in page.orders]
        token = page.next_token
        if token is None:
            return found
        if turn is not None:
            turn()


def walk_newer(market: TestMarket, turn: Callable[[], None] | None = None, **wanted: Any) -> list[str]:  # noqa: ANN401 - parameters of searchOrders
    """The same, of Orders 2026-01-01; the parts that are asked for change from page to page."""
    found: list[str] = []
    token = None
    while True:
        parts = [IncludedData.BUYER] if len(found) % 2 else None
        request = SearchOrders(max_results_per_page=7, pagination_token=token, included_data=parts, **wanted)
        page = market.seller.send(request)
        found += [order.order_id for order in page.orders]
        token = page.pagination.next_token if page.pagination else None
        if token is None:
            return found
        if turn is not None:
            turn()


def ship_one(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=order_of(unit, order_id).unshipped_quantities(),
            carrier_code="USPS",
            tracking_number="9400100000000000000000",
        )
        ship(unit, order_id, parcel)


@pytest.fixture
def placed(market: TestMarket) -> list[str]:
    """Orders in three batches of the same moment, which is what makes paging by a date alone go wrong."""
    ids = []
    for _ in range(3):
        ids += [market.buys() for _ in range(ALL // 3)]
        market.advance(minutes=1)
    market.advance(minutes=4)
    return ids


def test_a_walk_by_purchase_finds_each_order_once_while_orders_come_and_ship(
    market: TestMarket, placed: list[str]
) -> None:
    waiting = iter(placed)

    def turn() -> None:
        market.buys()
        ship_one(market, next(waiting))
        market.advance(minutes=1)

    found = walk(market, turn, created_after="2026-11-01T00:00:00Z")

    assert sorted(found) == sorted(placed)


def test_a_walk_by_update_brings_nothing_twice_and_all_that_stood_still(market: TestMarket, placed: list[str]) -> None:
    last_in_line = iter(reversed(placed))
    shipped: list[str] = []

    def turn() -> None:
        shipped.append(next(last_in_line))
        ship_one(market, shipped[-1])
        market.advance(minutes=1)

    found = walk(market, turn, last_updated_after="2026-11-01T00:00:00Z")

    assert len(set(found)) == len(found)
    assert set(placed) - set(shipped) <= set(found)
    assert set(found) <= set(placed)


@pytest.mark.parametrize("by_update", [False, True])
def test_a_walk_of_orders_2026_stands_as_still(market: TestMarket, placed: list[str], *, by_update: bool) -> None:
    last_in_line = iter(reversed(placed))
    shipped: list[str] = []

    def turn() -> None:
        market.buys()
        shipped.append(next(last_in_line))
        ship_one(market, shipped[-1])
        market.advance(minutes=1)

    since = datetime(2026, 11, 1, tzinfo=UTC)
    found = walk_newer(market, turn, **{"last_updated_after" if by_update else "created_after": since})

    assert len(set(found)) == len(found)
    assert set(placed) - (set(shipped) if by_update else set()) <= set(found) <= set(placed)


def test_walks_hold_while_others_order_and_ship_at_the_same_time(
    market: TestMarket, placed: list[str], at_once: AtOnce
) -> None:
    done = Event()

    def walker() -> list[list[str]]:
        try:
            return [walk(market, created_after="2026-11-01T00:00:00Z") for _ in range(3)]
        finally:
            done.set()

    def shipper() -> int:
        count = 0
        for order_id in placed:
            if done.is_set():
                break
            ship_one(market, order_id)
            count += 1
        return count

    def buyer() -> int:
        count = 0
        while not done.is_set() and count < ALL:
            market.buys("MUG-RED")
            count += 1
        return count

    walks, shipped, bought = at_once(walker, shipper, buyer)

    for found in walks:
        assert sorted(found) == sorted(placed)
    assert len(market.facts(OrderShipped)) == shipped
    assert len(market.facts(OrderPlaced)) == ALL + bought


def test_a_page_token_of_another_seller_or_another_kind_is_refused(market: TestMarket, placed: list[str]) -> None:
    request = GetOrders(
        marketplace_ids=[market.marketplace_id], created_after="2026-11-01T00:00:00Z", max_results_per_page=1
    )
    page = market.seller.send(request).payload
    assert page is not None
    stranger = market.caller(seller=market.join("Loft & Larder"))

    for token in (page.next_token, (page.next_token or "")[:-4] + "AAAA", "not a token"):
        with pytest.raises(InvalidInput):
            stranger.send(GetOrders(marketplace_ids=[market.marketplace_id], next_token=token))
