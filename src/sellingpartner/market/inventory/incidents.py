"""What Amazon does to the units that lie with it: it loses and finds them, breaks them, and disposes of what is broken.

A unit that is broken stays, in another condition, until it is disposed of. What is promised to an order is left alone:
of that the order itself knows better.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.errors import NotDamaged, NotLost, TooFewUnits
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place, Reason
from sellingpartner.market.inventory.moving import AVAILABLE, QUANTITY, change_of, moved, movement, note
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork

_leave = movement(AVAILABLE >= QUANTITY, on_hand=stocks.c.on_hand - QUANTITY)
_missing = select(-func.coalesce(func.sum(movements.c.on_hand_change), 0)).where(
    movements.c.seller_id == bindparam("seller_id"),
    movements.c.sku == bindparam("sku"),
    movements.c.place == Place.FBA.value,
    movements.c.reason.in_([Reason.LOST.value, Reason.FOUND.value]),
)


def lose(unit: UnitOfWork, sku: str, quantity: int) -> str:
    """Let Amazon lose sellable units; returns the number of the adjustment. Raises `TooFewUnits`."""
    return _leaves(unit, sku, quantity, Condition.SELLABLE, Reason.LOST, _number(unit))


def find(unit: UnitOfWork, sku: str, quantity: int) -> str:
    """Let Amazon find units that it had lost; raises `NotLost`.

    Differs: Amazon also finds units of which nobody knew; here it finds what it lost.
    """
    missing = missing_of(unit, checked_sku(sku))
    if quantity > missing:
        raise NotLost(sku, asked=quantity, missing=missing)
    number = _number(unit)
    receive(unit, sku, Place.FBA, quantity, reference=number, reason=Reason.FOUND)
    return number


def damage(unit: UnitOfWork, sku: str, quantity: int) -> str:
    """Let Amazon break sellable units; they cannot be sold from then on. Raises `TooFewUnits`."""
    number = _leaves(unit, sku, quantity, Condition.SELLABLE, Reason.DAMAGED, _number(unit))
    receive(
        unit,
        sku,
        Place.FBA,
        quantity,
        reference=number,
        condition=Condition.WAREHOUSE_DAMAGED,
        reason=Reason.DAMAGED,
    )
    return number


def dispose(unit: UnitOfWork, sku: str, quantity: int, condition: Condition) -> str:
    """Let Amazon dispose of units that cannot be sold; raises `NotDamaged` or `TooFewUnits`."""
    if condition not in DAMAGED:
        raise NotDamaged(condition)
    return _leaves(unit, sku, quantity, condition, Reason.DISPOSED, _number(unit))


def missing_of(unit: UnitOfWork, sku: str) -> int:
    """How many units of a SKU Amazon has lost and not found; what this very unit of work moved is not counted."""
    found: int = unit.execute(_missing, {"seller_id": unit.seller_id, "sku": sku}).scalar_one()
    return int(found)


def _leaves(unit: UnitOfWork, sku: str, quantity: int, condition: Condition, reason: Reason, number: str) -> str:
    held = moved(unit, _leave, checked_sku(sku), Place.FBA, quantity, condition)
    if held is None:
        free = stock_of(unit, sku, Place.FBA, condition=condition).available
        raise TooFewUnits(sku, condition, asked=quantity, available=free)
    note(unit, change_of(sku, Place.FBA, reason, number, held.available, condition=condition, on_hand=-quantity))
    return number


def _number(unit: UnitOfWork) -> str:
    """The number of an adjustment, as the reports of FBA name it: eleven digits."""
    return f"{10_000_000_000 + unit.next_number('stock adjustments')}"
