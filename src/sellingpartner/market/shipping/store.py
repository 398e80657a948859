"""Shipments, parcels and settings to rows and back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.market.shipping.model import Announced, Parcel, Settings, Shipment
from sellingpartner.market.shipping.refusals import NoSuchParcel, NoSuchResource, NoSuchShipment
from sellingpartner.market.shipping.tables import announced_shipments, parcels, shipments, shipping_settings
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert


class _Shipment(NamedTuple):
    document: Shipment


class _Settings(NamedTuple):
    document: Settings


_shipments = DocumentRows(shipments, "shipment_id", Shipment, changes=("status", "document"))
_latest = Question(
    select(shipments.c.document)
    .where(shipments.c.seller_id == bindparam("of_seller"))
    .order_by(shipments.c.created_at.desc(), shipments.c.shipment_id.desc())
    .limit(bindparam("most")),
    _Shipment,
)

_parcels = DocumentRows(parcels, "parcel_id", Parcel, changes=("tracking_id", "status", "document"))
_announced = DocumentRows(announced_shipments, "shipment_id", Announced, changes=("document",))

_find_settings = Question(
    select(shipping_settings.c.document).where(shipping_settings.c.seller_id == bindparam("of_seller")), _Settings
)
_keep_settings = Prepared(upsert(shipping_settings, lambda offered: {"document": offered.document}))


def find_shipment(unit: UnitOfWork, shipment_id: str) -> Shipment:
    """A shipment to look at; raises `NoSuchShipment`."""
    return _shipment(shipment_id, _shipments.find(unit, shipment_id.lower()))


def load_shipment(unit: UnitOfWork, shipment_id: str) -> Shipment:
    """A shipment to change: nobody else changes it until the unit ends. Raises `NoSuchShipment`."""
    return _shipment(shipment_id, _shipments.hold(unit, shipment_id.lower()))


def shipments_of_order(unit: UnitOfWork, order_id: str) -> list[Shipment]:
    """The labels that were bought for an order, in the order of buying."""
    found = _shipments.alike(unit, "order_id", order_id)
    return sorted(found, key=lambda one: (one.created_at, one.shipment_id))


def shipment_of_request(unit: UnitOfWork, request_id: str) -> Shipment | None:
    """What was bought from a request for rates."""
    return next(iter(_shipments.alike(unit, "request_id", request_id)), None)


def shipment_of_retry_key(unit: UnitOfWork, key: str) -> Shipment | None:
    """What was bought by a request that had such a key."""
    return next(iter(_shipments.alike(unit, "retry_key", key)), None)


def latest_shipments(unit: UnitOfWork, most: int) -> list[Shipment]:
    """The labels that were bought last, the latest first."""
    return [row.document for row in _latest.all(unit.connection, {"of_seller": unit.seller_id, "most": most})]


def insert_shipment(unit: UnitOfWork, shipment: Shipment) -> None:
    """Keep a shipment for the first time."""
    _shipments.insert(
        unit,
        shipment_id=shipment.shipment_id,
        order_id=shipment.order_id,
        status=shipment.status.value,
        created_at=shipment.created_at,
        request_id=shipment.request_id,
        retry_key=shipment.retry_key,
        document=shipment,
    )


def save_shipment(unit: UnitOfWork, shipment: Shipment) -> None:
    """Keep a shipment that has changed, as updated now."""
    shipment.updated_at = unit.now
    _shipments.change(unit, shipment.shipment_id, status=shipment.status.value, document=shipment)


def find_parcel(unit: UnitOfWork, parcel_id: str) -> Parcel:
    """A parcel to look at; raises `NoSuchParcel`."""
    return _parcel(parcel_id, _parcels.find(unit, parcel_id))


def load_parcel(unit: UnitOfWork, parcel_id: str) -> Parcel:
    """A parcel to change; raises `NoSuchParcel`."""
    return _parcel(parcel_id, _parcels.hold(unit, parcel_id))


def parcels_of_order(unit: UnitOfWork, order_id: str) -> list[Parcel]:
    """The parcels of an order."""
    return _parcels.alike(unit, "order_id", order_id)


def parcels_by_tracking(unit: UnitOfWork, tracking_id: str) -> list[Parcel]:
    """The parcels with a tracking number."""
    return _parcels.alike(unit, "tracking_id", tracking_id)


def bought_parcel(unit: UnitOfWork, tracking_id: str) -> Parcel:
    """The parcel with a tracking number whose label was bought here, of several the last; raises `NoSuchResource`."""
    found = [one for one in parcels_by_tracking(unit, tracking_id) if one.shipment_id is not None]
    if not found:
        raise NoSuchResource(f"No label was bought that has the tracking id {tracking_id[:60]!r}.")
    return found[-1]


def parcels_of_anybody(unit: UnitOfWork, tracking_id: str) -> list[tuple[str, Parcel]]:
    """The parcels with a tracking number, whoever sent them: the seller's id, and the parcel."""
    wanted = select(parcels.c.seller_id, parcels.c.document).where(parcels.c.tracking_id == tracking_id)
    found = [(row.seller_id, row.document) for row in unit.execute(wanted)]
    return sorted(found, key=lambda one: (one[0], one[1].parcel_id))


def insert_parcel(unit: UnitOfWork, parcel: Parcel) -> None:
    """Keep a parcel for the first time."""
    _parcels.insert(
        unit,
        parcel_id=parcel.parcel_id,
        order_id=parcel.order_id,
        tracking_id=parcel.tracking_id,
        status=parcel.status.value,
        document=parcel,
    )


def save_parcel(unit: UnitOfWork, parcel: Parcel) -> None:
    """Keep a parcel that has changed."""
    _parcels.change(unit, parcel.parcel_id, tracking_id=parcel.tracking_id, status=parcel.status.value, document=parcel)


def find_announced(unit: UnitOfWork, shipment_id: str) -> Announced | None:
    """A shipment that was announced, if it was."""
    return _announced.find(unit, shipment_id)


def keep_announced(unit: UnitOfWork, announced: Announced) -> None:
    """Keep a shipment that is announced, or that has changed."""
    _announced.put(unit, shipment_id=announced.shipment_id, document=announced)


def settings_of(unit: UnitOfWork) -> Settings:
    """What the seller has settled; the usual, if it never did."""
    row = _find_settings.first(unit.connection, {"of_seller": unit.seller_id})
    return Settings() if row is None else row.document


def save_settings(unit: UnitOfWork, settings: Settings) -> None:
    """Keep what the seller has settled."""
    _keep_settings.run(unit.connection, {"seller_id": unit.seller_id, "document": settings})


def _shipment(shipment_id: str, found: Shipment | None) -> Shipment:
    if found is None:
        raise NoSuchShipment(shipment_id)
    return found


def _parcel(parcel_id: str, found: Parcel | None) -> Parcel:
    if found is None:
        raise NoSuchParcel(parcel_id)
    return found
