"""One order on its way: stock, channel, shipping, confirmation, status, the buyer; or taken up where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.orders_2026_01_01 import FulfilledBy, FulfillmentStatus, Order
from sellingpartner.contract.orders_v0 import ConfirmShipment, ConfirmShipmentOrderItem, PackageDetail
from sellingpartner.workflows.journal import BEGUN, CONFIRMED, HANDED, Entry, Journal
from sellingpartner.workflows.model import Handed, Held, Outcome, Result, ShippingPlan, Stage, ToShip, Uncertain, Units
from sellingpartner.workflows.orders import (
    cancellation_asked,
    next_reference,
    order,
    references,
    status_of,
    units_left,
)
from sellingpartner.workflows.shelf import Shelf, at_amazon
from sellingpartner.workflows.steps import Steps, ask
from sellingpartner.workflows.telling import Tell, Told, tell_buyer

Say = Callable[[Stage, str], None]


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What orders are worked on with."""

    plan: ShippingPlan
    journal: Journal
    shelf: Shelf
    tell: Tell | None = None
    is_dry_run: bool = False
    is_stale: Callable[[], bool] = lambda: False
    """Whether the orders were found so long ago that each is read anew before it leaves."""
    services: frozenset[str] = frozenset()
    """The orders that are of services."""
    at: datetime | None = None
    """The API's time when the run began, as far as it told."""


def fulfill(desk: Desk, found: Order, say: Say) -> Steps[Outcome]:
    """Have an order leave, or go on with it where it stopped."""
    say(Stage.FOUND, f"{status_of(found)}, ordered {found.created_time:%Y-%m-%d %H:%M}")
    entry = desk.journal.open_entry(found.order_id)
    try:
        if entry is not None:
            return (yield from _go_on(desk, entry, say))
        return (yield from _begin(desk, found, say))
    except Held as reason:
        return Outcome(order_id=found.order_id, result=Result.HELD, words=str(reason))
    except Uncertain as reason:
        return Outcome(order_id=found.order_id, result=Result.UNCERTAIN, words=str(reason))


def _begin(desk: Desk, found: Order, say: Say) -> Steps[Outcome]:
    order_id = found.order_id
    if found.fulfillment is not None and found.fulfillment.fulfilled_by == FulfilledBy.AMAZON:
        say(Stage.CHANNEL, "Amazon ships it")
        return Outcome(order_id=order_id, result=Result.BY_AMAZON, status=status_of(found))
    if order_id in desk.services:
        message = "a service, of which no package leaves"
        raise Held(message)
    if desk.is_stale():
        found = yield from order(order_id)  # its buyer may have canceled it meanwhile
    units = units_left(found)
    if not units:
        return Outcome(order_id=order_id, result=Result.HELD, words="nothing of it is left to ship")
    if cancellation_asked(found):
        return Outcome(order_id=order_id, result=Result.HELD, words="the buyer asks for its cancellation")
    if missing := desk.shelf.missing(units):
        words = yield from _missing(found, missing)
        say(Stage.STOCK, words)
        return Outcome(order_id=order_id, result=Result.SHORT, words=words)
    say(Stage.STOCK, desk.shelf.told(units))
    desk.shelf.take(units)
    say(Stage.CHANNEL, "the seller ships it")
    before = [entry.reference for entry in desk.journal.entries_of(order_id)]
    parcel = _parcel(desk, found, next_reference(found, before), units)
    if desk.is_dry_run:
        return Outcome(order_id=order_id, result=Result.PLANNED, words=(yield from desk.plan.planned(parcel)))
    return (yield from _ship(desk, parcel, say))


def _missing(found: Order, missing: Mapping[str, int]) -> Steps[str]:
    """What is missing for an order, and whether it lies at Amazon, from where it could be shipped instead."""
    words = f"missing: {', '.join(f'{count} {sku}' for sku, count in missing.items())}"
    try:
        there = yield from at_amazon(list(missing), found.sales_channel.marketplace_id or "")
    except SellingPartnerError:
        return words  # an application without the role of inventory is told no more
    return f"{words}; at Amazon: {', '.join(f'{count} {sku}' for sku, count in there.items())}" if there else words


def _go_on(desk: Desk, entry: Entry, say: Say) -> Steps[Outcome]:
    """Take up what was begun: the API says first how far it came."""
    found = yield from order(entry.order_id)
    sent = tuple(Units(item, count) for item, count in entry.units.items())
    parcel = _parcel(desk, found, entry.reference, sent)
    if desk.is_dry_run:
        return Outcome(order_id=entry.order_id, result=Result.PLANNED, words=f"would go on: it was {entry.state}")
    if entry.state != BEGUN:
        handed = _handed(entry)
        yield from desk.plan.taken_up(parcel, entry)
        return (yield from _settle(desk, parcel, handed, say, is_again=True))
    seen = yield from desk.plan.found_again(entry, found)
    if seen is not None:
        note = {"carrier_code": seen.carrier_code, "method": seen.method, "tracking_number": seen.tracking_number}
        desk.journal.note(entry.order_id, entry.reference, state=HANDED, **note)
        say(Stage.SHIPPED, f"{_words(seen)}, as the API says")
        return (yield from _settle(desk, parcel, seen, say, is_again=True))
    units = units_left(found)
    if not units:
        desk.journal.forget(entry.order_id, entry.reference)
        return Outcome(order_id=entry.order_id, result=Result.HELD, words="nothing of it is left to ship")
    return (yield from _ship(desk, msgspec.structs.replace(parcel, units=units), say))


