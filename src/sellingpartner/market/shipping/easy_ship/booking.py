"""Packages are scheduled into time slots, and moved to others."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.events.shipping import EasyShipMoved, PickupScheduled
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.market.shipping.buying.buying import tracking_number
from sellingpartner.market.shipping.easy_ship.model import (
    Contents,
    EasyPackage,
    Invoice,
    PackageStatus,
)
from sellingpartner.market.shipping.easy_ship.refusals import (
    AlreadyScheduled,
    InvalidOrderState,
    InvalidRequest,
    NotFoundHere,
    NotReschedulable,
    RegionNotSupported,
    SlotNotAvailable,
    WindowExpired,
)
from sellingpartner.market.shipping.easy_ship.rules import EASY, Rules, rules_for
from sellingpartner.market.shipping.easy_ship.slots import MOST_PACKAGES, Measures, Slot, measured, slot_of, slots
from sellingpartner.market.shipping.easy_ship.store import find_package, packages_at, save_package, time_of
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan
from sellingpartner.market.shipping.parcels.journeys import by_easy_ship
from sellingpartner.market.shipping.parcels.tracking import plan_anew, set_out
from sellingpartner.market.time.chance import chance, uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

USUAL = measured(25, 20, 10, 500)
"""The measures of a package that nobody has told any of."""


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of a package that is to be scheduled."""

    order_id: str
    marketplace_id: str
    rules: Rules
    slot_id: str | None
    """Without one the soonest is taken."""
    contents: tuple[Contents, ...] = ()
    identifier: str | None = None


def open_slots(unit: UnitOfWork, order_id: str, marketplace_id: str, measures: Measures) -> list[Slot]:
    """The slots for a package of an order, whether it is scheduled already or not."""
    rules = rules_for(marketplace_id)
    if not rules.slots:
        raise _no("listHandoverSlots", marketplace_id)
    order = _order(unit, order_id, marketplace_id)
    if order.easy_ship_status is None:
        raise InvalidOrderState(f"Order {order_id} is not an Easy Ship order.")
    _check_weight(rules, measures)
    return [one for one in slots(unit, rules, order_id, measures) if _has_room(unit, one)]


def schedule(unit: UnitOfWork, booking: Booking) -> EasyPackage:
    """Schedule the package of an order by itself."""
    if not booking.rules.single:
        raise _no("createScheduledPackage", booking.marketplace_id)
    return _schedule(unit, booking)


def schedule_in_bulk(unit: UnitOfWork, booking: Booking) -> EasyPackage:
    """Schedule one of several."""
    check_bulk(booking.marketplace_id)
    return _schedule(unit, booking)


def check_bulk(marketplace_id: str) -> None:
    """Refuse to schedule in bulk where that is not done; raises `RegionNotSupported`."""
    if not rules_for(marketplace_id).bulk:
        raise _no("createScheduledPackageBulk", marketplace_id)


def reschedule(
    unit: UnitOfWork, order_id: str, marketplace_id: str, package_id: str | None, slot_id: str
) -> EasyPackage:
    """Move a package that waits into another slot."""
    rules = rules_for(marketplace_id)
    if not rules.moves:
        raise _no("updateScheduledPackages", marketplace_id)
    order = _order(unit, order_id, marketplace_id, is_held=True)
    package = scheduled(unit, order_id, marketplace_id)
    if package_id is not None and package_id != package.package_id:
        raise NotFoundHere(f"Order {order_id} has no package {package_id}.")
    if package.status is not PackageStatus.READY_FOR_PICKUP:
        raise NotReschedulable(order_id, package.status.value)
    slot = _taken(unit, rules, order, slot_id)
    package.slot_id, package.method = slot.slot_id, slot.method
    package.starts_at, package.ends_at = slot.starts_at, slot.ends_at
    save_package(unit, package)
    plan_anew(unit, package.package_id, _way(unit, order, package))
    show(unit, package, (package.waiting_as,))
    _tell(unit, package, is_rescheduled=True)
    return package


def scheduled(unit: UnitOfWork, order_id: str, marketplace_id: str) -> EasyPackage:
    """The package of an order; raises `NotFoundHere`."""
    rules_for(marketplace_id)
    order = _order(unit, order_id, marketplace_id)
    package = find_package(unit, order.order_id)
    if package is None:
        raise NotFoundHere(f"Order {order_id} has no scheduled package.")
    return package


def _schedule(unit: UnitOfWork, booking: Booking) -> EasyPackage:
    rules, order = booking.rules, _order(unit, booking.order_id, booking.marketplace_id, is_held=True)
    _check_schedulable(order)
    former = find_package(unit, order.order_id)
    if former is not None and former.status is not PackageStatus.LABEL_CANCELED:
        raise AlreadyScheduled(order.order_id)
    known = {item.order_item_id for item in order.items}
    for content in booking.contents:
        if content.order_item_id is not None and content.order_item_id not in known:
            raise InvalidRequest(f"Order {order.order_id} has no item {content.order_item_id}.")
    slot = _soonest(unit, rules, order) if booking.slot_id is None else _taken(unit, rules, order, booking.slot_id)
    _check_weight(rules, slot.measures)
    package = _package(unit, booking, order, slot)
    save_package(unit, package)
    set_out(unit, _parcel(unit, rules, order, package))
    show(unit, package, (package.waiting_as,))
    _tell(unit, package, is_rescheduled=False)
    return package


