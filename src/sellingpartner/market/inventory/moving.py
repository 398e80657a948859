"""One movement: a conditional UPDATE of the stock, which two cannot both win, and one staged row of the ledger.

The condition stands in the statement itself: nothing is read first, so there is nothing that could have changed since.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam

from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.errors import InvalidQuantity
from sellingpartner.market.inventory.model import Condition, Place, Reason
from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

MOST = 2**31 - 1
"""How many units can move at once: what a 32-bit number holds, so that no sum of movements overflows its column."""


class Held(NamedTuple):
    """What there is after a movement."""

    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """How many units can still be promised."""
        return self.on_hand - self.reserved


_HELD: Recollection[tuple[str, str, Condition, Place], Held] = Recollection()
"""The stocks that a transaction holds, because it moved or counted them: nobody else changes them before it ends."""

QUANTITY = bindparam("quantity", type_=BigInteger)
AVAILABLE = stocks.c.on_hand - stocks.c.reserved


def movement(*condition: ColumnElement[bool], **change: ColumnElement[Any]) -> Question[Held]:
    """A change of the stock of one SKU, in one condition, at one place, under conditions."""
    this = and_(
        stocks.c.seller_id == bindparam("of_seller"),
        stocks.c.sku == bindparam("of_sku"),
        stocks.c.condition == bindparam("of_condition"),
        stocks.c.place == bindparam("of_place"),
    )
    changed = stocks.update().where(this, *condition).values(**change)
    return Question(changed.returning(stocks.c.on_hand, stocks.c.reserved), Held)


def checked(quantity: int, *, least: int = 1) -> int:
    """A quantity that can move; raises `InvalidQuantity`."""
    if not least <= quantity <= MOST:
        raise InvalidQuantity(quantity, least, MOST)
    return quantity


def moved(
    unit: UnitOfWork,
    move: Question[Held],
    sku: str,
    place: Place,
    quantity: int,
    condition: Condition = Condition.SELLABLE,
) -> Held | None:
    """What there is after the move; None if the units were not there to be moved."""
    key = key_of(unit, sku, condition, place)
    found = move.first(unit.connection, key | {"quantity": checked(quantity)})
    return None if found is None else remember(unit, sku, condition, place, found)


def held(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> Held | None:
    """What there is of a stock that this transaction holds; None if it does not."""
    return _HELD.of(unit.memory).get((unit.seller_id, sku, condition, place))


def remember(unit: UnitOfWork, sku: str, condition: Condition, place: Place, found: Held) -> Held:
    """Say what there is of a stock that this transaction holds from here on."""
    _HELD.of(unit.memory)[unit.seller_id, sku, condition, place] = found
    return found


def forget(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> None:
    """Say that a stock was changed without a look at what there is after that."""
    _HELD.of(unit.memory).pop((unit.seller_id, sku, condition, place), None)


def key_of(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> dict[str, Any]:
    """By what a movement finds its stock."""
    return {
        "of_seller": unit.seller_id,
        "of_sku": sku,
        "of_condition": condition.value,
        "of_place": place.value,
    }


def opening(unit: UnitOfWork, sku: str, condition: Condition, place: Place, on_hand: int) -> dict[str, Any]:
    """The row of a stock that is there for the first time."""
    return {
        "seller_id": unit.seller_id,
        "sku": sku,
        "condition": condition.value,
        "place": place.value,
        "on_hand": on_hand,
        "reserved": 0,
    }


def change_of(
    sku: str,
    place: Place,
    reason: Reason,
    reference: str,
    available: int,
    *,
    condition: Condition = Condition.SELLABLE,
    on_hand: int = 0,
    reserved: int = 0,
    center: str | None = None,
) -> StockMoved:
    """The fact that units moved, or were promised or set free."""
    return StockMoved(
        sku=sku,
        condition=condition.value,
        place=place.value,
        on_hand_change=on_hand,
        reserved_change=reserved,
        available_after=available,
        reason=reason.value,
        reference=reference,
        center=center,
    )


def note(unit: UnitOfWork, fact: StockMoved) -> None:
    """Enter a movement in the ledger, and say so."""
    row = {name: getattr(fact, name) for name in StockMoved.__struct_fields__ if name != "available_after"}
    unit.stage(movements, "movement_id", row | {"moved_at": unit.now})
    unit.emit(fact)
