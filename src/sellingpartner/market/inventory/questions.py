"""What others may ask of inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.counting import turnover_of
from sellingpartner.market.inventory.holding import Near, nearest_first, place_of, units_by_center, usual_center
from sellingpartner.market.inventory.model import INBOUND, Condition, Movement, Place, Reason, Stock
from sellingpartner.market.inventory.moving import held
from sellingpartner.market.inventory.pools import hold_all
from sellingpartner.market.inventory.positions import positions_at
from sellingpartner.market.inventory.tables import center_stocks, movements, stocks
from sellingpartner.market.inventory.turnover import Counting, Turnover, midnight
from sellingpartner.market.inventory.walking import Step, steps_backwards, steps_by_sku
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "AtCenter",
    "Counting",
    "Step",
    "Turnover",
    "country_of_units",
    "held",
    "hold_all",
    "latest_movements",
    "main_centers",
    "midnight",
    "movements_of",
    "positions_at",
    "steps_backwards",
    "steps_by_sku",
    "stock_of",
    "stocks_of",
    "stocks_of_skus",
    "turnover_of",
    "units_at_centers",
    "units_by_center",
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
    known = held(unit, sku, condition, place)
    if known is not None:
        return Stock(*known)
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


class AtCenter(NamedTuple):
    """Units of a SKU that lie in a center."""

    sku: str
    condition: Condition
    center: str
    units: int

    @property
    def place(self) -> Place:
        """The place that the center is part of."""
        return place_of(self.center)


def units_at_centers(unit: UnitOfWork, skus: Collection[str]) -> list[AtCenter]:
    """What lies in which of Amazon's centers of some SKUs, in the order of SKU, condition and center."""
    at = center_stocks.c
    wanted = (
        select(at.sku, at.condition, at.center, at.units)
        .where(at.seller_id == unit.seller_id, at.sku.in_(sorted(skus)), at.units > 0)
        .order_by(at.sku, at.condition, at.center)
    )
    return [AtCenter(row.sku, Condition(row.condition), row.center, row.units) for row in unit.execute(wanted)]


def main_centers(unit: UnitOfWork, skus: Collection[str]) -> dict[str, Center]:
    """The fulfillment center that has the most of each SKU; the usual one for a SKU of which none has anything.

    What has not come yet lies in none.
    """
    there: dict[str, Counter[str]] = {sku: Counter() for sku in skus}
    for one in units_at_centers(unit, skus):
        if one.place is Place.FBA and one.condition not in INBOUND:
            there[one.sku][one.center] += one.units
    usual = usual_center(unit, Place.FBA)
    return {sku: center(next((code for code, _ in held.most_common(1)), usual)) for sku, held in there.items()}


def country_of_units(unit: UnitOfWork, sku: str, place: Place, near: Near) -> str | None:
    """The country out of which Amazon would send units of a SKU; None if none are there to be sold."""
    ranked = nearest_first(units_by_center(unit, sku, Condition.SELLABLE, place), near)
    return center(ranked[0]).country_code if ranked else None


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
