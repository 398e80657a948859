"""What happens to stock: it is received, reserved, released, shipped and counted.

Each is one movement or several (`moving.py`). Who moves several SKUs in one unit of work takes them in the order of
SKU, or two such units may wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sellingpartner.market.inventory.errors import BelowReserved, NotReserved, OutOfStock
from sellingpartner.market.inventory.holding import Near, most_first, put, take, units_by_center, usual_center
from sellingpartner.market.inventory.leaving import pick, ship
from sellingpartner.market.inventory.loads import Load, loads_of, move_all
from sellingpartner.market.inventory.model import AMAZONS, Condition, Place, Reason, Spot
from sellingpartner.market.inventory.moving import (
    AVAILABLE,
    MOST,
    QUANTITY,
    Held,
    change_of,
    checked,
    held,
    key_of,
    moved,
    movement,
    note,
    opening,
    remember,
)
from sellingpartner.market.inventory.pools import Pool, available_in, raise_all
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.relocating import move
from sellingpartner.market.inventory.tables import stocks
from sellingpartner.market.inventory.transferring import transfer
from sellingpartner.market.inventory.unpacking import share, unpacked
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

__all__ = [
    "MOST",
    "Load",
    "Near",
    "adjust",
    "change_on_hand",
    "loads_of",
    "make_available",
    "move",
    "move_all",
    "pick",
    "receive",
    "receive_many",
    "release",
    "reserve",
    "share",
    "ship",
    "transfer",
    "unpacked",
    "unship",
]

_reserve = movement(AVAILABLE >= QUANTITY, reserved=stocks.c.reserved + QUANTITY)
_release = movement(stocks.c.reserved >= QUANTITY, reserved=stocks.c.reserved - QUANTITY)
_count = movement(on_hand=QUANTITY)
# On PostgreSQL this also locks the row until the unit ends, so that the count that follows replaces what was read.
_hold = Question(
    upsert(stocks, lambda _: {"on_hand": stocks.c.on_hand + 0}, returning=(stocks.c.on_hand, stocks.c.reserved)),
    Held,
)


def receive(
    unit: UnitOfWork,
    sku: str,
    place: Place,
    quantity: int,
    *,
    reference: str,
    condition: Condition = Condition.SELLABLE,
    reason: Reason = Reason.RECEIVED,
) -> None:
    """Put units into stock; `reference` names what brought them, such as an inbound shipment or a return."""
    receive_many(unit, [(sku, quantity)], place, reference=reference, condition=condition, reason=reason)


def receive_many(
    unit: UnitOfWork,
    quantities: Iterable[tuple[str, int]],
    place: Place,
    *,
    reference: str,
    condition: Condition = Condition.SELLABLE,
    reason: Reason = Reason.RECEIVED,
) -> None:
    """Put units of many SKUs into stock, in one statement; at Amazon, into its usual center (`holding.py`)."""
    received = [(checked_sku(sku), checked(quantity)) for sku, quantity in quantities]
    if not received:
        return
    pools = {sku: Pool(sku, condition, place) for sku, _ in received}
    raised = Counter[Pool]()
    for sku, quantity in received:
        raised[pools[sku]] += quantity
    raise_all(unit, raised)
    center = usual_center(unit, place) if place in AMAZONS else None
    if center is not None:
        put(unit, {(pool.sku, condition, center): quantity for pool, quantity in raised.items()})
    available = available_in(unit, pools.values())
    for sku, quantity in received:
        fact = change_of(
            sku,
            place,
            reason,
            reference,
            available[pools[sku]],
            condition=condition,
            on_hand=quantity,
            center=center,
        )
        note(unit, fact)


def reserve(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> None:
    """Promise sellable units to an order; raises `OutOfStock` if fewer are available."""
    found = moved(unit, _reserve, sku, place, quantity)
    if found is None:
        raise OutOfStock(sku, asked=quantity, available=stock_of(unit, sku, place).available)
    note(unit, change_of(sku, place, Reason.RESERVED, reference, found.available, reserved=quantity))


def release(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> None:
    """Set reserved units free again, as for a canceled order; raises `NotReserved`."""
    found = moved(unit, _release, sku, place, quantity)
    if found is None:
        raise NotReserved(sku, place, asked=quantity, reserved=stock_of(unit, sku, place).reserved)
    note(unit, change_of(sku, place, Reason.RELEASED, reference, found.available, reserved=-quantity))


def unship(
    unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str, center: str | None = None
) -> None:
    """Take back that units left which did not: they are in stock again, and still promised to the order."""
    if place in AMAZONS:
        to = Spot(Condition.SELLABLE, center, place)
        move(unit, sku, quantity, from_=None, to=to, reason=Reason.SHIPPED, reference=reference)
    else:
        receive(unit, sku, place, quantity, reference=reference, reason=Reason.SHIPPED)
    reserve(unit, sku, place, quantity, reference=reference)


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
    checked(on_hand, least=0)
    found = _held(unit, checked_sku(sku), condition, place)
    if on_hand < found.reserved:
        raise BelowReserved(sku, place, on_hand=on_hand, reserved=found.reserved)
    _set(unit, key_of(unit, sku, condition, place), found, on_hand, reference)


def make_available(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str) -> int:
    """Set how many sellable units can still be promised, beside those that are; returns how many that changed by."""
    checked(quantity, least=0)
    found = _held(unit, checked_sku(sku), Condition.SELLABLE, place)
    on_hand = checked(quantity + found.reserved, least=0)
    _set(unit, key_of(unit, sku, Condition.SELLABLE, place), found, on_hand, reference)
    return on_hand - found.on_hand


def change_on_hand(unit: UnitOfWork, sku: str, place: Place, change: int, *, reference: str) -> None:
    """Let there be so many sellable units more, or fewer; raises `BelowReserved`."""
    found = _held(unit, checked_sku(sku), Condition.SELLABLE, place)
    on_hand = found.on_hand + change
    if on_hand < found.reserved:
        raise BelowReserved(sku, place, on_hand=on_hand, reserved=found.reserved)
    _set(unit, key_of(unit, sku, Condition.SELLABLE, place), found, checked(on_hand, least=0), reference)


def _held(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> Held:
    """What there is, which nobody else changes until the unit ends; a stock that is not there yet is opened."""
    found = held(unit, sku, condition, place)
    if found is None:
        found = _hold.one(unit.connection, opening(unit, sku, condition, place, 0))
        remember(unit, sku, condition, place, found)
    return found


def _set(unit: UnitOfWork, key: dict[str, Any], found: Held, on_hand: int, reference: str) -> None:
    if on_hand == found.on_hand:
        return
    _count.run(unit.connection, key | {"quantity": on_hand})
    sku, condition, place = key["of_sku"], Condition(key["of_condition"]), Place(key["of_place"])
    remember(unit, sku, condition, place, found._replace(on_hand=on_hand))
    available = found.available
    for center, change in _counted_at(unit, sku, condition, place, on_hand - found.on_hand):
        available += change
        fact = change_of(
            sku, place, Reason.ADJUSTED, reference, available, condition=condition, on_hand=change, center=center
        )
        note(unit, fact)


def _counted_at(
    unit: UnitOfWork, sku: str, condition: Condition, place: Place, change: int
) -> Sequence[tuple[str | None, int]]:
    """Where a count found units more, or fewer: in the usual center, or in those that have the most."""
    if place not in AMAZONS:
        return [(None, change)]
    if change > 0:
        center = usual_center(unit, place)
        put(unit, {(sku, condition, center): change})
        return [(center, change)]
    there = units_by_center(unit, sku, condition, place)
    return [(code, -units) for code, units in take(unit, sku, condition, -change, most_first(there), there)]
