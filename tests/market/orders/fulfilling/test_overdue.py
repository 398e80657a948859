from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sellingpartner.market.events.orders import ItemsCanceled, OrderCanceled, ShipmentLate
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import OrderType
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START


def order(market: TestMarket, order_id: str) -> Order:
    with market.market.read(market.seller_account.seller_id) as unit:
        return order_of(unit, order_id)


def ship(market: TestMarket, order_id: str, units: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = dict.fromkeys(order_of(unit, order_id).unshipped_quantities(), units)
        orders.ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="X"))


def test_an_order_that_nobody_ships_is_late_and_then_canceled_by_the_market(market: TestMarket) -> None:
    order_id = market.buys(quantity=2)
    updated_at = order(market, order_id).updated_at
    latest = order(market, order_id).latest_ship_at
    assert latest == datetime(2026, 11, 5, 7, 59, 59, tzinfo=UTC)

    market.advance(days=3)
    late = order(market, order_id)
    market.advance(days=9)
    still = order(market, order_id)
    market.advance(days=3)
    gone = order(market, order_id)

    assert (late.is_late, late.status, late.updated_at) == (True, "Unshipped", updated_at)
    assert [(fact.order_id, fact.latest_ship_at) for fact in market.facts(ShipmentLate)] == [(order_id, latest)]
    assert (still.status, gone.status) == ("Unshipped", "Canceled")
    (fact,) = market.facts(OrderCanceled)
    assert (fact.canceled_by, fact.reason) == ("Market", "ShipmentOverdue")
    with market.market.read(market.seller_account.seller_id) as unit:
        assert stock_of(unit, "MUG-BLUE", Place.SELLER) == Stock(on_hand=100)


@pytest.mark.parametrize(
    ("form", "days"),
    [
        ({}, 21),
        ({"payment_delay": timedelta(days=40)}, 21),
        ({"order_type": OrderType.PREORDER, "available_at": START + timedelta(days=5)}, 26),
    ],
)
def test_an_order_that_is_never_paid_is_canceled_by_the_market_and_told_of(
    market: TestMarket, form: dict[str, Any], days: int
) -> None:
    market.subscribe("ORDER_CHANGE")
    order_id = market.buys(quantity=2, paid=False, **form)
    market.advance(days=days, seconds=-1)
    waits = order(market, order_id).status

    market.advance(seconds=1)

    (fact,) = market.facts(OrderCanceled)
    assert (waits, order(market, order_id).status) == ("Pending", "Canceled")
    assert (fact.canceled_by, fact.reason) == ("Market", "PaymentOverdue")
    assert market.notifications("ORDER_CHANGE")[-1].payload.summary.order_status == "Canceled"
    with market.market.read(market.seller_account.seller_id) as unit:
        assert stock_of(unit, "MUG-BLUE", Place.SELLER) == Stock(on_hand=100)


def test_an_order_that_was_paid_in_time_is_not_canceled_for_it(market: TestMarket) -> None:
    order_id = market.buys(paid=False)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.pay(unit, order_id)
    ship(market, order_id, 1)

    market.advance(days=30)

    assert (order(market, order_id).status, market.facts(OrderCanceled)) == ("Shipped", [])


def test_of_an_overdue_order_that_has_partly_left_the_rest_is_canceled(market: TestMarket) -> None:
    order_id = market.buys(quantity=3)
    ship(market, order_id, 1)

    market.advance(days=20)

    found = order(market, order_id)
    assert (found.status, found.items[0].shipped, found.items[0].canceled) == ("Shipped", 1, 2)
    assert [fact.canceled_by for fact in market.facts(ItemsCanceled)] == ["Market"]


def test_an_order_that_has_shipped_is_never_late(market: TestMarket) -> None:
    order_id = market.buys()
    ship(market, order_id, 1)

    market.advance(days=30)

    assert (order(market, order_id).is_late, market.facts(ShipmentLate)) == (False, [])
    assert market.facts(OrderCanceled) == []


def test_the_time_to_ship_begins_when_an_order_is_paid(market: TestMarket) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(days=4))
    before = order(market, order_id)

    market.advance(days=5)

    after = order(market, order_id)
    assert (before.latest_ship_at.day, after.latest_ship_at.day, after.latest_delivery_at.day) == (5, 11, 19)
    assert market.facts(ShipmentLate) == []
