"""What was worked out for a shipment and may be chosen: boxes, transport, delivery windows, times at the dock, changes.

A row of `inbound_options` for each shipment, and a column for each kind, of which only the one that is wanted is read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, ForeignKey, Table, bindparam, select

from sellingpartner.market.inbound.model import Box, PlanItem
from sellingpartner.market.inbound.tables import ID_LENGTH
from sellingpartner.market.inbound.transport.carriage import DockSlots, TransportOption, WindowOption
from sellingpartner.storage.columns import Json, exact_text, metadata
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert


class BoxShare(msgspec.Struct, frozen=True):
    """So many boxes of those that are alike go with a shipment."""

    package_id: str
    quantity: int


class ContentUpdate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of what is in a shipment, with what its transport would cost then."""

    preview_id: str
    expires_at: datetime
    boxes: tuple[Box, ...]
    """All that there will be; one without a package id is new."""
    items: tuple[PlanItem, ...]
    option: TransportOption


inbound_options = Table(
    "inbound_options",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(ID_LENGTH), primary_key=True),
    Column("boxes", Json(tuple[BoxShare, ...])),  # of a placement option; they are the shipment's once it is confirmed
    Column("transports", Json(tuple[TransportOption, ...])),
    Column("windows", Json(tuple[WindowOption, ...])),
    Column("dock", Json(DockSlots)),
    Column("previews", Json(tuple[ContentUpdate, ...])),
)
_at = inbound_options.c
_key = (_at.seller_id == bindparam("of_seller"), _at.shipment_id == bindparam("of_shipment"))
_keep = {
    name: Prepared(upsert(inbound_options, lambda offered, name=name: {name: offered[name]}))  # type: ignore[misc]
    for name in ("boxes", "transports", "windows", "dock", "previews")
}
_find = {name: select(_at[name]).where(*_key) for name in _keep}


def keep_boxes(unit: UnitOfWork, shipment_id: str, boxes: tuple[BoxShare, ...]) -> None:
    """Say which boxes would go with a shipment."""
    _write(unit, shipment_id, "boxes", boxes)


def boxes_for(unit: UnitOfWork, shipment_id: str) -> tuple[BoxShare, ...]:
    """Which boxes would go with a shipment."""
    return _read(unit, shipment_id, "boxes") or ()


def keep_transports(unit: UnitOfWork, shipment_id: str, offered: tuple[TransportOption, ...]) -> None:
    """Say who may carry a shipment, in place of what was said before."""
    _write(unit, shipment_id, "transports", offered)


def transports_for(unit: UnitOfWork, shipment_id: str) -> tuple[TransportOption, ...]:
    """Who may carry a shipment."""
    return _read(unit, shipment_id, "transports") or ()


def keep_windows(unit: UnitOfWork, shipment_id: str, offered: tuple[WindowOption, ...]) -> None:
    """Say when a shipment may arrive, in place of what was said before."""
    _write(unit, shipment_id, "windows", offered)


def windows_for(unit: UnitOfWork, shipment_id: str) -> tuple[WindowOption, ...]:
    """When a shipment may arrive."""
    return _read(unit, shipment_id, "windows") or ()


def keep_dock(unit: UnitOfWork, shipment_id: str, offered: DockSlots) -> None:
    """Say when a truck may come to the dock, in place of what was said before."""
    _write(unit, shipment_id, "dock", offered)


def dock_for(unit: UnitOfWork, shipment_id: str) -> DockSlots | None:
    """When a truck may come to the dock; None before that was asked."""
    found: DockSlots | None = _read(unit, shipment_id, "dock")
    return found


def keep_previews(unit: UnitOfWork, shipment_id: str, previews: tuple[ContentUpdate, ...]) -> None:
    """Say which changes of a shipment were priced."""
    _write(unit, shipment_id, "previews", previews)


def previews_for(unit: UnitOfWork, shipment_id: str) -> tuple[ContentUpdate, ...]:
    """Which changes of a shipment were priced, the latest last."""
    return _read(unit, shipment_id, "previews") or ()


def _write(unit: UnitOfWork, shipment_id: str, name: str, value: object) -> None:
    row = {"seller_id": unit.seller_id, "shipment_id": shipment_id, name: value}
    _keep[name].run(unit.connection, row)


def _read(unit: UnitOfWork, shipment_id: str, name: str) -> Any:  # noqa: ANN401 - what the column holds
    return unit.execute(_find[name], {"of_seller": unit.seller_id, "of_shipment": shipment_id}).scalar()
