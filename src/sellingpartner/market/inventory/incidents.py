"""What Amazon does to the units that lie with it: it loses and finds them, breaks them, and disposes of what is broken.

A unit that is broken stays, in another condition, until it is disposed of. What is promised to an order is left alone:
of that the order itself knows better.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from sellingpartner.market.inventory.errors import NotDamaged, NotLost
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place, Reason, Spot
from sellingpartner.market.inventory.relocating import move
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork

_of_sku = (
    (movements.c.seller_id == bindparam("seller_id"))
    & (movements.c.sku == bindparam("sku"))
    & (movements.c.place == Place.FBA.value)
)
_missing = select(-func.coalesce(func.sum(movements.c.on_hand_change), 0)).where(
    _of_sku, movements.c.reason.in_([Reason.LOST.value, Reason.FOUND.value])
)
_lost_at = (
    select(movements.c.center)
    .where(_of_sku, movements.c.reason == Reason.LOST.value)
    .order_by(movements.c.movement_id.desc())
    .limit(1)
)


def lose(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let Amazon lose sellable units; returns the number of the adjustment. Raises `TooFewUnits`."""
    return _happen(unit, sku, quantity, Spot(Condition.SELLABLE, center), None, Reason.LOST)


def find(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let Amazon find units that it had lost, where it lost some last unless said; raises `NotLost`.

    Differs: Amazon also finds units of which nobody knew; here it finds what it lost.
    """
    missing = missing_of(unit, checked_sku(sku))
    if quantity > missing:
        raise NotLost(sku, asked=quantity, missing=missing)
    key = {"seller_id": unit.seller_id, "sku": sku}
    where = center or unit.execute(_lost_at, key).scalar_one_or_none()
    return _happen(unit, sku, quantity, None, Spot(Condition.SELLABLE, where), Reason.FOUND)


def damage(unit: UnitOfWork, sku: str, quantity: int, *, center: str | None = None) -> str:
    """Let Amazon break sellable units; they cannot be sold from then on. Raises `TooFewUnits`."""
    there, broken = Spot(Condition.SELLABLE, center), Spot(Condition.WAREHOUSE_DAMAGED, center)
    return _happen(unit, sku, quantity, there, broken, Reason.DAMAGED)


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
    found: int = unit.execute(_missing, {"seller_id": unit.seller_id, "sku": sku}).scalar_one()
    return int(found)
