"""What a sandbox alone can do: have a fulfillment order, or a package, be where a test wants it.

Whatever leads there is done, so that stock, money and notifications agree with it.
"""

from __future__ import annotations

from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.outbound.fulfilling import finish, pick, plan, ship
from sellingpartner.market.outbound.giving_up import NOT_FOUND, SELLER_CANCELED, cancel_loaded, give_up
from sellingpartner.market.outbound.lifecycle import FulfillmentStatus, ShipmentStatus
from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.refusals import CannotChange, NoSuchPackage
from sellingpartner.market.outbound.store import load_fulfillment, save_fulfillment
from sellingpartner.market.outbound.tracking import parcel_of
from sellingpartner.market.sandbox import check_sandbox
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.storage.unit import UnitOfWork

_WAY = (FulfillmentStatus.RECEIVED, FulfillmentStatus.PLANNING, FulfillmentStatus.PROCESSING)


def set_status(unit: UnitOfWork, fulfillment_order_id: str, status: FulfillmentStatus, operation: str) -> None:
    """Bring an order to a status in a sandbox, by all that leads there; raises `CannotChange` where nothing does."""
    check_sandbox(unit, operation)
    order = load_fulfillment(unit, fulfillment_order_id)
    if order.status is status:
        return
    if not order.is_open or (status in _WAY and _WAY.index(status) < _WAY.index(order.status)):
        message = f"Fulfillment order {fulfillment_order_id} is {order.status.value}; it cannot become {status.value}."
        raise CannotChange(message)
    if status is FulfillmentStatus.CANCELED:
        cancel_loaded(unit, order, by=Canceler.SELLER, reason=SELLER_CANCELED)
    elif status is FulfillmentStatus.UNFULFILLABLE:
        _lose_all(unit, order)
    elif status is FulfillmentStatus.INVALID:
        message = f"Fulfillment order {fulfillment_order_id} was accepted; it cannot become Invalid any more."
        raise CannotChange(message)
    else:
        _go_on(unit, order, status)


def advance_order(unit: UnitOfWork, fulfillment_order_id: str) -> FulfillmentOrder:
    """Have an order ship all that is there of it at this moment, by hand."""
    order = load_fulfillment(unit, fulfillment_order_id)
    if not order.is_open:
        message = f"Fulfillment order {fulfillment_order_id} is {order.status.value}; nothing of it is to ship."
        raise CannotChange(message)
    _go_on(unit, order, FulfillmentStatus.COMPLETE)
    return order


def move_package(
    unit: UnitOfWork, fulfillment_order_id: str, package_id: str, status: ParcelStatus, operation: str
) -> None:
    """Have a package be somewhere on its way, in a sandbox; raises `CannotMove` where it cannot."""
    check_sandbox(unit, operation)
    order = load_fulfillment(unit, fulfillment_order_id)
    shipment = next((one for one in order.shipments if str(one.package_number) == package_id), None)
    if shipment is None or shipment.package_number is None:
        raise NoSuchPackage(package_id[:40])
    shipping.move(unit, parcel_of(unit, order, shipment).parcel_id, status)


def _go_on(unit: UnitOfWork, order: FulfillmentOrder, status: FulfillmentStatus) -> None:
    if order.status is FulfillmentStatus.RECEIVED and status is not FulfillmentStatus.RECEIVED:
        plan(unit, order)
    if order.status is FulfillmentStatus.PLANNING and status is not FulfillmentStatus.PLANNING:
        pick(unit, order)
    if status in _WAY:
        return
    pending = [one for one in order.shipments if one.status is ShipmentStatus.PENDING]
    if status is FulfillmentStatus.COMPLETE_PARTIALLED:
        _leave_a_unit(unit, order)
        pending = [one for one in order.shipments if one.status is ShipmentStatus.PENDING]
    for shipment in pending:
        ship(unit, order, shipment)


def _leave_a_unit(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Have one unit of an order stay behind, so that it is complete in part."""
    shipment = next((one for one in order.shipments if one.status is ShipmentStatus.PENDING), None)
    if shipment is None or sum(shipment.quantities.values()) <= 1:
        message = f"Fulfillment order {order.fulfillment_order_id} has one unit; it cannot be complete in part."
        raise CannotChange(message)
    item_id = next(iter(shipment.quantities))
    shipment.quantities[item_id] -= 1
    shipment.quantities = {one: units for one, units in shipment.quantities.items() if units}
    give_up(unit, order, {item_id: 1}, NOT_FOUND)


def _lose_all(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    if any(item.shipped for item in order.items):
        message = f"Of fulfillment order {order.fulfillment_order_id} something has left; it cannot be Unfulfillable."
        raise CannotChange(message)
    for shipment in order.shipments:
        if shipment.status is ShipmentStatus.PENDING:
            shipment.status = ShipmentStatus.CANCELED_BY_FULFILLER
    give_up(unit, order, {item.item_id: item.left for item in order.items if item.left}, NOT_FOUND)
    finish(unit, order)
    save_fulfillment(unit, order)
