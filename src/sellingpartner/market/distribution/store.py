"""Orders and shipments of AWD to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select

from sellingpartner.market.distribution.model import InboundOrder, InboundShipment, Kind, OutboundOrder, Policy
from sellingpartner.market.distribution.refusals import NoSuchInbound, NoSuchOutbound, NoSuchShipment
from sellingpartner.market.distribution.tables import inbound_orders, inbound_shipments, outbound_orders, policies
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

Key = tuple[datetime, str]
"""Where in a list something stands: its date and its id."""


class Listed(NamedTuple):
    """What a list of shipments asks for."""

    is_by_creation: bool = False
    is_ascending: bool = False
    status: str | None = None
    after: datetime | None = None
    before: datetime | None = None


_inbounds = DocumentRows(inbound_orders, "order_id", InboundOrder)
_shipments = DocumentRows(inbound_shipments, "shipment_id", InboundShipment)
_outbounds = DocumentRows(outbound_orders, "order_id", OutboundOrder, outbound_orders.c.kind == bindparam("of_kind"))
_keep_policy = Prepared(
    upsert(policies, lambda offered: {name: offered[name] for name in ("is_automatic", "least", "most")})
)


def inbound_of(unit: UnitOfWork, order_id: str) -> InboundOrder:
    """An inbound order to look at; raises `NoSuchInbound`."""
    found = _inbounds.find(unit, order_id)
    if found is None:
        raise NoSuchInbound(order_id)
    return found


def latest_inbounds(unit: UnitOfWork, most: int) -> list[InboundOrder]:
    """The inbound orders that changed last."""
    at = inbound_orders.c
    found = select(at.document).where(at.seller_id == unit.seller_id)
    return list(unit.execute(found.order_by(at.updated_at.desc(), at.order_id.desc()).limit(most)).scalars())


def inbound_to_change(unit: UnitOfWork, order_id: str) -> InboundOrder:
    """An inbound order that nobody else changes until the unit ends; raises `NoSuchInbound`."""
    found = _inbounds.hold(unit, order_id)
    if found is None:
        raise NoSuchInbound(order_id)
    return found


def keep_inbound(unit: UnitOfWork, order: InboundOrder) -> None:
    """Keep an inbound order, as updated now."""
    order.updated_at = unit.now
    _inbounds.put(unit, order_id=order.order_id, status=order.status.value, updated_at=order.updated_at, document=order)


def shipment_if_there(unit: UnitOfWork, shipment_id: str) -> InboundShipment | None:
    """An inbound shipment to look at; None where its order has none yet, or there is no such order."""
    return _shipments.find(unit, shipment_id)


def shipment_of(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """An inbound shipment to look at; raises `NoSuchShipment`."""
    found = shipment_if_there(unit, shipment_id)
    if found is None:
        raise NoSuchShipment(shipment_id)
    return found


def shipment_to_change(unit: UnitOfWork, shipment_id: str) -> InboundShipment:
    """An inbound shipment that nobody else changes until the unit ends; raises `NoSuchShipment`."""
    found = _shipments.hold(unit, shipment_id)
    if found is None:
        raise NoSuchShipment(shipment_id)
    return found


def keep_shipment(unit: UnitOfWork, shipment: InboundShipment) -> None:
    """Keep an inbound shipment, as updated now."""
    shipment.updated_at = unit.now
    _shipments.put(
        unit,
        shipment_id=shipment.shipment_id,
        status=shipment.status.value,
        created_at=shipment.created_at,
        updated_at=shipment.updated_at,
        document=shipment,
    )


def page_of_shipments(unit: UnitOfWork, wanted: Listed, after: Key | None, limit: int) -> list[InboundShipment]:
    """A page of inbound shipments: by when they were updated, or created."""
    at = inbound_shipments.c
    date = at.created_at if wanted.is_by_creation else at.updated_at
    found = select(at.document).where(at.seller_id == unit.seller_id)
    if wanted.status is not None:
        found = found.where(at.status == wanted.status)
    for bound in _bounds(at.updated_at, wanted.after, wanted.before):
        found = found.where(bound)
    found = _walked(found, (date, at.shipment_id), after, is_ascending=wanted.is_ascending)
    return list(unit.execute(found.limit(limit)).scalars())


def outbound_of(unit: UnitOfWork, kind: Kind, order_id: str) -> OutboundOrder:
    """An order out of AWD to look at; raises `NoSuchOutbound`."""
    found = _outbounds.find(unit, order_id, of_kind=kind.value)
    if found is None:
        raise NoSuchOutbound(order_id)
    return found


def outbound_to_change(unit: UnitOfWork, kind: Kind, order_id: str) -> OutboundOrder:
    """An order out of AWD that nobody else changes until the unit ends; raises `NoSuchOutbound`."""
    found = _outbounds.hold(unit, order_id, of_kind=kind.value)
    if found is None:
        raise NoSuchOutbound(order_id)
    return found


def keep_outbound(unit: UnitOfWork, order: OutboundOrder) -> None:
    """Keep an order out of AWD, as updated now."""
    order.updated_at = unit.now
    _outbounds.put(
        unit,
        order_id=order.order_id,
        kind=order.kind.value,
        status=order.status.value,
        updated_at=order.updated_at,
        document=order,
    )


def page_of_outbounds(
    unit: UnitOfWork, kind: Kind, wanted: Listed, after: Key | None, limit: int
) -> list[OutboundOrder]:
    """A page of orders out of AWD, by when they were updated."""
    at = outbound_orders.c
    found = select(at.document).where(at.seller_id == unit.seller_id, at.kind == kind.value)
    for bound in _bounds(at.updated_at, wanted.after, wanted.before):
        found = found.where(bound)
    found = _walked(found, (at.updated_at, at.order_id), after, is_ascending=wanted.is_ascending)
    return list(unit.execute(found.limit(limit)).scalars())


def open_outbounds(unit: UnitOfWork) -> list[OutboundOrder]:
    """The orders out of AWD that wait for something, of either kind."""
    at = outbound_orders.c
    ended = ("SUCCESS", "FAILURE", "INELIGIBLE")
    found = select(at.document).where(at.seller_id == unit.seller_id, at.status.not_in(ended)).order_by(at.order_id)
    return list(unit.execute(found).scalars())


def keep_policy(unit: UnitOfWork, policy: Policy) -> None:
    """Keep what the seller says of a SKU."""
    row = {name: getattr(policy, name) for name in Policy.__struct_fields__}
    _keep_policy.run(unit.connection, row | {"seller_id": unit.seller_id})


def policies_of(unit: UnitOfWork) -> dict[str, Policy]:
    """What the seller has said of its SKUs; of others AWD decides by itself."""
    columns = [policies.c[name] for name in Policy.__struct_fields__]
    rows = unit.execute(select(*columns).where(policies.c.seller_id == unit.seller_id).order_by(policies.c.sku))
    return {row.sku: Policy(**row._mapping) for row in rows}


def _bounds(
    column: ColumnElement[datetime], after: datetime | None, before: datetime | None
) -> list[ColumnElement[bool]]:
    said = [None if after is None else column >= after, None if before is None else column <= before]
    return [one for one in said if one is not None]


def _walked(found: Any, key: tuple[Any, Any], after: Key | None, *, is_ascending: bool) -> Any:  # noqa: ANN401 - a statement
    """A list in its order, from after a key on."""
    date, name = key
    if after is not None:
        found = found.where(beyond(key, after, is_descending=not is_ascending))
    return found.order_by(date, name) if is_ascending else found.order_by(date.desc(), name.desc())
