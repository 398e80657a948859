"""What happens to stock: it is received, reserved, released, shipped and counted.

A movement is one conditional UPDATE, which two buyers of the last unit cannot both win, and one staged ledger row. The
condition stands in the statement itself: nothing is read first, so there is nothing that could have changed since.
Who moves several SKUs in one unit of work takes them in the order of SKU, or two such units may wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, select

from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.errors import BelowReserved, InvalidQuantity, NotReserved, OutOfStock
from sellingpartner.market.inventory.model import Condition, Place, Reason
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

MOST = 2**31 - 1
"""How many units can move at once: what a 32-bit number holds, so that no sum of movements overflows its column."""

_BATCH = 1000
"""How many SKUs one statement names at most: databases have a limit."""


class _Held(NamedTuple):
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


_quantity = bindparam("quantity", type_=BigInteger)
_available = stocks.c.on_hand - stocks.c.reserved


def _move(*condition: ColumnElement[bool], **change: ColumnElement[Any]) -> Question[_Held]:
    this = and_(
        stocks.c.seller_id == bindparam("of_seller"),
        stocks.c.sku == bindparam("of_sku"),
        stocks.c.condition == bindparam("of_condition"),
        stocks.c.place == bindparam("of_place"),
    )
    moved = stocks.update().where(this, *condition).values(**change)
    return Question(moved.returning(stocks.c.on_hand, stocks.c.reserved), _Held)


_reserve = _move(_available >= _quantity, reserved=stocks.c.reserved + _quantity)
_release = _move(stocks.c.reserved >= _quantity, reserved=stocks.c.reserved - _quantity)
_ship = _move(
    stocks.c.reserved >= _quantity,
    on_hand=stocks.c.on_hand - _quantity,
    reserved=stocks.c.reserved - _quantity,
)
_count = _move(on_hand=_quantity)
_several = select(stocks.c.sku, _available.label("available")).where(
    stocks.c.seller_id == bindparam("seller_id"),
    stocks.c.condition == bindparam("condition"),
    stocks.c.place == bindparam("place"),
    stocks.c.sku.in_(bindparam("skus", expanding=True)),
)
_receive = Prepared(upsert(stocks, lambda offered: {"on_hand": stocks.c.on_hand + offered.on_hand}))
# On PostgreSQL this also locks the row until the unit ends, so that the count that follows replaces what was read.
_hold = Question(
    upsert(stocks, lambda _: {"on_hand": stocks.c.on_hand + 0}, returning=(stocks.c.on_hand, stocks.c.reserved)),
    _Held,
)


def receive(
    unit: UnitOfWork,
    sku: str,
    place: Place,
    quantity: int,
    *,
    reference: str,
    condition: Condition = Condition.SELLABLE,
) -> None:
    """Put units into stock; `reference` names what brought them, such as an inbound shipment or a return."""
    receive_many(unit, [(sku, quantity)], place, reference=reference, condition=condition)


def receive_many(
    unit: UnitOfWork,
    quantities: Iterable[tuple[str, int]],
    place: Place,
    *,
    reference: str,
    condition: Condition = Condition.SELLABLE,
) -> None:
    """Put units of many SKUs into stock, in one statement."""
    received = [(checked_sku(sku), _checked(quantity)) for sku, quantity in quantities]
    if not received:
        return
    in_order = sorted(received, key=lambda pair: pair[0])
    rows = [_opening(unit, sku, condition, place, quantity) for sku, quantity in in_order]
    _receive.run_many(unit.connection, rows)
    available = _available_of(unit, [sku for sku, _ in in_order], place, condition)
    for sku, quantity in received:
        fact = _change(sku, place, Reason.RECEIVED, reference, available[sku], condition=condition, on_hand=quantity)
        _note(unit, fact)


def reserve(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> None:
    """Promise sellable units to an order; raises `OutOfStock` if fewer are available."""
    held = _moved(unit, _reserve, sku, place, quantity)
    if held is None:
        raise OutOfStock(sku, asked=quantity, available=stock_of(unit, sku, place).available)
    _note(unit, _change(sku, place, Reason.RESERVED, reference, held.available, reserved=quantity))


def release(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> None:
    """Set reserved units free again, as for a canceled order; raises `NotReserved`."""
    held = _moved(unit, _release, sku, place, quantity)
    if held is None:
        raise NotReserved(sku, place, asked=quantity, reserved=stock_of(unit, sku, place).reserved)
    _note(unit, _change(sku, place, Reason.RELEASED, reference, held.available, reserved=-quantity))


def ship(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> None:
    """Let reserved units leave; raises `NotReserved`."""
    held = _moved(unit, _ship, sku, place, quantity)
    if held is None:
        raise NotReserved(sku, place, asked=quantity, reserved=stock_of(unit, sku, place).reserved)
    _note(unit, _change(sku, place, Reason.SHIPPED, reference, held.available, on_hand=-quantity, reserved=-quantity))


def adjust(
    unit: UnitOfWork,
    sku: str,
    place: Place,
    *,
    on_hand: int,
    reference: str,
    condition: Condition = Condition.SELLABLE,
) -> None:
    """Set how many units there are, reserved ones included, as a count found them; raises `BelowReserved`."""
    _checked(on_hand, least=0)
    found = _hold.one(unit.connection, _opening(unit, checked_sku(sku), condition, place, 0))
    if on_hand < found.reserved:
        raise BelowReserved(sku, place, on_hand=on_hand, reserved=found.reserved)
    _set(unit, _key(unit, sku, condition, place), found, on_hand, reference)


def make_available(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> int:
    """Set how many sellable units can still be promised, beside those that are; returns how many that changed by."""
    _checked(quantity, least=0)
    found = _hold.one(unit.connection, _opening(unit, checked_sku(sku), Condition.SELLABLE, place, 0))
    on_hand = _checked(quantity + found.reserved, least=0)
    _set(unit, _key(unit, sku, Condition.SELLABLE, place), found, on_hand, reference)
    return on_hand - found.on_hand


def change_on_hand(unit: UnitOfWork, sku: str, place: Place, change: int, *, reference: str) -> None:
    """Let there be so many sellable units more, or fewer; raises `BelowReserved`."""
    found = _hold.one(unit.connection, _opening(unit, checked_sku(sku), Condition.SELLABLE, place, 0))
    on_hand = found.on_hand + change
    if on_hand < found.reserved:
        raise BelowReserved(sku, place, on_hand=on_hand, reserved=found.reserved)
    _set(unit, _key(unit, sku, Condition.SELLABLE, place), found, _checked(on_hand, least=0), reference)


def _set(unit: UnitOfWork, key: dict[str, Any], found: _Held, on_hand: int, reference: str) -> None:
    if on_hand == found.on_hand:
        return
    _count.run(unit.connection, key | {"quantity": on_hand})
    fact = StockMoved(
        sku=key["of_sku"],
        condition=key["of_condition"],
        place=key["of_place"],
        on_hand_change=on_hand - found.on_hand,
        reserved_change=0,
        available_after=on_hand - found.reserved,
        reason=Reason.ADJUSTED.value,
        reference=reference,
    )
    _note(unit, fact)


def _checked(quantity: int, *, least: int = 1) -> int:
    if not least <= quantity <= MOST:
        raise InvalidQuantity(quantity, least, MOST)
    return quantity


def _moved(unit: UnitOfWork, move: Question[_Held], sku: str, place: Place, quantity: int) -> _Held | None:
    """What there is after the move; None if the units were not there to be moved."""
    key = _key(unit, sku, Condition.SELLABLE, place)
    return move.first(unit.connection, key | {"quantity": _checked(quantity)})


def _available_of(unit: UnitOfWork, skus: Sequence[str], place: Place, condition: Condition) -> dict[str, int]:
    """How many units of each SKU can be promised."""
    found: dict[str, int] = {}
    for start in range(0, len(skus), _BATCH):
        batch = {"seller_id": unit.seller_id, "condition": condition.value, "place": place.value}
        for row in unit.execute(_several, batch | {"skus": skus[start : start + _BATCH]}):
            found[row.sku] = row.available
    return found


def _key(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> dict[str, Any]:
    return {
        "of_seller": unit.seller_id,
        "of_sku": sku,
        "of_condition": condition.value,
        "of_place": place.value,
    }


def _opening(unit: UnitOfWork, sku: str, condition: Condition, place: Place, on_hand: int) -> dict[str, Any]:
    return {
        "seller_id": unit.seller_id,
        "sku": sku,
        "condition": condition.value,
        "place": place.value,
        "on_hand": on_hand,
        "reserved": 0,
    }


def _change(
    sku: str,
    place: Place,
    reason: Reason,
    reference: str,
    available: int,
    *,
    condition: Condition = Condition.SELLABLE,
    on_hand: int = 0,
    reserved: int = 0,
) -> StockMoved:
    return StockMoved(
        sku=sku,
        condition=condition.value,
        place=place.value,
        on_hand_change=on_hand,
        reserved_change=reserved,
        available_after=available,
        reason=reason.value,
        reference=reference,
    )


def _note(unit: UnitOfWork, fact: StockMoved) -> None:
    """Enter a movement in the ledger, and say so."""
    row = {name: getattr(fact, name) for name in StockMoved.__struct_fields__ if name != "available_after"}
    unit.stage(movements, "movement_id", row | {"moved_at": unit.now})
    unit.emit(fact)
