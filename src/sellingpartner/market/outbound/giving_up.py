"""Units of a fulfillment order that will not leave: canceled, given up, or waited for."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.events.outbound import (
    FulfillmentCanceled,
)
from sellingpartner.market.orders.fulfilling import outside as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.outbound.dues import LOOK_AGAIN, FulfillmentLooksAgain
from sellingpartner.market.outbound.lifecycle import CANCELABLE
from sellingpartner.market.outbound.model import FulfillmentOrder, Item
from sellingpartner.market.outbound.store import (
    save_fulfillment,
)
from sellingpartner.market.time.schedule import later
from sellingpartner.storage.unit import UnitOfWork

SELLER_CANCELED, HOLD_ENDED, NEVER_CAME, NOT_FOUND = "SellerCanceled", "HoldEnded", "NotInStock", "NotFoundInCenter"


def cancel_loaded(unit: UnitOfWork, order: FulfillmentOrder, *, by: Canceler, reason: str) -> None:
    """Cancel an order at hand of which nothing is picked; raises `IllegalTransition`."""
    order.move(FulfillmentCanceled, at=unit.now)
    has_units = any(item.left for item in order.items)
    for item in order.items:
        item.canceled += item.left
        item.awaited = 0
    save_fulfillment(unit, order)
    if has_units:  # the lines may have been taken back one by one before
        orders.take_back(unit, order.shipped_as, None, by=by, reason=reason)
    unit.emit(order.said(FulfillmentCanceled))


def give_up(unit: UnitOfWork, order: FulfillmentOrder, quantities: Mapping[str, int], reason: str) -> None:
    """Go without units of some items of an order at hand, those first that are awaited."""
    if not quantities:
        return
    for item_id, units in quantities.items():
        item = order.item(item_id)
        item.awaited -= min(units, item.awaited)
        item.unfulfillable += units
    if any(item.left or item.shipped for item in order.items):
        of_order = {order.item(item_id).order_item_id: units for item_id, units in quantities.items()}
        orders.take_back(unit, order.shipped_as, of_order, by=Canceler.MARKET, reason=reason)
    else:
        orders.give_up_whole(unit, order.shipped_as)


def wait_for(unit: UnitOfWork, order: FulfillmentOrder, item: Item, units: int) -> None:
    """Have an order at hand wait for units of an item that it cannot have after all."""
    was_waiting = order.awaited
    item.awaited += units
    orders.let_wait(unit, order.shipped_as, item.order_item_id, units)
    if not was_waiting:
        due = FulfillmentLooksAgain(fulfillment_order_id=order.fulfillment_order_id)
        later(unit, due, at=unit.now + LOOK_AGAIN)


def is_cancelable(order: FulfillmentOrder) -> bool:
    """Whether nothing of an order is picked yet."""
    return order.status in CANCELABLE
