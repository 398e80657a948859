"""What Amazon does to the units that lie with it: it loses and finds them, breaks them, and disposes of what is broken.

A unit that is lost is looked for, for a month at most (`researching.py`). One that is broken stays, in another
condition, until it is disposed of. What is promised to an order is left alone: of that the order itself knows better.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from sellingpartner.market.inventory.errors import NotDamaged, NotLost
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place, Reason, Spot
from sellingpartner.market.inventory.relocating import move
from sellingpartner.market.inventory.researching import find_looked_for, look_for, looked_for
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork

_of_sku = (
    (movements.c.seller_id == bindparam("seller_id"))
    & (movements.c.sku == bindparam("sku"))
    & (movements.c.place == Place.FBA.value)
)
_given_up = select(-func.coalesce(func.sum(movements.c.on_hand_change), 0)).where(
    _of_sku, movements.c.reason.in_([Reason.LOST.value, Reason.WRITTEN_OFF.value, Reason.FOUND.value])
)
_lost_at = (
    select(movements.c.center)
    .where(_of_sku, movements.c.reason == Reason.LOST.value, movements.c.on_hand_change < 0)
    .order_by(movements.c.movement_id.desc())
    .limit(1)
)


def lose(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let Amazon lose sellable units, and look for them; returns the number of the adjustment. Raises `TooFewUnits`."""
    there, nowhere = Spot(Condition.SELLABLE, center), Spot(Condition.RESEARCHING_SHORT, center)
    number = _happen(unit, sku, quantity, there, nowhere, Reason.LOST)
    look_for(unit, sku, number)
    return number


def find(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> None:
    """Let Amazon find units that it had lost, where it lost them unless said; raises `NotLost`.

    Those first that it still looks for, the earliest loss first; they are found under the number of their loss.

    Differs: Amazon also finds units of which nobody knew; here it finds what it lost.
    """
    missing = missing_of(unit, checked_sku(sku))
    if quantity > missing:
        raise NotLost(sku, asked=quantity, missing=missing)
    left = quantity - find_looked_for(unit, sku, quantity, center=center)
    if left:
        key = {"seller_id": unit.seller_id, "sku": sku}
        where = center or unit.execute(_lost_at, key).scalar_one_or_none()
        _happen(unit, sku, left, None, Spot(Condition.SELLABLE, where), Reason.FOUND)


def damage(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let Amazon break sellable units; they cannot be sold from then on. Raises `TooFewUnits`."""
    there, broken = Spot(Condition.SELLABLE, center), Spot(Condition.WAREHOUSE_DAMAGED, center)
    return _happen(unit, sku, quantity, there, broken, Reason.DAMAGED)


def expire(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let sellable units be too old to be sold. Raises `TooFewUnits`."""
    return _happen(
        unit, sku, quantity, Spot(Condition.SELLABLE, center), Spot(Condition.EXPIRED, center), Reason.EXPIRED
    )


def dispose(unit: UnitOfWork, sku: str, quantity: int, condition: Condition, *, center: str | None = None) -> str:
    """Let Amazon dispose of units that cannot be sold; raises `NotDamaged` or `TooFewUnits`."""
    if condition not in DAMAGED:
        raise NotDamaged(condition)
    return _happen(unit, sku, quantity, Spot(condition, center), None, Reason.DISPOSED)


def _happen(unit: UnitOfWork, sku: str, quantity: int, start: Spot | None, end: Spot | None, reason: Reason) -> str:
    """Let it be, under the number of an adjustment as the reports of FBA name it: eleven digits."""
    number = f"{10_000_000_000 + unit.next_number('stock adjustments')}"
    move(unit, sku, quantity, from_=start, to=end, reason=reason, reference=number)
    return number


def missing_of(unit: UnitOfWork, sku: str) -> int:
    """How many units of a SKU Amazon has lost and not found; what this very unit of work moved is not counted."""
    given_up: int = unit.execute(_given_up, {"seller_id": unit.seller_id, "sku": sku}).scalar_one()
    return int(given_up) + sum(one.units for one in looked_for(unit, sku))
