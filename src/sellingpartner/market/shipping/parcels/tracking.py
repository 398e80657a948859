"""Parcels move on the clock: one mechanism for bought labels and for packages that sellers and Amazon confirm."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import msgspec

from sellingpartner.market.events.orders import PackageChanged, PackageShipped
from sellingpartner.market.events.shipping import ParcelLost, ParcelMoved, ParcelReturned
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.promises import Service, days_in_transit
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan
from sellingpartner.market.shipping.parcels.journeys import back, from_center, with_other_label
from sellingpartner.market.shipping.refusals import CannotDelay
from sellingpartner.market.shipping.store import (
    insert_parcel,
    load_parcel,
    load_shipment,
    parcels_of_order,
    save_parcel,
    save_shipment,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_ENDS = {ParcelStatus.LOST: ParcelLost, ParcelStatus.RETURNED: ParcelReturned}


_AT_THE_DOOR = frozenset({ParcelStatus.ATTEMPTED, ParcelStatus.REFUSED})


_LONGEST_DELAY = timedelta(days=90)


class ParcelMoves(Due):
    """The next scan of a parcel, unless something else happened to it meanwhile: `scans` says how many it had."""

    parcel_id: str
    scans: int


class ParcelArrives(Due):
    """A package reaches its buyer: one that was under way before parcels were tracked."""

    order_id: str
    package_reference: str


def set_out(unit: UnitOfWork, parcel: Parcel) -> None:
    """Keep a parcel whose way is planned, and let it go."""
    insert_parcel(unit, parcel)
    _schedule(unit, parcel)


def move(unit: UnitOfWork, parcel_id: str, status: ParcelStatus, *, place: str = "") -> Parcel:
    """Have a parcel be somewhere at this moment; what was planned for it goes on from there, if it can.

    A parcel whose label was just made is handed over first.
    """
    parcel = load_parcel(unit, parcel_id)
    if parcel.status is ParcelStatus.LABEL_CREATED and status is not ParcelStatus.ACCEPTED:
        _note(unit, parcel, Scan(at=unit.now, status=ParcelStatus.ACCEPTED, place=place))
    if status in _AT_THE_DOOR and parcel.status not in {ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.ATTEMPTED}:
        _note(unit, parcel, Scan(at=unit.now, status=ParcelStatus.OUT_FOR_DELIVERY, place=place))
    if status is ParcelStatus.RETURNED and parcel.status is not ParcelStatus.RETURNING:
        _note(unit, parcel, Scan(at=unit.now, status=ParcelStatus.RETURNING, place=place))
    _note(unit, parcel, Scan(at=unit.now, status=status, place=place))
    left = [one for one in parcel.plan if one.status in _after(status)]
    if status is ParcelStatus.REFUSED and not left:
        left = back(unit.now + timedelta(days=1), unit.now + timedelta(days=4), _home(parcel), place)
    parcel.plan = [one if one.at > unit.now else msgspec.structs.replace(one, at=unit.now) for one in left]
    save_parcel(unit, parcel)
    _schedule(unit, parcel)
    return parcel


def delay(unit: UnitOfWork, parcel_id: str, by: timedelta) -> Parcel:
    """Have all that is planned for a parcel happen so much later; raises `CannotDelay`."""
    parcel = load_parcel(unit, parcel_id)
    if not parcel.plan or not timedelta(0) < by <= _LONGEST_DELAY:
        raise CannotDelay(parcel_id, has_plan=bool(parcel.plan))
    parcel.plan = [msgspec.structs.replace(one, at=one.at + by) for one in parcel.plan]
    save_parcel(unit, parcel)
    _schedule(unit, parcel)
    return parcel


def plan_anew(unit: UnitOfWork, parcel_id: str, plan: list[Scan]) -> None:
    """Plan another way for a parcel that nobody has handed over."""
    parcel = load_parcel(unit, parcel_id)
    parcel.plan = plan
    # The count of scans tells the old plan's due things from the new one's.
    parcel.scans = [*parcel.scans, Scan(at=unit.now, status=parcel.status)]
    save_parcel(unit, parcel)
    _schedule(unit, parcel)


def go_otherwise(unit: UnitOfWork, parcel: Parcel, plan: list[Scan]) -> None:
    """Plan another way for a parcel that is held, from where it is on."""
    parcel.plan = plan
    save_parcel(unit, parcel)
    _schedule(unit, parcel)


def call_off(unit: UnitOfWork, parcel_id: str) -> None:
    """Let a parcel that is not handed over stay where it is, for its label was given back."""
    parcel = load_parcel(unit, parcel_id)
    if not parcel.is_handed_over:
        parcel.plan = []
        _note(unit, parcel, Scan(at=unit.now, status=ParcelStatus.CANCELED))


def turn_back(unit: UnitOfWork, parcel_id: str) -> None:
    """Bring a parcel back that is on its way."""
    parcel = load_parcel(unit, parcel_id)
    here = parcel.scans[-1].place
    _, returned = back(unit.now, unit.now + timedelta(days=3), _home(parcel), here)
    _note(unit, parcel, Scan(at=unit.now, status=ParcelStatus.RETURNING, place=here))
    parcel.plan = [returned]
    save_parcel(unit, parcel)
    _schedule(unit, parcel)


@when(ParcelMoves)
def go_on(unit: UnitOfWork, due: ParcelMoves) -> None:
    """Note the next scan, and plan the one after it."""
    parcel = load_parcel(unit, due.parcel_id)
    if len(parcel.scans) != due.scans or not parcel.plan or parcel.plan[0].at > unit.now:
        return  # it was moved by hand, is late, or goes another way
    scan, *parcel.plan = parcel.plan
    _note(unit, parcel, msgspec.structs.replace(scan, at=unit.now))
    _schedule(unit, parcel)


@when(ParcelArrives)
def arrive(unit: UnitOfWork, due: ParcelArrives) -> None:
    """Deliver the package, unless it was delivered meanwhile."""
    _deliver(unit, due.order_id, due.package_reference)


@on(PackageShipped)
def follow(unit: UnitOfWork, fact: PackageShipped) -> None:
    """Follow a package that left: by the label that was bought for it, or as somebody else's."""
    if not fact.is_tracked:
        return
    bought = _bought_for(unit, fact)
    if bought is not None:
        _attach(unit, bought, fact.package_reference)
        return
    luck = chance(unit, "transit", fact.order_id, fact.package_reference)
    parcel = Parcel(
        parcel_id=f"{fact.order_id}.{fact.package_reference}",
        order_id=fact.order_id,
        package_reference=fact.package_reference,
        carrier_id=fact.carrier,
        service=fact.service,
        tracking_id=fact.tracking_id,
        status=ParcelStatus.IN_TRANSIT,
        scans=[Scan(at=unit.now, status=ParcelStatus.IN_TRANSIT)],
        plan=_way_of(unit, fact, luck),
    )
    set_out(unit, parcel)


