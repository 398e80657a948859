"""How removal orders are read and written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from sellingpartner.market.removals.lifecycle import OPEN
from sellingpartner.market.removals.model import RemovalOrder
from sellingpartner.market.removals.refusals import NoSuchRemoval
from sellingpartner.market.removals.tables import removal_orders
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_at = removal_orders.c
_orders = DocumentRows(removal_orders, "removal_id", RemovalOrder, changes=("status", "document"))


def insert_removal(unit: UnitOfWork, order: RemovalOrder) -> None:
    """Keep a removal order for the first time."""
    _orders.insert(
        unit,
        removal_id=order.removal_id,
        kind=order.kind.value,
        status=order.status.value,
        requested_at=order.requested_at,
        document=order,
    )


def save_removal(unit: UnitOfWork, order: RemovalOrder) -> None:
    """Keep what changed of a removal order."""
    _orders.change(unit, order.removal_id, status=order.status.value, document=order)


def find_removal(unit: UnitOfWork, removal_id: str) -> RemovalOrder | None:
    """One removal order of this seller, or None."""
    return _orders.find(unit, removal_id)


def load_removal(unit: UnitOfWork, removal_id: str) -> RemovalOrder:
    """One that is to be changed: nobody else changes it until this unit ends. Raises `NoSuchRemoval`."""
    found = _orders.hold(unit, removal_id)
    if found is None:
        raise NoSuchRemoval(removal_id)
    return found


def open_removals(unit: UnitOfWork) -> list[RemovalOrder]:
    """Those of which units are still to leave."""
    wanted = select(_at.document).where(_at.seller_id == unit.seller_id, _at.status.in_(sorted(OPEN)))
    return [row.document for row in unit.execute(wanted.order_by(_at.requested_at, _at.removal_id))]


def removals_between(unit: UnitOfWork, begins: datetime, ends: datetime) -> Iterator[RemovalOrder]:
    """Those that were handed in between two moments, the oldest first, read page by page."""
    wanted = (
        select(_at.document, _at.requested_at, _at.removal_id)
        .where(_at.seller_id == unit.seller_id, _at.requested_at >= begins, _at.requested_at < ends)
        .order_by(_at.requested_at, _at.removal_id)
        .limit(_PAGE)
    )
    page = wanted
    while True:
        rows = unit.execute(page).all()
        yield from (row.document for row in rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1]
        follows = (_at.requested_at > last.requested_at) | (
            (_at.requested_at == last.requested_at) & (_at.removal_id > last.removal_id)
        )
        page = wanted.where(follows)
