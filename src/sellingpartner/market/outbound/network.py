"""The network and its clock: when a fulfillment order is planned, picked and shipped, and when it is looked at again.

Assumed: what an order waits for is looked for every hour, and given up after a day, as Amazon says of FillAll.
"""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders.fulfilling import outside as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.outbound.dues import (
    HOLD_TIME,
    LOOK_AGAIN,
    WAIT_TIME,
    FulfillmentIsPicked,
    FulfillmentIsPlanned,
    FulfillmentLeaves,
    FulfillmentLooksAgain,
    HoldEnds,
)
from sellingpartner.market.outbound.fulfilling import finish, pick, pick_what_is_ready, plan, plan_picking, ship
from sellingpartner.market.outbound.giving_up import HOLD_ENDED, NEVER_CAME, cancel_loaded, give_up
from sellingpartner.market.outbound.lifecycle import Action, FulfillmentStatus, ShipmentStatus
from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.store import (
    load_fulfillment,
    save_fulfillment,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import later, when
from sellingpartner.storage.unit import UnitOfWork


def begin(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Hand an order that is at hand to the network, or wait for the word of its seller."""
    key = order.fulfillment_order_id
    if order.action is Action.HOLD:
        later(unit, HoldEnds(fulfillment_order_id=key), at=unit.now + HOLD_TIME)
        return
    minutes = chance(unit, "planned", key).uniform(3, 15)
    later(unit, FulfillmentIsPlanned(fulfillment_order_id=key), at=unit.now + timedelta(minutes=minutes))
    if order.awaited:
        later(unit, FulfillmentLooksAgain(fulfillment_order_id=key), at=unit.now + LOOK_AGAIN)


@when(FulfillmentIsPlanned)
def plan_when_due(unit: UnitOfWork, due: FulfillmentIsPlanned) -> None:
    """Plan an order, unless it was canceled, or is planned already."""
    order = load_fulfillment(unit, due.fulfillment_order_id)
    if order.status is FulfillmentStatus.RECEIVED and order.action is Action.SHIP:
        plan(unit, order)


@when(FulfillmentIsPicked)
def pick_when_due(unit: UnitOfWork, due: FulfillmentIsPicked) -> None:
    """Have an order picked, unless it was canceled, or is already."""
    order = load_fulfillment(unit, due.fulfillment_order_id)
    if order.status is FulfillmentStatus.PLANNING and any(item.ready for item in order.items):
        pick(unit, order)


@when(FulfillmentLeaves)
def ship_when_due(unit: UnitOfWork, due: FulfillmentLeaves) -> None:
    """Let a shipment leave, unless it has, or was canceled."""
    order = load_fulfillment(unit, due.fulfillment_order_id)
    shipment = order.shipment(due.shipment_id)
    if shipment is not None and shipment.status is ShipmentStatus.PENDING:
        ship(unit, order, shipment)


@when(FulfillmentLooksAgain)
def look_when_due(unit: UnitOfWork, due: FulfillmentLooksAgain) -> None:
    """Look whether units have come that an order waits for; after a day, go without them."""
    order = load_fulfillment(unit, due.fulfillment_order_id)
    if not order.is_open or not order.awaited or order.action is Action.HOLD:
        return
    if order.waits_until is None:
        order.waits_until = unit.now - LOOK_AGAIN + WAIT_TIME
    _promise_what_came(unit, order)
    if order.awaited and unit.now >= order.waits_until:
        give_up(unit, order, {item.item_id: item.awaited for item in order.items if item.awaited}, NEVER_CAME)
        finish(unit, order)
    elif order.awaited:
        later(unit, due, at=unit.now + LOOK_AGAIN)
    save_fulfillment(unit, order)
    if order.status is FulfillmentStatus.PLANNING and not order.shipments:
        plan_picking(unit, order)
    elif order.status is FulfillmentStatus.PROCESSING:
        pick_what_is_ready(unit, order)
        save_fulfillment(unit, order)


@when(HoldEnds)
def end_hold(unit: UnitOfWork, due: HoldEnds) -> None:
    """Cancel an order that its seller has not let go."""
    order = load_fulfillment(unit, due.fulfillment_order_id)
    if order.status is FulfillmentStatus.RECEIVED and order.action is Action.HOLD:
        cancel_loaded(unit, order, by=Canceler.MARKET, reason=HOLD_ENDED)


def _promise_what_came(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Promise an order what has come of what it waits for, item by item."""
    for item in sorted(order.items, key=lambda one: one.sku):
        units = min(item.awaited, stock_of(unit, item.sku, Place.FBA).available) if item.awaited else 0
        if units <= 0:
            continue
        try:
            with unit.attempt():
                orders.promise_awaited(unit, order.shipped_as, {item.order_item_id: units})
        except OutOfStock:
            continue
        item.awaited -= units
