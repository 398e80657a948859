"""Shipments from locations to rows and back, and which supply sources are such locations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, bindparam, select

from sellingpartner.market.external.model import ExternalShipment, Location, Ships
from sellingpartner.market.external.refusals import NoSuchThing
from sellingpartner.market.external.tables import external_locations, external_shipments
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

Key = tuple[datetime, str]
"""Where in a list a shipment stands: when it was updated, and its id."""


class _Place(NamedTuple):
    supply_source_id: str
    ships: str
    opened_at: datetime


_shipments = DocumentRows(external_shipments, "shipment_id", ExternalShipment)
_places = Question(
    select(external_locations.c.supply_source_id, external_locations.c.ships, external_locations.c.opened_at)
    .where(external_locations.c.seller_id == bindparam("of_seller"))
    .order_by(external_locations.c.opened_at, external_locations.c.supply_source_id),
    _Place,
)
_open = Prepared(upsert(external_locations, lambda offered: {"ships": offered.ships}))


class ShipmentFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which shipments a list holds. Bounds are exclusive, as the API's words `after` and `before` are."""

    status: str
    supply_source_id: str | None = None
    marketplace_id: str | None = None
    after: datetime | None = None
    before: datetime | None = None


class ShipmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some shipments of a list, and after which key the next page begins."""

    shipments: list[ExternalShipment] = []
    next_key: Key | None = None


def find_shipment(unit: UnitOfWork, shipment_id: str) -> ExternalShipment:
    """A shipment to look at; raises `NoSuchThing`."""
    return _there(_shipments.find(unit, shipment_id), shipment_id)


def load_shipment(unit: UnitOfWork, shipment_id: str) -> ExternalShipment:
    """A shipment to change: nobody else changes it until the unit ends. Raises `NoSuchThing`."""
    return _there(_shipments.hold(unit, shipment_id), shipment_id)


def shipments_of_order(unit: UnitOfWork, order_id: str) -> list[ExternalShipment]:
    """The shipments of an order, the oldest first."""
    found = _shipments.alike(unit, "order_id", order_id, to_change=True)
    return sorted(found, key=lambda one: (one.created_at, one.shipment_id))


def insert_shipment(unit: UnitOfWork, shipment: ExternalShipment) -> None:
    """Keep a shipment for the first time."""
    _shipments.insert(
        unit,
        shipment_id=shipment.shipment_id,
        order_id=shipment.order_id,
        supply_source_id=shipment.supply_source_id,
        marketplace_id=shipment.marketplace_id,
        status=shipment.status.value,
        updated_at=shipment.updated_at,
        document=shipment,
    )


def save_shipment(unit: UnitOfWork, shipment: ExternalShipment) -> None:
    """Keep a shipment that has changed, as updated now."""
    shipment.updated_at = unit.now
    changed = {"status": shipment.status.value, "updated_at": shipment.updated_at, "document": shipment}
    _shipments.change(unit, shipment.shipment_id, **changed)


def page_of_shipments(
    unit: UnitOfWork, wanted: ShipmentFilter, after_key: Key | None = None, limit: int = 100
) -> ShipmentPage:
    """One page of a list, from the update that is longest ago to the latest; `after_key` ended the page before."""
    at = external_shipments.c
    conditions: list[ColumnElement[bool]] = [at.seller_id == unit.seller_id, at.status == wanted.status]
    if wanted.supply_source_id is not None:
        conditions.append(at.supply_source_id == wanted.supply_source_id)
    if wanted.marketplace_id is not None:
        conditions.append(at.marketplace_id == wanted.marketplace_id)
    if wanted.before is not None:
        conditions.append(at.updated_at < wanted.before)
    if after_key is not None:  # never both: SQLite would take the lesser bound, and walk from there on each page anew
        conditions.append(beyond((at.updated_at, at.shipment_id), after_key))
    elif wanted.after is not None:
        conditions.append(at.updated_at > wanted.after)
    page = select(at.document).where(*conditions).order_by(at.updated_at, at.shipment_id).limit(limit + 1)
    rows: list[Any] = list(unit.execute(page))
    found: list[ExternalShipment] = [row.document for row in rows[:limit]]
    if len(rows) <= limit:
        return ShipmentPage(shipments=found)
    return ShipmentPage(shipments=found, next_key=(found[-1].updated_at, found[-1].shipment_id))


def latest_shipments(unit: UnitOfWork, statuses: tuple[str, ...], limit: int) -> Iterator[ExternalShipment]:
    """The shipments in some states that were updated last, the latest first."""
    at = external_shipments.c
    wanted = select(at.document).where(at.seller_id == unit.seller_id, at.status.in_(statuses))
    for row in unit.execute(wanted.order_by(at.updated_at.desc(), at.shipment_id.desc()).limit(limit)):
        yield row.document


def locations_of(unit: UnitOfWork) -> list[Location]:
    """The supply sources whose orders are shipped step by step, in the order in which they were let in."""
    return [
        Location(supply_source_id=row.supply_source_id, ships=Ships(row.ships), opened_at=row.opened_at)
        for row in _places.all(unit.connection, {"of_seller": unit.seller_id})
    ]


def save_location(unit: UnitOfWork, location: Location) -> None:
    """Let a supply source in, or say another thing of it."""
    row = {"seller_id": unit.seller_id, "supply_source_id": location.supply_source_id}
    _open.run(unit.connection, row | {"ships": location.ships.value, "opened_at": location.opened_at})


def forget_location(unit: UnitOfWork, supply_source_id: str) -> None:
    """Let a supply source out."""
    at = external_locations.c
    mine = (at.seller_id == unit.seller_id, at.supply_source_id == supply_source_id)
    unit.execute(external_locations.delete().where(*mine))


def _there(shipment: ExternalShipment | None, shipment_id: str) -> ExternalShipment:
    if shipment is None:
        raise NoSuchThing("shipmentId", shipment_id)
    return shipment