def _way_of(unit: UnitOfWork, fact: PackageShipped, luck: Random) -> list[Scan]:
    """What will happen to a package on its way; what Amazon ships for another shop is followed from its center on."""
    if fact.is_from_outside and fact.latest_delivery_at is not None:
        return from_center(luck, unit.now, fact.latest_delivery_at)
    # Assumed: parcels arrive after whole days of travel, within the working hours of the last one.
    days = days_in_transit(Service(fact.service), luck.random())
    arrives = max(fact.shipped_at, unit.now) + timedelta(days=days, hours=luck.uniform(2, 10))
    return with_other_label(luck, arrives)


@on(PackageChanged)
def follow_change(unit: UnitOfWork, fact: PackageChanged) -> None:
    """Know a parcel by the tracking number that its seller corrected."""
    for parcel in parcels_of_order(unit, fact.order_id):
        is_it = parcel.package_reference == fact.package_reference and parcel.shipment_id is None
        if is_it and fact.is_tracked and parcel.tracking_id != fact.tracking_id:
            parcel.tracking_id, parcel.carrier_id = fact.tracking_id, fact.carrier
            save_parcel(unit, parcel)


def _bought_for(unit: UnitOfWork, fact: PackageShipped) -> Parcel | None:
    """The parcel with a bought label whose tracking number the seller confirms."""
    if not fact.tracking_id:
        return None
    known = parcels_of_order(unit, fact.order_id)
    return next(
        (
            one
            for one in known
            if one.shipment_id is not None
            and one.tracking_id == fact.tracking_id
            and one.package_reference is None
            and one.status is not ParcelStatus.CANCELED
        ),
        None,
    )


