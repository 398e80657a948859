"""Shipments to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, bindparam, select

from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.tables import inbound_shipments
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 200


class _Found(NamedTuple):
    document: Shipment


class ShipmentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which shipments with a confirmed id are wanted."""

    marketplace_id: str
    statuses: tuple[str, ...] | None
    ids: tuple[str, ...] | None
    """Confirmed ones."""
    updated_from: datetime | None
    updated_until: datetime | None


_at = inbound_shipments.c
_shipments = DocumentRows(
    inbound_shipments,
    "shipment_id",
    Shipment,
    changes=("confirmation_id", "status", "updated_at", "document"),
)
_confirmed = Question(
    select(_at.document).where(
        _at.seller_id == bindparam("of_seller"),
        _at.confirmation_id == bindparam("of_confirmation"),
        _at.confirmation_id.is_not(None),
    ),
    _Found,
)
_insert = Prepared(inbound_shipments.insert())


def find_shipment(unit: UnitOfWork, plan_id: str, shipment_id: str) -> Shipment:
    """A plan's shipment to look at; raises `BadRequest`."""
    return _in(plan_id, _shipments.find(unit, shipment_id))


def load_shipment(unit: UnitOfWork, plan_id: str, shipment_id: str) -> Shipment:
    """A plan's shipment to change; raises `BadRequest`."""
    return _in(plan_id, _shipments.hold(unit, shipment_id))


def shipments_of(unit: UnitOfWork, plan_id: str) -> list[Shipment]:
    """The shipments of all of a plan's placement options."""
    return _shipments.alike(unit, "plan_id", plan_id)


def shipments_to_change(unit: UnitOfWork, plan_id: str) -> list[Shipment]:
    """The same, to change them."""
    return _shipments.alike(unit, "plan_id", plan_id, to_change=True)


def shipment_by_confirmation(unit: UnitOfWork, confirmation_id: str) -> Shipment | None:
    """The shipment on whose labels an id stands."""
    key = {"of_seller": unit.seller_id, "of_confirmation": confirmation_id}
    row = _confirmed.first(unit.connection, key)
    return None if row is None else row.document


def page_of_shipments(
    unit: UnitOfWork, wanted: ShipmentFilter, after: tuple[datetime, str] | None, limit: int
) -> list[Shipment]:
    """Shipments with a confirmed id in the order in which they changed, so many after one."""
    conditions: list[ColumnElement[bool]] = [
        _at.seller_id == unit.seller_id,
        _at.marketplace_id == wanted.marketplace_id,
        _at.confirmation_id.is_not(None),
    ]
    if wanted.statuses is not None:
        conditions.append(_at.status.in_(wanted.statuses))
    if wanted.ids is not None:
        conditions.append(_at.confirmation_id.in_(wanted.ids))
    if wanted.updated_from is not None:
        conditions.append(_at.updated_at >= wanted.updated_from)
    if wanted.updated_until is not None:
        conditions.append(_at.updated_at <= wanted.updated_until)
    if after is not None:
        conditions.append(beyond((_at.updated_at, _at.shipment_id), after))
    found = select(_at.document).where(*conditions).order_by(_at.updated_at, _at.shipment_id).limit(limit)
    return list(unit.execute(found).scalars())


def shipments_since(unit: UnitOfWork, since: datetime, marketplace_id: str) -> Iterator[Shipment]:
    """The shipments of a marketplace that changed since a moment, in the order in which they did."""
    conditions = [_at.seller_id == unit.seller_id, _at.marketplace_id == marketplace_id, _at.updated_at >= since]
    wanted = select(_at.document, _at.updated_at, _at.shipment_id).where(*conditions)
    page = wanted = wanted.order_by(_at.updated_at, _at.shipment_id).limit(_PAGE)
    while True:
        rows = unit.execute(page).all()
        for row in rows:
            yield row.document
        if len(rows) < _PAGE:
            return
        page = wanted.where(beyond((_at.updated_at, _at.shipment_id), (rows[-1].updated_at, rows[-1].shipment_id)))


def latest_shipments(unit: UnitOfWork, limit: int) -> list[Shipment]:
    """The shipments with a confirmed id that changed last, the latest first."""
    wanted = select(_at.document).where(_at.seller_id == unit.seller_id, _at.confirmation_id.is_not(None))
    found = wanted.order_by(_at.updated_at.desc(), _at.shipment_id.desc()).limit(limit)
    return list(unit.execute(found).scalars())


def insert_shipments(unit: UnitOfWork, shipments: Iterable[Shipment]) -> None:
    """Keep shipments for the first time."""
    rows: list[dict[str, Any]] = [
        {
            "seller_id": unit.seller_id,
            "shipment_id": one.shipment_id,
            "plan_id": one.plan_id,
            "marketplace_id": one.marketplace_id,
            "confirmation_id": one.confirmation_id,
            "status": one.status.value,
            "created_at": one.created_at,
            "updated_at": one.updated_at,
            "document": one,
        }
        for one in shipments
    ]
    _insert.run_many(unit.connection, rows)


def save_shipment(unit: UnitOfWork, shipment: Shipment) -> None:
    """Keep a shipment that has changed, as updated now."""
    shipment.updated_at = unit.now
    _shipments.change(
        unit,
        shipment.shipment_id,
        confirmation_id=shipment.confirmation_id,
        status=shipment.status.value,
        updated_at=shipment.updated_at,
        document=shipment,
    )


def _in(plan_id: str, shipment: Shipment | None) -> Shipment:
    if shipment is None or shipment.plan_id != plan_id:
        raise BadRequest("The requested shipmentId does not exist for the specified inbound plan.")
    return shipment
