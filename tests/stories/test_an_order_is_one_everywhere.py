from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderItems,
    GetOrders,
    Order,
    OrderItem,
    PackageDetail,
)
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.orders import OrderCanceled, OrderPaid, OrderPlaced, OrderShipped, PackageShipped
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket

StockOf = Callable[[str], Stock]


def order_of(market: TestMarket, order_id: str) -> Order:
    found = market.seller.send(GetOrder(order_id=order_id)).payload
    assert found is not None
    return found


def items_of(market: TestMarket, order_id: str) -> list[OrderItem]:
    found = market.seller.send(GetOrderItems(order_id=order_id)).payload
    assert found is not None
    return found.order_items


def listed(market: TestMarket, since: datetime) -> dict[str, Order]:
    page = market.seller.send(
        GetOrders(marketplace_ids=[market.marketplace_id], created_after=f"{since:%Y-%m-%dT%H:%M:%SZ}")
    ).payload
    assert page is not None
    return {order.amazon_order_id: order for order in page.orders}


def confirm(market: TestMarket, order_id: str, quantities: dict[str, int], reference: str = "1") -> None:
    detail = PackageDetail(
        package_reference_id=reference,
        carrier_code="USPS",
        tracking_number="9400100000000000000000",
        ship_date=market.now,
        order_items=[
            ConfirmShipmentOrderItem(order_item_id=item, quantity=units) for item, units in quantities.items()
        ],
    )
    market.seller.send(ConfirmShipment(order_id=order_id, package_detail=detail, marketplace_id=market.marketplace_id))


def quantities_of(market: TestMarket, order_id: str) -> dict[str, int]:
    return {item.order_item_id: item.quantity_ordered for item in items_of(market, order_id)}


def test_a_placed_order_is_the_same_in_the_list_alone_in_the_stock_and_among_the_facts(
    market: TestMarket, stock: StockOf
) -> None:
    began = market.now
    lines = (
        PurchaseLine(sku="MUG-BLUE", quantity=2, shipping=599),
        PurchaseLine(sku="MUG-RED", promotion_discount=100),
    )

    order_id = market.buys(lines=lines)
    market.advance(minutes=5)

    alone, items = order_of(market, order_id), items_of(market, order_id)
    (placed,) = market.facts(OrderPlaced)
    assert listed(market, began)[order_id] == alone
    assert alone.order_status == "Unshipped"
    assert alone.order_total is not None
    assert (alone.order_total.amount, alone.order_total.currency_code) == ("49.96", "USD")
    assert placed.total_minor == 4996
    assert sum((_total(item) for item in items), Decimal(0)) == Decimal("49.96")
    assert [(line.sku, line.quantity) for line in placed.lines] == [("MUG-BLUE", 2), ("MUG-RED", 1)]
    assert [(item.seller_sku, item.quantity_ordered) for item in items] == [("MUG-BLUE", 2), ("MUG-RED", 1)]
    assert [fact.order_id for fact in market.facts(OrderPaid)] == [order_id]
    assert stock("MUG-BLUE") == Stock(on_hand=100, reserved=2)
    assert stock("MUG-RED") == Stock(on_hand=100, reserved=1)


def _total(item: OrderItem) -> Decimal:
    amounts = (item.item_price, item.item_tax, item.shipping_price, item.shipping_tax)
    discounts = (item.promotion_discount, item.shipping_discount)
    charged = sum((Decimal(one.amount or 0) for one in amounts if one is not None), Decimal(0))
    return charged - sum((Decimal(one.amount or 0) for one in discounts if one is not None), Decimal(0))


def test_a_pending_order_hides_its_total_and_its_address_and_holds_its_stock(
    market: TestMarket, stock: StockOf
) -> None:
    order_id = market.buys(paid=False, payment_delay=timedelta(minutes=30))

    pending = order_of(market, order_id)

    assert (pending.order_status, pending.order_total, pending.shipping_address) == ("Pending", None, None)
    assert stock("MUG-BLUE") == Stock(on_hand=100, reserved=1)
    market.advance(minutes=31)
    assert order_of(market, order_id).order_status == "Unshipped"
    assert order_of(market, order_id).order_total is not None


def test_an_order_whose_stock_is_gone_never_was(market: TestMarket, stock: StockOf) -> None:
    lines = (PurchaseLine(sku="MUG-RED", quantity=1), PurchaseLine(sku="MUG-BLUE", quantity=101))
    moved = len(market.facts(StockMoved))

    with pytest.raises(InvalidInput, match="out of stock"):
        market.buys(lines=lines)

    market.advance(minutes=5)
    assert listed(market, market.now - timedelta(days=1)) == {}
    assert market.facts(OrderPlaced) == []
    assert len(market.facts(StockMoved)) == moved
    assert stock("MUG-RED") == Stock(on_hand=100)


def test_a_confirmed_shipment_ships_the_order_takes_its_stock_and_says_so_once(
    market: TestMarket, stock: StockOf
) -> None:
    began = market.now
    order_id = market.buys(quantity=3)
    market.advance(minutes=40)

    confirm(market, order_id, quantities_of(market, order_id))
    market.advance(minutes=5)

    shipped = order_of(market, order_id)
    assert (shipped.order_status, shipped.number_of_items_shipped, shipped.number_of_items_unshipped) == (
        "Shipped",
        3,
        0,
    )
    assert listed(market, began)[order_id] == shipped
    assert stock("MUG-BLUE") == Stock(on_hand=97)
    assert [(fact.order_id, fact.package_reference) for fact in market.facts(PackageShipped)] == [(order_id, "1")]
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]


def test_parcel_by_parcel_an_order_is_partially_shipped_and_then_shipped(market: TestMarket, stock: StockOf) -> None:
    order_id = market.buys(quantity=3)
    ((item, _),) = quantities_of(market, order_id).items()

    confirm(market, order_id, {item: 1}, "1")
    assert order_of(market, order_id).order_status == "PartiallyShipped"
    assert stock("MUG-BLUE") == Stock(on_hand=99, reserved=2)
    with pytest.raises(InvalidInput):
        confirm(market, order_id, {item: 3}, "2")
    assert stock("MUG-BLUE") == Stock(on_hand=99, reserved=2)
    confirm(market, order_id, {item: 2}, "2")

    assert order_of(market, order_id).order_status == "Shipped"
    assert stock("MUG-BLUE") == Stock(on_hand=97)
    assert len(market.facts(PackageShipped)) == 2
    assert len(market.facts(OrderShipped)) == 1


def test_a_canceled_order_gives_its_stock_back(market: TestMarket, stock: StockOf) -> None:
    order_id = market.buys(quantity=4)

    with market.market.write(market.seller_account.seller_id) as unit:
        cancel(unit, order_id, by=Canceler.BUYER, reason="changed my mind")

    assert order_of(market, order_id).order_status == "Canceled"
    assert stock("MUG-BLUE") == Stock(on_hand=100)
    assert [fact.order_id for fact in market.facts(OrderCanceled)] == [order_id]
    with pytest.raises(InvalidInput):
        confirm(market, order_id, quantities_of(market, order_id))