def _ship(desk: Desk, parcel: ToShip, say: Say) -> Steps[Outcome]:
    units = {one.order_item_id: one.quantity for one in parcel.units}
    desk.journal.begin(parcel.order_id, parcel.reference, units, references(parcel.order))
    try:
        handed = yield from desk.plan.shipped(parcel, desk.journal)
    except Held:
        desk.journal.forget(parcel.order_id, parcel.reference)
        raise
    say(Stage.SHIPPED, _words(handed))
    return (yield from _settle(desk, parcel, handed, say, is_again=False))


def _settle(desk: Desk, parcel: ToShip, handed: Handed, say: Say, *, is_again: bool) -> Steps[Outcome]:
    """Confirm what has left, see that the API has it, and tell the buyer."""
    order_id, reference = parcel.order_id, parcel.reference
    seen = parcel.order if is_again else None
    if seen is None and desk.plan.confirms:
        seen = yield from order(order_id)
    if seen is None or not _shows(seen, reference, handed):
        if seen is not None and desk.plan.confirms and not is_again:
            words = "a label is bought; the order does not show it yet"
            return Outcome(order_id=order_id, result=Result.HELD, words=words, package=handed, status=status_of(seen))
        if seen is not None and status_of(seen) == FulfillmentStatus.CANCELLED:
            desk.journal.note(order_id, reference, is_done=1)
            words = f"canceled after it had left: {_words(handed)}"
            return Outcome(order_id=order_id, result=Result.FAILED, words=words, package=handed, status=status_of(seen))
        yield from ask(_confirmation(parcel, handed), is_repeatable=True)  # the same reference is the same package
        seen = yield from order(order_id)
    desk.journal.note(order_id, reference, state=CONFIRMED)
    say(Stage.CONFIRMED, f"package {reference}")
    say(Stage.STATUS, status_of(seen))
    told = yield from _told(desk, parcel, handed, say)
    desk.journal.note(order_id, reference, is_done=1)
    return Outcome(
        order_id=order_id,
        result=Result.SHIPPED,
        words=told.words,
        package=handed,
        status=status_of(seen),
        is_told=told.is_told,
    )


def _told(desk: Desk, parcel: ToShip, handed: Handed, say: Say) -> Steps[Told]:
    entry = desk.journal.open_entry(parcel.order_id)
    if desk.tell is None or entry is None:
        return Told(is_told=False, words="")
    told = yield from tell_buyer(parcel, handed, entry, desk.tell, desk.journal)
    say(Stage.TOLD, told.words)
    return told


def _parcel(desk: Desk, found: Order, reference: str, units: tuple[Units, ...]) -> ToShip:
    return ToShip(
        order=found,
        marketplace_id=found.sales_channel.marketplace_id or "",
        reference=reference,
        units=units,
        now=max(found.last_updated_time, desk.at or found.last_updated_time),
    )


def _confirmation(parcel: ToShip, handed: Handed) -> ConfirmShipment:
    return ConfirmShipment(
        order_id=parcel.order_id,
        marketplace_id=parcel.marketplace_id,
        package_detail=PackageDetail(
            package_reference_id=parcel.reference,
            carrier_code=handed.carrier_code,
            carrier_name=handed.carrier_name,
            shipping_method=handed.method,
            tracking_number=handed.tracking_number,
            ship_date=parcel.now,
            order_items=[
                ConfirmShipmentOrderItem(order_item_id=one.order_item_id, quantity=one.quantity) for one in parcel.units
            ],
        ),
    )


def _shows(seen: Order, reference: str, handed: Handed) -> bool:
    """Whether the order has the package: a label's has a reference of Amazon's, so its tracking number tells."""
    return any(
        one.tracking_number == handed.tracking_number
        if handed.tracking_number
        else one.package_reference_id == reference
        for one in seen.packages or ()
    )


def _handed(entry: Entry) -> Handed:
    return Handed(
        carrier_code=entry.carrier_code,
        carrier_name=entry.carrier_name,
        method=entry.method,
        tracking_number=entry.tracking_number,
    )


def _words(handed: Handed) -> str:
    how = " ".join(filter(None, [handed.method or handed.carrier_name or handed.carrier_code, handed.tracking_number]))
    return f"{how}, {handed.cost}" if handed.cost else how