def show(unit: UnitOfWork, package: EasyPackage, states: tuple[str, ...]) -> None:
    """Let the order show where its package is, and tell of it."""
    if states:
        orders.set_easy_ship_status(unit, package.order_id, states[-1])
    for state in states:
        unit.emit(EasyShipMoved(order_id=package.order_id, package_id=package.package_id, status=state))


def _package(unit: UnitOfWork, booking: Booking, order: Order, slot: Slot) -> EasyPackage:
    number = unit.next_number("easy ship packages")
    tracking = tracking_number(chance(unit, "easy ship tracking", number), booking.rules.tracking)
    invoice = Invoice(f"IN-{number:06d}", unit.now) if booking.rules.invoice else None
    return EasyPackage(
        order_id=order.order_id,
        package_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "easy ship package", number)),
        marketplace_id=order.marketplace_id,
        measures=slot.measures,
        slot_id=slot.slot_id,
        method=slot.method,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        tracking_id=tracking,
        created_at=unit.now,
        identifier=booking.identifier,
        contents=booking.contents,
        invoice=invoice,
    )


def _parcel(unit: UnitOfWork, rules: Rules, order: Order, package: EasyPackage) -> Parcel:
    return Parcel(
        parcel_id=package.package_id,
        order_id=order.order_id,
        package_reference=str(len(order.packages) + 1),
        carrier_id=f"{rules.carrier_id}{EASY}",
        service=rules.carrier_name,
        tracking_id=package.tracking_id,
        status=ParcelStatus.LABEL_CREATED,
        scans=[Scan(at=unit.now, status=ParcelStatus.LABEL_CREATED)],
        plan=_way(unit, order, package),
    )


def _way(unit: UnitOfWork, order: Order, package: EasyPackage) -> list[Scan]:
    luck = chance(unit, "easy ship", package.package_id, package.slot_id)
    latest = max(order.latest_delivery_at, package.ends_at + timedelta(days=2))
    return by_easy_ship(luck, package.starts_at, package.ends_at, latest)


def _order(unit: UnitOfWork, order_id: str, marketplace_id: str, *, is_held: bool = False) -> Order:
    """The order; whoever schedules or moves its package holds it, so that nobody else does so at once."""
    try:
        order = orders.load_order(unit, order_id) if is_held else order_of(unit, order_id)
    except (NoSuchOrder, MalformedOrderId) as unknown:
        raise NotFoundHere(unknown.reason) from None
    if order.marketplace_id != marketplace_id:
        raise NotFoundHere(f"Order {order_id} was placed in another marketplace.")
    return order


def _check_schedulable(order: Order) -> None:
    if order.status is not OrderStatus.UNSHIPPED:
        raise InvalidOrderState(
            f"Order {order.order_id} is {order.status.value}; to be scheduled it must be Unshipped."
        )
    if order.easy_ship_status is None:
        raise InvalidOrderState(f"Order {order.order_id} is not an Easy Ship order.")
    if order.waits_for_invoice:
        standing = "" if order.invoice_status is None else order.invoice_status.value
        raise InvalidOrderState(
            f"Order {order.order_id} leaves with its invoice, which is {standing}; hand it in and have it accepted."
        )


def _check_weight(rules: Rules, measures: Measures) -> None:
    if measures.grams > rules.most_grams:
        raise InvalidRequest(f"The package weighs {measures.grams} g; Easy Ship takes {rules.most_grams} g at most.")


def _taken(unit: UnitOfWork, rules: Rules, order: Order, slot_id: str) -> Slot:
    slot = slot_of(unit, rules, order.order_id, slot_id)
    if unit.now >= slot.starts_at:
        raise WindowExpired
    if not _has_room(unit, slot):
        raise SlotNotAvailable
    return slot


def _soonest(unit: UnitOfWork, rules: Rules, order: Order) -> Slot:
    measures = _from_catalog(unit, order)
    for slot in slots(unit, rules, order.order_id, measures):
        if _has_room(unit, slot):
            return slot
    raise SlotNotAvailable


def _has_room(unit: UnitOfWork, slot: Slot) -> bool:
    return packages_at(unit, time_of(slot.starts_at, slot.method)) < MOST_PACKAGES


def _from_catalog(unit: UnitOfWork, order: Order) -> Measures:
    """The package of an order as the catalog knows it, if the order is one unit; else a usual one."""
    item = found_item(unit, order.items[0].asin)
    if item is None or sum(each.held for each in order.items) != 1:
        return USUAL
    sides, weight = item.package_dimensions(order.marketplace_id), item.package_weight(order.marketplace_id)
    if sides is None or weight is None:
        return USUAL
    try:
        length, width, height = (float(side.millimeters) / 10 for side in (sides.length, sides.width, sides.height))
        return measured(length, width, height, float(weight.grams))
    except KeyError:  # a unit that is none of its kind: sellers write what they like
        return USUAL


def _tell(unit: UnitOfWork, package: EasyPackage, *, is_rescheduled: bool) -> None:
    unit.emit(
        PickupScheduled(
            order_id=package.order_id,
            package_id=package.package_id,
            method=package.method.value,
            starts_at=package.starts_at,
            ends_at=package.ends_at,
            is_rescheduled=is_rescheduled,
        )
    )


def _no(operation: str, marketplace_id: str) -> RegionNotSupported:
    return RegionNotSupported(f"{operation} is not available in {MARKETPLACES[marketplace_id].country}.")
