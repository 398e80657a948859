from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from outside_shop import asks, status

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import (
    CancellationRequested,
    ItemsCanceled,
    OrderCanceled,
    OrderShipped,
    OrderUnfulfillable,
)
from sellingpartner.market.inventory.model import Place, Stock
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import NON_AMAZON, PurchaseLine
from sellingpartner.market.orders.refusals import TooMany, WrongState
from sellingpartner.market.orders.store import load_order, save_order
from sellingpartner.market.outbound.questions import find_fulfillment
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from .conftest import Shop


def ship_one(market: TestMarket, shop: Shop, order_id: str) -> None:
    item = shop.order(order_id).items[0].order_item_id
    shop.do(
        orders.ship,
        order_id,
        Parcel(reference="1", shipped_at=market.now, quantities={item: 1}, carrier_code="UPS"),
    )


@pytest.mark.parametrize("by", list(Canceler))
def test_whoever_cancels_a_paid_order_sets_its_stock_free(market: TestMarket, shop: Shop, by: Canceler) -> None:
    order_id = market.buys(quantity=2)

    shop.do(orders.cancel, order_id, by=by, reason="NoInventory")

    order = shop.order(order_id)
    assert (order.status, order.total, order.items[0].canceled) == (OrderStatus.CANCELED, Money(0, "USD"), 2)
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=0)
    (canceled,) = market.facts(OrderCanceled)
    assert (canceled.canceled_by, canceled.reason, canceled.lines[0].amounts.price) == (by.value, "NoInventory", 2998)


def test_canceling_what_is_left_of_a_partly_shipped_order_makes_it_shipped(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(quantity=3)
    ship_one(market, shop, order_id)

    shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="NoInventory")

    order = shop.order(order_id)
    assert (order.status, order.total) == (OrderStatus.SHIPPED, Money(1499, "USD"))
    assert [line.quantity for fact in market.facts(ItemsCanceled) for line in fact.lines] == [2]
    assert len(market.facts(OrderShipped)) == 1
    assert market.facts(OrderCanceled) == []
    assert shop.stock("MUG-BLUE") == Stock(on_hand=99, reserved=0)


def test_some_units_can_be_canceled_and_the_rest_goes_on(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=2), PurchaseLine(sku="MUG-RED")))
    blue = shop.order(order_id).items[0].order_item_id

    shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Broken", quantities={blue: 1})

    order = shop.order(order_id)
    assert (order.status, order.quantity_unshipped, order.total) == (OrderStatus.UNSHIPPED, 2, Money(2998, "USD"))
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=1)


def test_no_more_can_be_canceled_than_is_left(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(quantity=2)
    item = shop.order(order_id).items[0].order_item_id

    with pytest.raises(TooMany):
        shop.do(orders.cancel, order_id, by=Canceler.SELLER, reason="Broken", quantities={item: 3})

    assert market.facts(ItemsCanceled) == []


def test_what_has_shipped_or_was_canceled_cannot_be_canceled(market: TestMarket, shop: Shop) -> None:
    shipped, canceled = market.buys(), market.buys()
    ship_one(market, shop, shipped)
    shop.do(orders.cancel, canceled, by=Canceler.BUYER, reason="Too late")

    with pytest.raises(WrongState, match="is Shipped and can no longer be canceled"):
        shop.do(orders.cancel, shipped, by=Canceler.BUYER, reason="Too late")
    with pytest.raises(WrongState, match="is Canceled and can no longer be canceled"):
        shop.do(orders.cancel, canceled, by=Canceler.MARKET, reason="Again")


def test_a_seller_cancels_neither_unpaid_orders_nor_amazons(market: TestMarket, shop: Shop) -> None:
    unpaid, amazons = market.buys(paid=False), market.buys("LAMP-OAK")

    with pytest.raises(WrongState, match="once it is Unshipped"):
        shop.do(orders.cancel, unpaid, by=Canceler.SELLER, reason="NoInventory")
    with pytest.raises(WrongState, match="fulfilled by Amazon"):
        shop.do(orders.cancel, amazons, by=Canceler.SELLER, reason="NoInventory")


def test_a_buyer_who_asks_is_heard_and_the_seller_decides(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()

    shop.do(orders.request_cancellation, order_id, reason="Found it cheaper")

    order = shop.order(order_id)
    assert order.status is OrderStatus.UNSHIPPED
    assert order.cancellation_request is not None
    assert [fact.reason for fact in market.facts(CancellationRequested)] == ["Found it cheaper"]


def test_a_buyer_who_has_not_paid_need_not_ask(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(paid=False)

    shop.do(orders.request_cancellation, order_id, reason="Found it cheaper")

    assert shop.order(order_id).status is OrderStatus.CANCELED
    assert market.facts(CancellationRequested) == []


def test_a_buyer_cannot_ask_for_what_has_shipped(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys()
    ship_one(market, shop, order_id)

    with pytest.raises(WrongState):
        shop.do(orders.request_cancellation, order_id, reason="Too late")


@pytest.mark.parametrize("paid", [True, False])
def test_an_older_order_from_outside_the_shop_may_turn_out_unfulfillable(
    market: TestMarket, shop: Shop, *, paid: bool
) -> None:
    order_id = market.buys("LAMP-OAK", paid=paid)
    with shop.unit() as unit:  # as worlds of earlier versions have them
        order = load_order(unit, order_id)
        order.sales_channel = NON_AMAZON
        save_order(unit, order)

    shop.do(orders.declare_unfulfillable, order_id)
    market.advance(days=2)

    assert shop.order(order_id).status is OrderStatus.UNFULFILLABLE
    assert shop.stock("LAMP-OAK", Place.FBA) == Stock(on_hand=100, reserved=0)
    assert len(market.facts(OrderUnfulfillable)) == 1


def test_what_becomes_of_a_fulfillment_order_is_not_for_its_order_to_say(market: TestMarket, shop: Shop) -> None:
    number = asks(market)
    with shop.unit() as unit:
        ships_as = find_fulfillment(unit, number).shipped_as

    with pytest.raises(WrongState, match="ships a fulfillment order"):
        shop.do(orders.declare_unfulfillable, ships_as)

    assert shop.order(ships_as).status is OrderStatus.PENDING
    assert status(market.seller) == "Received"


def test_an_order_of_the_shop_is_never_unfulfillable(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys("LAMP-OAK")

    with pytest.raises(InvalidInput, match="placed in the shop"):
        shop.do(orders.declare_unfulfillable, order_id)
