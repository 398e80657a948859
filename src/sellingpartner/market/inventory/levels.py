"""How much lay at a place, when: the sum of the movements until then, and the way back along them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import func, select

from sellingpartner.market.inventory.model import INBOUND, Place, Reason
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.inventory.walking import steps_backwards
from sellingpartner.storage.unit import UnitOfWork

_ARRIVALS = 100
_THERE = [one.value for one in INBOUND]


class Change(msgspec.Struct, frozen=True):
    """That units came to a place, or left it."""

    sku: str
    at: datetime
    units: int


def on_hand_at(unit: UnitOfWork, place: Place, moment: datetime) -> dict[str, int]:
    """How many units of each SKU lay at a place at a moment, whatever their condition; all before it is summed up.

    The moment lies days back: what the transaction at hand moves is not yet among the movements.
    """
    at = movements.c
    wanted = (
        select(at.sku, func.sum(at.on_hand_change).label("units"))
        .where(
            at.seller_id == unit.seller_id,
            at.moved_at < moment,
            at.place == place.value,
            at.condition.not_in(_THERE),
        )
        .group_by(at.sku)
    )
    return {row.sku: int(row.units) for row in unit.execute(wanted) if row.units}


def changes_between(unit: UnitOfWork, place: Place, begins: datetime, ends: datetime) -> Iterator[Change]:
    """What came to a place and left it between two moments, the latest first; the history before is not read."""
    return (Change(step.sku, step.at, step.units) for step in steps_backwards(unit, place, begins, ends))


def latest_arrivals(unit: UnitOfWork, sku: str, place: Place) -> list[Change]:
    """When units of a SKU last came to a place, the latest first; of many arrivals the latest hundred.

    What was broken there was there before.
    """
    at = movements.c
    wanted = (
        select(at.sku, at.moved_at, at.on_hand_change)
        .where(
            at.seller_id == unit.seller_id,
            at.sku == sku,
            at.on_hand_change > 0,
            at.reason != Reason.DAMAGED.value,
            at.place == place.value,
            at.condition.not_in(_THERE),
        )
        .order_by(at.movement_id.desc())
        .limit(_ARRIVALS)
    )
    return [Change(row.sku, row.moved_at, row.on_hand_change) for row in unit.execute(wanted)]
