"""How long the stock of a SKU has lasted, counted once a day: each movement is read once, however long the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from sellingpartner.market.inventory.model import Condition, Place, Reason
from sellingpartner.market.inventory.tables import movements, turnovers
from sellingpartner.market.inventory.turnover import NOTHING, Counted, Counting, Turnover, midnight
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import Row, UnitOfWork
from sellingpartner.storage.upsert import upsert

_PAGE = 5000
_KNOWN: Recollection[tuple[str, str], Counted] = Recollection()
"""What a transaction has counted, by seller and SKU."""


class _Kept(NamedTuple):
    movement_id: int
    counted: Counted


class _Moved(NamedTuple):
    movement_id: int
    moved_at: datetime
    on_hand_change: int
    reason: str


_at = movements.c
_find = Question(
    select(turnovers.c.movement_id, turnovers.c.counted).where(
        and_(turnovers.c.seller_id == bindparam("of_seller"), turnovers.c.sku == bindparam("of_sku"))
    ),
    _Kept,
)
_keep = Prepared(upsert(turnovers, lambda offered: {name: offered[name] for name in ("movement_id", "counted")}))
_since = Question(
    select(_at.movement_id, _at.moved_at, _at.on_hand_change, _at.reason)
    .where(
        _at.seller_id == bindparam("of_seller"),
        _at.sku == bindparam("of_sku"),
        _at.movement_id > bindparam("after"),
        _at.place == Place.FBA.value,
        _at.condition == Condition.SELLABLE.value,
    )
    .order_by(_at.movement_id)
    .limit(_PAGE),
    _Moved,
)


def turnover_of(unit: UnitOfWork, sku: str, now: datetime) -> Turnover:
    """How long the units of a SKU that can be sold lasted at Amazon until the day of this moment began."""
    known, key = _KNOWN.of(unit.memory), (unit.seller_id, sku)
    found, until = known.get(key), midnight(now)
    if found is None or found.until < until:
        found = known[key] = _counted(unit, sku, until)
    return found.turnover


def _counted(unit: UnitOfWork, sku: str, until: datetime) -> Counted:
    """What has been counted until a midnight; what was not counted yet is."""
    kept = _find.first(unit.connection, {"of_seller": unit.seller_id, "of_sku": sku}) or _Kept(0, NOTHING)
    if kept.counted.until >= until:
        return kept.counted
    counting, last = Counting(until, kept.counted), kept.movement_id
    for moved in _moved_until(unit, sku, until, after=last):
        last = moved.movement_id
        counting.add(moved.moved_at, moved.on_hand_change, is_shipped=moved.reason == Reason.SHIPPED.value)
    staged = [one for one in _staged(unit, sku) if one["moved_at"] < until]
    for one in staged:
        counting.add(one["moved_at"], one["on_hand_change"], is_shipped=one["reason"] == Reason.SHIPPED.value)
    if not staged:  # what has no number yet is counted again by the next transaction
        row = {"seller_id": unit.seller_id, "sku": sku, "movement_id": last, "counted": counting.counted}
        _keep.run(unit.connection, row)
    return counting.counted


def _moved_until(unit: UnitOfWork, sku: str, until: datetime, *, after: int) -> Iterator[_Moved]:
    """The movements of a SKU behind one, in order, up to the first that is of a later day."""
    while True:
        page = _since.all(unit.connection, {"of_seller": unit.seller_id, "of_sku": sku, "after": after})
        for moved in page:
            if moved.moved_at >= until:
                return
            yield moved
        if len(page) < _PAGE:
            return
        after = page[-1].movement_id


def _staged(unit: UnitOfWork, sku: str) -> Iterator[Row]:
    """What the transaction at hand has moved of a SKU, which is written when it ends."""
    for row in unit.rows_staged(movements):
        if row["sku"] == sku and row["place"] == Place.FBA.value and row["condition"] == Condition.SELLABLE.value:
            yield row
