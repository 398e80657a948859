"""Where a parcel is to go: to the buyer of an order of this market, or to whoever bought it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.commands import load_order
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.market.shipping.access_points.finding import find_access_point
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.refusals import InvalidShipment, NoSuchResource
from sellingpartner.market.shipping.store import shipments_of_order
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.storage.unit import UnitOfWork

_FAR = timedelta(days=90)
"""How far ahead a parcel may be planned."""


class Target(msgspec.Struct, frozen=True):
    """The address of a parcel, and the order that it is for, if this market has it."""

    address: Address
    order: Order | None = None


def target_of(unit: UnitOfWork, wish: Wish, *, is_held: bool = False) -> Target:
    """Where the parcel of a wish goes; raises `InvalidShipment` where it cannot be sent."""
    if wish.order_id is not None:
        if wish.access_point is not None:
            raise InvalidShipment("A parcel of Amazon's order goes where its buyer wants it, to no other access point.")
        order = order_to_ship(unit, wish, wish.order_id, is_held=is_held)
        return Target(order.address, order)
    if wish.recipient is None:
        raise InvalidShipment("The parcel is for no order of Amazon's and has no address.")
    _check_moments(unit, wish)
    if wish.access_point is not None:
        return Target(_at_access_point(unit, wish.recipient, wish.access_point))
    return Target(wish.recipient)


def _at_access_point(unit: UnitOfWork, recipient: Address, access_point_id: str) -> Address:
    """The address of the counter or locker at which a recipient fetches a parcel.

    Assumed: a parcel goes to an access point of the country that its recipient lives in.
    Differs: a parcel is delivered when it reaches its access point; when it is fetched is not followed.
    """
    try:
        point = find_access_point(unit, access_point_id)
    except NoSuchResource as unknown:
        raise InvalidShipment(unknown.reason) from None
    if point.country_code != recipient.country_code:
        raise InvalidShipment(
            f"Access point {access_point_id} is in {point.country_code}; shipTo is in {recipient.country_code}."
        )
    return msgspec.structs.replace(
        recipient,
        line_1=point.name,
        line_2=point.line_1,
        line_3=None,
        city=point.city,
        state_or_region=point.state,
        postal_code=point.postal_code,
        is_commercial=True,
    )


def order_to_ship(unit: UnitOfWork, wish: Wish, order_id: str, *, is_held: bool = False) -> Order:
    """The order of a wish, if a parcel of it can be shipped; raises `InvalidShipment`.

    Whoever buys holds it, so that no two labels are bought for the same units at once.
    """
    try:
        order = load_order(unit, order_id) if is_held else order_of(unit, order_id)
    except (NoSuchOrder, MalformedOrderId) as unknown:
        raise InvalidShipment(unknown.reason) from None
    if order.channel is FulfillmentChannel.AFN:
        raise InvalidShipment(f"Order {order.order_id} is fulfilled by Amazon; its seller ships nothing.")
    if order.is_service:
        raise InvalidShipment(f"Order {order.order_id} is of a service, of which nothing is shipped.")
    if order.is_store_pickup:
        raise InvalidShipment(f"Order {order.order_id} is picked up in a store.")
    if order.easy_ship_status is not None:
        raise InvalidShipment(f"Order {order.order_id} goes by Easy Ship; schedule its package there.")
    bought = shipments_of_order(unit, order.order_id)
    if order.status not in SHIPPABLE and not replaced_by(wish, bought):
        message = f"Order {order.order_id} is {order.status.value}; a label is for one that is to be shipped."
        raise InvalidShipment(message)
    _check_moments(unit, wish)
    if not replaced_by(wish, bought):
        _check_quantities(order, wish, units_left(order, bought))
    return order


def replaced_by(wish: Wish, bought: list[Shipment]) -> Shipment | None:
    """The label that was given back and in whose place one for the same units would come."""
    return next(
        (
            one
            for one in bought
            if one.frees_units
            and one.package_reference is not None
            and one.replaced_by is None
            and dict(one.wish.quantities) == dict(wish.quantities)
        ),
        None,
    )


def units_left(order: Order, bought: list[Shipment]) -> dict[str, int]:
    """How many units of which item have neither left nor have a label."""
    left = order.unshipped_quantities()
    for one in bought:
        if not one.frees_units and one.package_reference is None:
            for item_id, units in one.wish.quantities:
                left[item_id] = left.get(item_id, 0) - units
    return left


def _check_moments(unit: UnitOfWork, wish: Wish) -> None:
    today = unit.now.replace(hour=0, minute=0, second=0, microsecond=0)
    for name, moment in (("ShipDate", wish.ship_at), ("MustArriveByDate", wish.must_arrive_at)):
        if moment is not None and moment < today:
            raise InvalidShipment(f"{name} is {moment:%Y-%m-%dT%H:%M:%SZ}, which is past.")
    if wish.ship_at is not None and wish.ship_at > unit.now + _FAR:
        raise InvalidShipment(f"ShipDate is more than {_FAR.days} days away.")


def _check_quantities(order: Order, wish: Wish, left: Mapping[str, int]) -> None:
    if not wish.quantities:
        raise InvalidShipment("ItemList is empty; name at least one item of the order.")
    known = {item.order_item_id for item in order.items}
    for item_id, units in wish.quantities:
        if item_id not in known:
            raise InvalidShipment(f"Order {order.order_id} has no item {item_id}.")
        if units > left.get(item_id, 0):
            ready = counted(max(left.get(item_id, 0), 0), "unit")
            message = f"Item {item_id} has {ready} to ship; {units:,} would be more than that."
            raise InvalidShipment(message)
