from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import (
    OrderCanceled,
    OrderPickedUp,
    OrderShipped,
    PackageDelivered,
    PickupReady,
    PickupRefused,
)
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.orders.commands import update_pickup
from sellingpartner.market.orders.lifecycle import OrderStatus, PickupStatus
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

READY, PICKED_UP, REFUSED = PickupStatus.READY, PickupStatus.PICKED_UP, PickupStatus.REFUSED


def say(shop: Shop, order_id: str, status: PickupStatus, quantities: dict[str, int] | None = None) -> None:
    shop.do(update_pickup, order_id, status, marketplace_id=shop.market.marketplace_id, quantities=quantities)


def test_what_the_buyer_fetches_has_shipped_and_arrived(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(is_store_pickup=True)

    say(shop, order_id, READY)
    assert shop.order(order_id).status is OrderStatus.UNSHIPPED
    say(shop, order_id, PICKED_UP)
    market.advance(days=10)

    order = shop.order(order_id)
    assert (order.status, order.pickup_status) == (OrderStatus.SHIPPED, PICKED_UP)
    assert shop.stock("MUG-BLUE") == Stock(on_hand=99, reserved=0)
    kinds = (PickupReady, OrderShipped, PackageDelivered, OrderPickedUp)
    assert [len(market.facts(kind)) for kind in kinds] == [1, 1, 1, 1]


def test_what_the_buyer_refuses_is_canceled(market: TestMarket, shop: Shop) -> None:
    order_id = market.buys(is_store_pickup=True)
    say(shop, order_id, READY)

    say(shop, order_id, REFUSED)

    order = shop.order(order_id)
    assert (order.status, order.pickup_status) == (OrderStatus.CANCELED, REFUSED)
    assert shop.stock("MUG-BLUE") == Stock(on_hand=100, reserved=0)
    assert [len(market.facts(kind)) for kind in (OrderCanceled, PickupRefused)] == [1, 1]


def test_a_buyer_may_take_one_part_and_refuse_the_other(market: TestMarket, shop: Shop) -> None:
    lines = (PurchaseLine(sku="MUG-BLUE", quantity=2), PurchaseLine(sku="MUG-RED"))
    order_id = market.buys(lines=lines, is_store_pickup=True)
    blue, red = (item.order_item_id for item in shop.order(order_id).items)
    say(shop, order_id, READY, {blue: 2, red: 1})

    say(shop, order_id, PICKED_UP, {blue: 2})
    assert shop.order(order_id).status is OrderStatus.PARTIALLY_SHIPPED
    assert shop.order(order_id).pickup_status is READY
    say(shop, order_id, REFUSED, {red: 1})

    order = shop.order(order_id)
    assert (order.status, order.pickup_status, order.quantity_shipped) == (OrderStatus.SHIPPED, REFUSED, 2)
    assert shop.stock("MUG-RED") == Stock(on_hand=100, reserved=0)


@pytest.mark.parametrize("status", [PICKED_UP, REFUSED])
def test_an_order_is_ready_before_it_is_handed_over(market: TestMarket, shop: Shop, status: PickupStatus) -> None:
    order_id = market.buys(is_store_pickup=True)

    with pytest.raises(InvalidInput, match=f"must be before it can be {status.value}"):
        say(shop, order_id, status)

    assert shop.order(order_id).pickup_status is None


def test_what_makes_no_sense_of_a_pick_up_is_refused(market: TestMarket, shop: Shop) -> None:
    shipped, unpaid = market.buys(), market.buys(paid=False, is_store_pickup=True)
    waiting = market.buys(is_store_pickup=True)
    item = shop.order(waiting).items[0].order_item_id
    with pytest.raises(InvalidInput, match="is not picked up in a store"):
        say(shop, shipped, READY)
    with pytest.raises(InvalidInput, match="is Pending; its pick-up can change while it is Unshipped"):
        say(shop, unpaid, READY)
    with pytest.raises(InvalidInput, match="has no item 1"):
        say(shop, waiting, READY, {"1": 1})
    with pytest.raises(InvalidInput, match="was not placed in marketplace"):
        shop.do(update_pickup, waiting, READY, marketplace_id="A2EUQ1WTGCTBG2")
    say(shop, waiting, READY)
    with pytest.raises(InvalidInput, match="is ReadyForPickup already"):
        say(shop, waiting, READY)
    with pytest.raises(InvalidInput, match="the quantity 2 is more"):
        say(shop, waiting, PICKED_UP, {item: 2})

    assert shop.order(waiting).status is OrderStatus.UNSHIPPED
    assert shop.order(waiting).pickup_status is READY
