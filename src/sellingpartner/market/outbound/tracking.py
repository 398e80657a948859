"""Packages of fulfillment orders on their way: how it is told, and what comes of one that is lost or comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.centers.questions import center as center_by_code
from sellingpartner.market.events.outbound import FulfillmentParcelLost
from sellingpartner.market.events.shipping import ParcelLost, ParcelReturned
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.inventory.model import Place, Reason
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.outbound.model import FulfillmentOrder, Shipment
from sellingpartner.market.outbound.store import fulfillment_of_order, fulfillment_of_package, load_fulfillment
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.storage.unit import UnitOfWork, on

_DEPARTURE = "departure"
_AT_THE_END = frozenset(
    {
        ParcelStatus.OUT_FOR_DELIVERY,
        ParcelStatus.ATTEMPTED,
        ParcelStatus.REFUSED,
        ParcelStatus.DELIVERED,
        ParcelStatus.RETURNING,
    }
)


class Spelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state of a parcel in Amazon's word, and said to people."""

    status: str = ""
    code: str = ""
    said: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    current: Mapping[ParcelStatus, Spelled]
    events: Mapping[str, Spelled]


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """Where a package was seen."""

    at: datetime
    code: str
    said: str
    city: str
    state: str
    country: str


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """A package and its way so far, the last stop first."""

    order: FulfillmentOrder
    shipment: Shipment
    parcel: Parcel
    address: Address
    status: str
    said: str
    stops: list[Stop]
    delivered_at: datetime | None


@cache
def _words() -> _Words:
    path = files("sellingpartner.market.outbound") / "tracking.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Words)


def tracked(unit: UnitOfWork, package_number: int) -> Tracked:
    """A package by its number; raises `NoSuchPackage`."""
    order = fulfillment_of_package(unit, package_number)
    shipment = next(one for one in order.shipments if one.package_number == package_number)
    parcel = parcel_of(unit, order, shipment)
    address = order_of(unit, order.order_id or "").address
    said = _words().current[parcel.status]
    ends = (scan.at for scan in parcel.scans if scan.status is ParcelStatus.DELIVERED)
    return Tracked(
        order=order,
        shipment=shipment,
        parcel=parcel,
        address=address,
        status=said.status,
        said=said.said,
        stops=[_stop(shipment, address, place, scan) for place, scan in enumerate(parcel.scans)][::-1],
        delivered_at=next(ends, None),
    )


def parcel_of(unit: UnitOfWork, order: FulfillmentOrder, shipment: Shipment) -> Parcel:
    """The parcel that a shipment left as."""
    there = parcels_of_order(unit, order.order_id or "")
    return next(one for one in there if one.package_reference == shipment.package_reference)


def parcels_by_reference(unit: UnitOfWork, order: FulfillmentOrder) -> dict[str, Parcel]:
    """The parcels that the shipments of an order left as, by the references of their packages."""
    if order.order_id is None or all(one.package_reference is None for one in order.shipments):
        return {}
    there = parcels_of_order(unit, order.order_id)
    return {one.package_reference: one for one in there if one.package_reference is not None}


def _stop(shipment: Shipment, address: Address, place: int, scan: Scan) -> Stop:
    words = _words().events[_DEPARTURE if place == 0 else scan.status.value]
    is_near = scan.status in _AT_THE_END or (place > 0 and scan.status is ParcelStatus.IN_TRANSIT)
    center = center_by_code(shipment.center)
    return Stop(
        at=scan.at,
        code=words.code,
        said=words.said,
        city=address.city if is_near else center.city,
        state=(address.state_or_region or "") if is_near else center.state,
        country=address.country_code if is_near else center.country_code,
    )


@on(ParcelLost)
def note_loss(unit: UnitOfWork, fact: ParcelLost) -> None:
    """Tell of a parcel of a fulfillment order that its carrier has given up: its units are paid for."""
    found = _of_parcel(unit, fact)
    if found is None:
        return
    order, shipment = found
    unit.emit(
        FulfillmentParcelLost(
            fulfillment_order_id=order.fulfillment_order_id,
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            status=order.status.value,
            shipment_id=shipment.shipment_id,
            quantities=dict(_units_by_sku(order, shipment)),
        )
    )


@on(ParcelReturned)
def put_back(unit: UnitOfWork, fact: ParcelReturned) -> None:
    """Have what could not be delivered of a fulfillment order in stock again.

    Assumed: the units of a multi-channel parcel that comes back undelivered are in order, and are stock again.
    """
    found = _of_parcel(unit, fact)
    if found is None:
        return
    order, shipment = found
    inventory.receive_many(
        unit,
        sorted(_units_by_sku(order, shipment).items()),
        Place.FBA,
        reference=order.order_id or "",
        reason=Reason.RETURNED,
    )


def _units_by_sku(order: FulfillmentOrder, shipment: Shipment) -> Counter[str]:
    units: Counter[str] = Counter()
    for item_id, count in shipment.quantities.items():
        units[order.item(item_id).sku] += count
    return units


def _of_parcel(unit: UnitOfWork, fact: ParcelLost | ParcelReturned) -> tuple[FulfillmentOrder, Shipment] | None:
    fulfillment_order_id = None if fact.order_id is None else fulfillment_of_order(unit, fact.order_id)
    if fulfillment_order_id is None:
        return None
    order = load_fulfillment(unit, fulfillment_order_id)
    shipment = next((one for one in order.shipments if one.package_reference == fact.package_reference), None)
    return None if shipment is None else (order, shipment)
