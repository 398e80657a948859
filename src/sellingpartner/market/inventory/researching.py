"""Units that Amazon lost in its centers: they are looked for, longer and longer, and written off in the end.

How many of them are still looked for follows from the ledger, by the number of their loss: some may have been found.

Assumed: what is lost is looked for for a short time until the tenth day, for a longer one until the twentieth, and is
written off after the thirtieth, on which money pays for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from sellingpartner.market.inventory.holding import units_by_center
from sellingpartner.market.inventory.model import RESEARCHED, Condition, Place, Reason, Spot
from sellingpartner.market.inventory.relocating import move
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_STEPS = (
    (timedelta(days=10), Condition.RESEARCHING_SHORT, Condition.RESEARCHING_MID),
    (timedelta(days=20), Condition.RESEARCHING_MID, Condition.RESEARCHING_LONG),
    (timedelta(days=30), Condition.RESEARCHING_LONG, None),
)


class LostUnitsAreLookedFor(Due):
    """Units of a loss that were not found are looked for in another way, or written off."""

    sku: str
    reference: str
    since: str
    """The condition in which they are."""
    to: str
    """The condition in which they are then; empty if they are written off."""


class LookedFor(NamedTuple):
    """Units of one loss that are looked for in a center."""

    reference: str
    center: str
    condition: Condition
    units: int


def look_for(unit: UnitOfWork, sku: str, reference: str) -> None:
    """Look for the units of a loss that has just happened."""
    for after, since, to in _STEPS:
        due = LostUnitsAreLookedFor(sku=sku, reference=reference, since=since.value, to="" if to is None else to.value)
        later(unit, due, at=unit.now + after)


def looked_for(unit: UnitOfWork, sku: str) -> list[LookedFor]:
    """What of the losses of a SKU is still looked for, the earliest loss first.

    Losses alone: what is missing of an inbound shipment is looked for by its shipment.
    """
    at, loss = movements.c, movements.alias()
    losses = select(loss.c.reference).where(
        loss.c.seller_id == unit.seller_id,
        loss.c.sku == sku,
        loss.c.place == Place.FBA.value,
        loss.c.reason == Reason.LOST.value,
        loss.c.condition == Condition.SELLABLE.value,
    )
    units = func.sum(at.on_hand_change)
    wanted = (
        select(at.reference, at.center, at.condition, units.label("units"))
        .where(
            at.seller_id == unit.seller_id,
            at.sku == sku,
            at.place == Place.FBA.value,
            at.condition.in_([one.value for one in RESEARCHED]),
            at.reference.in_(losses),
        )
        .group_by(at.reference, at.center, at.condition)
        .having(units > 0)
        .order_by(func.min(at.movement_id), at.center, at.condition)
    )
    found = []
    there = {one: units_by_center(unit, sku, one, Place.FBA) for one in RESEARCHED}
    for row in unit.execute(wanted):
        condition = Condition(row.condition)
        still = min(int(row.units), there[condition].get(row.center, 0))  # somebody may have counted some away
        if still:
            there[condition][row.center] -= still
            found.append(LookedFor(row.reference, row.center, condition, still))
    return found


def find_looked_for(unit: UnitOfWork, sku: str, most: int, *, center: str | None) -> int:
    """Find units that are looked for, so many at most, where they were lost unless said; returns how many."""
    left = most
    for one in looked_for(unit, sku):
        units = min(one.units, left)
        if units:
            start, end = Spot(one.condition, one.center), Spot(Condition.SELLABLE, center or one.center)
            move(unit, sku, units, from_=start, to=end, reason=Reason.FOUND, reference=one.reference)
            left -= units
    return most - left


@when(LostUnitsAreLookedFor)
def look(unit: UnitOfWork, due: LostUnitsAreLookedFor) -> None:
    """Look in another way for what of a loss was not found, or write it off."""
    to = Condition(due.to) if due.to else None
    reason = Reason.WRITTEN_OFF if to is None else Reason.RESEARCHED
    for one in looked_for(unit, due.sku):
        if one.reference == due.reference and one.condition == due.since:
            end = None if to is None else Spot(to, one.center)
            start = Spot(one.condition, one.center)
            move(unit, due.sku, one.units, from_=start, to=end, reason=reason, reference=one.reference)