def _attach(unit: UnitOfWork, parcel: Parcel, reference: str) -> None:
    parcel.package_reference = reference
    save_parcel(unit, parcel)
    if parcel.shipment_id is not None:
        shipment = load_shipment(unit, parcel.shipment_id)
        shipment.package_reference = reference
        save_shipment(unit, shipment)
    if parcel.status is ParcelStatus.DELIVERED and parcel.order_id is not None:  # before the seller said so
        later(unit, ParcelArrives(order_id=parcel.order_id, package_reference=reference), at=unit.now)


def _home(parcel: Parcel) -> str:
    """Where a parcel comes back to."""
    return parcel.home or parcel.scans[0].place


def _note(unit: UnitOfWork, parcel: Parcel, scan: Scan) -> None:
    """Note a scan, keep the parcel as it is then, and tell of it."""
    parcel.move(scan)
    save_parcel(unit, parcel)
    unit.emit(
        ParcelMoved(
            parcel_id=parcel.parcel_id,
            shipment_id=parcel.shipment_id,
            order_id=parcel.order_id,
            package_reference=parcel.package_reference,
            carrier=parcel.carrier_id,
            tracking_id=parcel.tracking_id,
            status=scan.status.value,
            at=scan.at,
            place=scan.place,
        )
    )
    ending = _ENDS.get(scan.status)
    if ending is not None:
        unit.emit(
            ending(
                shipment_id=parcel.shipment_id,
                order_id=parcel.order_id,
                package_reference=parcel.package_reference,
                tracking_id=parcel.tracking_id,
            )
        )
    if parcel.package_reference is None:
        # Who heard of it may have had the package leave meanwhile, so that the parcel is known by it.
        parcel.package_reference = load_parcel(unit, parcel.parcel_id).package_reference
    if parcel.order_id is None or parcel.package_reference is None:
        return
    if scan.status is ParcelStatus.DELIVERED:
        _deliver(unit, parcel.order_id, parcel.package_reference)
    else:
        orders.track(unit, parcel.order_id, parcel.package_reference, scan.status.value)


def _deliver(unit: UnitOfWork, order_id: str, reference: str) -> None:
    package = order_of(unit, order_id).package(reference)
    if package is not None and package.delivered_at is None:
        orders.deliver(unit, order_id, reference)


def _schedule(unit: UnitOfWork, parcel: Parcel) -> None:
    if parcel.plan:
        later(unit, ParcelMoves(parcel_id=parcel.parcel_id, scans=len(parcel.scans)), at=parcel.plan[0].at)


def _after(status: ParcelStatus) -> frozenset[ParcelStatus]:
    """What may come of a plan after a state: nothing once the parcel has reached an end or turned back."""
    order = (ParcelStatus.ACCEPTED, ParcelStatus.IN_TRANSIT, ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.DELIVERED)
    ends = {ParcelStatus.LOST, ParcelStatus.RETURNING, ParcelStatus.RETURNED}
    match status:
        case ParcelStatus.RETURNING:
            return frozenset({ParcelStatus.RETURNED})
        case ParcelStatus.REFUSED:
            return frozenset({ParcelStatus.RETURNING, ParcelStatus.RETURNED})
        case ParcelStatus.ATTEMPTED:
            return frozenset({*order[2:], *_AT_THE_DOOR, *ends})
        case ParcelStatus.ACCEPTED | ParcelStatus.IN_TRANSIT | ParcelStatus.OUT_FOR_DELIVERY:
            return frozenset({*order[order.index(status) + 1 :], *_AT_THE_DOOR, *ends})
        case _:
            return frozenset()
