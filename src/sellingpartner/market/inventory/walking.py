"""The ledger of a place, movement by movement: a page is read at a time, however long it is.

What is announced or on its way to a place is not there yet, what is lost is not there any more, and what is promised to
an order has not moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from sellingpartner.market.inventory.model import AWAY, Place
from sellingpartner.market.inventory.tables import movements
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 5000
_AWAY = frozenset(one.value for one in AWAY)


class Step(NamedTuple):
    """That units came to a place, left it, or are in another condition."""

    movement_id: int
    sku: str
    condition: str
    units: int
    reason: str
    reference: str
    at: datetime
    center: str | None


def _step(row: Row[Any]) -> Step:
    return Step(
        row.movement_id, row.sku, row.condition, row.on_hand_change, row.reason, row.reference, row.moved_at, row.center
    )


_at = movements.c
_columns = (
    _at.movement_id,
    _at.sku,
    _at.condition,
    _at.on_hand_change,
    _at.reason,
    _at.reference,
    _at.moved_at,
    _at.center,
    _at.place,
)


def steps_by_sku(unit: UnitOfWork, place: Place, *, until: datetime, sku: str | None = None) -> Iterator[Step]:
    """All that moved at a place before a moment: SKU by SKU in their order, and of each as it happened."""
    wanted = (
        select(*_columns)
        .where(_at.seller_id == unit.seller_id, _at.place == place.value, _at.on_hand_change != 0)
        .order_by(_at.sku, _at.movement_id)
        .limit(_PAGE)
    )
    if sku is not None:
        wanted = wanted.where(_at.sku == sku)
    page = wanted
    while True:
        rows = unit.execute(page).all()
        for row in rows:
            if row.condition not in _AWAY and row.moved_at < until:
                yield _step(row)
        if len(rows) < _PAGE:
            return
        page = wanted.where(beyond((_at.sku, _at.movement_id), (rows[-1].sku, rows[-1].movement_id)))


def steps_backwards(unit: UnitOfWork, place: Place, begins: datetime, ends: datetime) -> Iterator[Step]:
    """What moved at a place between two moments, the latest first; the history before is not read."""
    wanted = select(*_columns).where(_at.seller_id == unit.seller_id).order_by(_at.movement_id.desc()).limit(_PAGE)
    page = wanted
    while True:
        rows = unit.execute(page).all()
        for row in rows:
            if row.moved_at < begins:
                return
            if row.moved_at < ends and row.on_hand_change and row.place == place.value and row.condition not in _AWAY:
                yield _step(row)
        if len(rows) < _PAGE:
            return
        page = wanted.where(_at.movement_id < rows[-1].movement_id)
