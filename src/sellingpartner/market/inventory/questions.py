"""What others may ask of inventory."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select

from sellingpartner.market.inventory.model import Condition, Movement, Place, Reason, Stock
from sellingpartner.market.inventory.positions import positions_at
from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.market.inventory.walking import Step, steps_backwards, steps_by_sku
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "Step",
    "latest_movements",
    "movements_of",
    "positions_at",
    "steps_backwards",
    "steps_by_sku",
    "stock_of",
    "stocks_of",
    "stocks_of_skus",
]

_at_place = (
    (stocks.c.seller_id == bindparam("seller_id"))
    & (stocks.c.condition == bindparam("condition"))
    & (stocks.c.place == bindparam("place"))
)
_one = Question(select(stocks.c.on_hand, stocks.c.reserved).where(_at_place, stocks.c.sku == bindparam("sku")), Stock)
_all = select(stocks.c.sku, stocks.c.on_hand, stocks.c.reserved).where(_at_place).order_by(stocks.c.sku)
_several = _all.where(stocks.c.sku.in_(bindparam("skus", expanding=True)))
_movements = select(*(movements.c[name] for name in Movement.__struct_fields__)).where(
    movements.c.seller_id == bindparam("seller_id"), movements.c.sku == bindparam("sku")
)


def stock_of(unit: UnitOfWork, sku: str, place: Place, *, condition: Condition = Condition.SELLABLE) -> Stock:
    """What there is of a SKU at a place; nothing, if none ever came."""
    key = {"seller_id": unit.seller_id, "sku": sku, "condition": condition.value, "place": place.value}
    return _one.first(unit.connection, key) or Stock()


def stocks_of(unit: UnitOfWork, place: Place, *, condition: Condition = Condition.SELLABLE) -> dict[str, Stock]:
    """What there is at a place, by SKU and in the order of SKU."""
    key = {"seller_id": unit.seller_id, "condition": condition.value, "place": place.value}
    return {row.sku: Stock(row.on_hand, row.reserved) for row in unit.execute(_all, key)}


def stocks_of_skus(
    unit: UnitOfWork, skus: Collection[str], place: Place, *, condition: Condition = Condition.SELLABLE
) -> dict[str, Stock]:
    """What there is of some SKUs at a place; one of which nothing ever came is left out."""
    key = {"seller_id": unit.seller_id, "condition": condition.value, "place": place.value, "skus": list(skus)}
    return {row.sku: Stock(row.on_hand, row.reserved) for row in unit.execute(_several, key)}


def movements_of(unit: UnitOfWork, sku: str) -> list[Movement]:
    """The ledger of a SKU at all places, in the order in which it happened; what this very unit moves is not yet in."""
    return _read(unit, _movements.order_by(movements.c.movement_id), sku)


def latest_movements(unit: UnitOfWork, sku: str, most: int) -> list[Movement]:
    """The latest entries of that ledger, the newest first."""
    return _read(unit, _movements.order_by(movements.c.movement_id.desc()).limit(most), sku)


def _read(unit: UnitOfWork, statement: Select[Any], sku: str) -> list[Movement]:
    rows = unit.execute(statement, {"seller_id": unit.seller_id, "sku": sku})
    return [
        Movement(
            **dict(row._mapping)
            | {"condition": Condition(row.condition), "place": Place(row.place), "reason": Reason(row.reason)}
        )
        for row in rows
    ]
