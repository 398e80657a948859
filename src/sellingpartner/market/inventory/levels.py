"""How much lay at a place, when: the sum of the movements until then, and the way back along them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, case, func, select

from sellingpartner.market.inventory.model import AWAY, STAYING, Condition, Place
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.inventory.walking import steps_backwards
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_ARRIVALS = 100
_AWAY = [one.value for one in AWAY]


class _Arrival(NamedTuple):
    moved_at: datetime
    on_hand_change: int


_arrivals = Question(
    select(movements.c.moved_at, movements.c.on_hand_change)
    .where(
        movements.c.seller_id == bindparam("of_seller"),
        movements.c.sku == bindparam("of_sku"),
        movements.c.on_hand_change > 0,
        *(movements.c.reason != one for one in sorted(STAYING)),
        movements.c.place == bindparam("of_place"),
        *(movements.c.condition != one for one in sorted(_AWAY)),
    )
    .order_by(movements.c.movement_id.desc())
    .limit(_ARRIVALS),
    _Arrival,
)


class Change(msgspec.Struct, frozen=True):
    """That units came to a place, or left it."""

    sku: str
    at: datetime
    units: int
    center: str = ""
    """In which of Amazon's centers."""
    is_aside: bool = False
    """Whether it is about units that are kept back in their center."""


class Lying(msgspec.Struct, frozen=True):
    """Units of a SKU that lie in a center, and how many of them are kept back there."""

    sku: str
    center: str
    units: int
    aside: int


def on_hand_at(unit: UnitOfWork, place: Place, moment: datetime) -> list[Lying]:
    """How many units of each SKU lay in each center at a moment, whatever their condition; all before it is summed up.

    The moment lies days back: what the transaction at hand moves is not yet among the movements.
    """
    at = movements.c
    aside = case((at.condition == Condition.FC_PROCESSING.value, at.on_hand_change), else_=0)
    wanted = (
        select(at.sku, at.center, func.sum(at.on_hand_change).label("units"), func.sum(aside).label("aside"))
        .where(
            at.seller_id == unit.seller_id,
            at.moved_at < moment,
            at.place == place.value,
            at.condition.not_in(_AWAY),
        )
        .group_by(at.sku, at.center)
    )
    rows = unit.execute(wanted)
    return [Lying(row.sku, row.center or "", int(row.units), int(row.aside)) for row in rows if row.units or row.aside]


def changes_between(unit: UnitOfWork, place: Place, begins: datetime, ends: datetime) -> Iterator[Change]:
    """What came to a place and left it between two moments, the latest first; the history before is not read."""
    steps = steps_backwards(unit, place, begins, ends)
    aside = Condition.FC_PROCESSING.value
    return (Change(step.sku, step.at, step.units, step.center or "", step.condition == aside) for step in steps)


def latest_arrivals(unit: UnitOfWork, sku: str, place: Place) -> list[Change]:
    """When units of a SKU last came to a place, the latest first; of many arrivals the latest hundred.

    What was broken there, set aside or sent to another center was there before.
    """
    key = {"of_seller": unit.seller_id, "of_sku": sku, "of_place": place.value}
    return [Change(sku, row.moved_at, row.on_hand_change) for row in _arrivals.all(unit.connection, key)]
