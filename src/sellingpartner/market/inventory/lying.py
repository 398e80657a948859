"""What of many SKUs lies in which of Amazon's centers, read and changed in a few statements (`holding.py` does one).

Whoever changes it holds the pools of these SKUs, so nobody else changes it meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, bindparam, select

from sellingpartner.batched import batched
from sellingpartner.market.inventory.holding import Lot, Parts, place_of
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.pools import AT_ONCE
from sellingpartner.market.inventory.tables import center_stocks
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

# That nothing falls below zero the table itself sees to as well.
_take = Prepared(
    center_stocks.update()
    .where(
        center_stocks.c.seller_id == bindparam("of_seller"),
        center_stocks.c.sku == bindparam("of_sku"),
        center_stocks.c.condition == bindparam("of_condition"),
        center_stocks.c.center == bindparam("of_center"),
    )
    .values(units=center_stocks.c.units - bindparam("quantity", type_=BigInteger))
)
_several = select(center_stocks.c.sku, center_stocks.c.condition, center_stocks.c.center, center_stocks.c.units).where(
    center_stocks.c.seller_id == bindparam("seller_id"),
    center_stocks.c.sku.in_(bindparam("skus", expanding=True)),
    center_stocks.c.condition.in_(bindparam("conditions", expanding=True)),
    center_stocks.c.units > 0,
)


class Lying:
    """What lies where, as it was read and as it is once some of it is taken."""

    def __init__(self) -> None:
        self._units: dict[tuple[str, Condition, Place], dict[str, int]] = {}

    def put(self, sku: str, condition: Condition, center: str, units: int) -> None:
        """Let units lie in a center."""
        self._units.setdefault((sku, condition, place_of(center)), {})[center] = units

    def of(self, sku: str, condition: Condition, place: Place) -> Mapping[str, int]:
        """How many units lie in which center of a place."""
        return self._units.get((sku, condition, place), {})

    def take(self, sku: str, condition: Condition, parts: Parts) -> None:
        """Let units lie there no more."""
        for center, units in parts:
            self._units[sku, condition, place_of(center)][center] -= units


def units_lying(unit: UnitOfWork, wanted: Collection[tuple[str, Condition]]) -> Lying:
    """What lies where of SKUs in conditions."""
    lying = Lying()
    skus, conditions = sorted({sku for sku, _ in wanted}), sorted({condition.value for _, condition in wanted})
    for part in batched(skus, AT_ONCE):
        named = {"seller_id": unit.seller_id, "skus": part, "conditions": conditions}
        for row in unit.execute(_several, named):
            lying.put(row.sku, Condition(row.condition), row.center, row.units)
    return lying


def take_all(unit: UnitOfWork, quantities: Mapping[Lot, int]) -> None:
    """Let units leave centers in which they lie."""
    _take.run_many(unit.connection, list(_taken(unit, quantities)))


def spread(there: Mapping[str, int], quantity: int, ranked: Iterable[str]) -> Parts:
    """Out of which centers so many units are taken, or all that lie there.

    The first that has all of them gives them; else those that come first give what they have.
    """
    codes = [code for code in ranked if there[code]]
    complete = next((code for code in codes if there[code] >= quantity), None)
    if complete is not None:
        return [(complete, quantity)]
    parts: list[tuple[str, int]] = []
    left = quantity
    for code in codes:
        units = min(there[code], left)
        if units:
            parts.append((code, units))
            left -= units
    return parts


def _taken(unit: UnitOfWork, quantities: Mapping[Lot, int]) -> Iterable[dict[str, Any]]:
    for (sku, condition, center), units in sorted(quantities.items()):
        yield {
            "of_seller": unit.seller_id,
            "of_sku": sku,
            "of_condition": condition.value,
            "of_center": center,
            "quantity": units,
        }
