"""A seller changes a fulfillment order, lets it go, or takes it back; a center does not find what it should.

Assumed: an order can be changed as long as it is on hold; lines can be changed, but none added.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.outbound import FulfillmentOrderChanged, FulfillmentShipmentDropped
from sellingpartner.market.inventory import incidents
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.fulfilling import outside as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.outbound.addresses import goes_to, why_unknown
from sellingpartner.market.outbound.asking import MOST_UNITS, check_speed
from sellingpartner.market.outbound.departing import promised, spot_of
from sellingpartner.market.outbound.fulfilling import finish, pick_what_is_ready
from sellingpartner.market.outbound.giving_up import (
    NOT_FOUND,
    SELLER_CANCELED,
    cancel_loaded,
    give_up,
    is_cancelable,
    wait_for,
)
from sellingpartner.market.outbound.lifecycle import (
    POLICIES,
    Action,
    FulfillmentStatus,
    Lack,
    Policy,
    ShipmentStatus,
)
from sellingpartner.market.outbound.model import FulfillmentOrder, Item, Notified
from sellingpartner.market.outbound.network import begin
from sellingpartner.market.outbound.refusals import CannotChange, NotForExport, ValueRefused
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.outbound.store import load_fulfillment, save_fulfillment
from sellingpartner.storage.unit import UnitOfWork


class ItemChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a line is to say; what is None stays."""

    item_id: str
    quantity: int | None = None
    gift_message: str | None = None
    comment: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a fulfillment order is to say; what is None stays."""

    displayable_id: str | None = None
    displayable_at: datetime | None = None
    comment: str | None = None
    speed: Speed | None = None
    address: Address | None = None
    action: Action | None = None
    policy: Policy | None = None
    from_country: str | None = None
    notified: tuple[Notified, ...] | None = None
    features: dict[str, str] | None = None
    items: tuple[ItemChange, ...] = ()


def update(unit: UnitOfWork, fulfillment_order_id: str, change: Change) -> FulfillmentOrder:
    """Change an order that is on hold, and let it go if that is asked for; raises `CannotChange`."""
    order = load_fulfillment(unit, fulfillment_order_id)
    if order.status is not FulfillmentStatus.RECEIVED or order.action is not Action.HOLD:
        held = "on hold" if order.action is Action.HOLD else "to ship"
        message = (
            f"Fulfillment order {fulfillment_order_id} is {order.status.value} and {held}; to be changed it must be "
            "Received and on hold."
        )
        raise CannotChange(message)
    if change.features is not None and change.features != order.features:
        message = "The features of a fulfillment order are said when it is created, and cannot be changed."
        raise CannotChange(message)
    for one in change.items:
        _change_item(unit, order, one)
    _redirect(unit, order, change)
    order.displayable_id = change.displayable_id or order.displayable_id
    order.displayable_at = change.displayable_at or order.displayable_at
    order.comment = order.comment if change.comment is None else change.comment
    order.policy = change.policy or order.policy
    order.from_country = change.from_country or order.from_country
    order.notified = order.notified if change.notified is None else change.notified
    if not any(item.left for item in order.items):
        save_fulfillment(unit, order)
        cancel_loaded(unit, order, by=Canceler.SELLER, reason=SELLER_CANCELED)
        return order
    if change.action is Action.SHIP:
        order.action = Action.SHIP
        begin(unit, order)
    save_fulfillment(unit, order)
    unit.emit(order.said(FulfillmentOrderChanged))
    return order


def cancel(unit: UnitOfWork, fulfillment_order_id: str) -> FulfillmentOrder:
    """Let a seller take an order back of which nothing is picked; raises `CannotChange`."""
    order = load_fulfillment(unit, fulfillment_order_id)
    if not is_cancelable(order):
        message = (
            f"Fulfillment order {fulfillment_order_id} is {order.status.value}; to be cancelled it must be Received or "
            "Planning."
        )
        raise CannotChange(message)
    cancel_loaded(unit, order, by=Canceler.SELLER, reason=SELLER_CANCELED)
    return order


def miss(unit: UnitOfWork, fulfillment_order_id: str, item_id: str, units: int) -> FulfillmentOrder:
    """Let a center not find units of an order that it should pick: its policy says what becomes of it.

    The units are lost: they leave the stock.
    """
    order = load_fulfillment(unit, fulfillment_order_id)
    item = order.item(item_id)
    if not order.is_open or not 1 <= units <= item.ready:
        message = f"Item {item_id} has {item.ready if order.is_open else 0} units to pick; {units} cannot be missed."
        raise CannotChange(message)
    has_begun = order.status is FulfillmentStatus.PROCESSING
    rule = POLICIES[order.policy]
    _drop_shipments(unit, order, item)
    lack = rule.later if has_begun else rule.before_picking
    if lack in {Lack.KILL, Lack.CANCEL}:
        _drop_shipments(unit, order, None)
        give_up(unit, order, {one.item_id: one.left for one in order.items if one.left}, NOT_FOUND)
    elif lack is Lack.WAIT:
        wait_for(unit, order, item, units)
    else:
        give_up(unit, order, {item_id: units}, NOT_FOUND)
    incidents.lose(unit, item.sku, units)
    if has_begun:
        pick_what_is_ready(unit, order)
    finish(unit, order)
    save_fulfillment(unit, order)
    return order


def _drop_shipments(unit: UnitOfWork, order: FulfillmentOrder, item: Item | None) -> None:
    """Cancel the shipments that hold an item, or all, that have not left; the network makes others for the rest."""
    for shipment in order.shipments:
        holds = item is None or item.item_id in shipment.quantities
        if shipment.status is ShipmentStatus.PENDING and holds:
            shipment.move(FulfillmentShipmentDropped)
            unit.emit(
                FulfillmentShipmentDropped(
                    fulfillment_order_id=order.fulfillment_order_id,
                    order_id=order.order_id,
                    marketplace_id=order.marketplace_id,
                    status=order.status.value,
                    shipment_id=shipment.shipment_id,
                    shipment_status=shipment.status.value,
                )
            )


def _redirect(unit: UnitOfWork, order: FulfillmentOrder, change: Change) -> None:
    """Promise anew when an order arrives that goes somewhere else, or at another speed."""
    speed = change.speed or order.speed
    country = MARKETPLACES[order.marketplace_id].country_code
    check_speed(speed, change.action or order.action, order.window, country)
    if change.address is None and speed is order.speed:
        return
    address = change.address or order_of(unit, order.shipped_as).address
    if not goes_to(country, address.country_code):
        raise NotForExport(address.country_code)
    if unknown := why_unknown(address):
        raise ValueRefused("InvalidDestinationAddress", "DestinationAddress", unknown, reason="")
    skus = {item.sku for item in order.items}
    found = promised(unit, order.marketplace_id, speed, spot_of(address), order.features, skus)
    if found is None:
        raise ValueRefused(speed.value, "ShippingSpeedCategory", "The speed does not reach the address.")
    order.speed = speed
    order.ships_by, order.arrives_by = found.latest_ship_at, found.latest_arrival_at
    orders.redirect(
        unit,
        order.shipped_as,
        address=address,
        service=speed.service,
        ships_at=(found.earliest_ship_at, found.latest_ship_at),
        arrives_at=(found.earliest_arrival_at, found.latest_arrival_at),
    )


def _change_item(unit: UnitOfWork, order: FulfillmentOrder, change: ItemChange) -> None:
    item = order.item(change.item_id)
    item.gift_message = item.gift_message if change.gift_message is None else change.gift_message
    item.comment = item.comment if change.comment is None else change.comment
    asked = item.quantity - item.canceled if change.quantity is None else change.quantity
    if asked < 0 or order.units - item.quantity + asked > MOST_UNITS:
        raise ValueRefused(asked, "Quantity", f"An order has 0 to {MOST_UNITS} units.")
    more = asked - (item.quantity - item.canceled)
    if not more:
        return
    if more < 0:
        item.awaited -= min(-more, item.awaited)
        item.canceled -= more
        orders.take_back(
            unit, order.shipped_as, {item.order_item_id: -more}, by=Canceler.SELLER, reason=SELLER_CANCELED
        )
    else:
        orders.add_units(unit, order.shipped_as, item.order_item_id, more)
        item.quantity += more
