"""In which of Amazon's centers units lie: a row for each center, beside the pool that orders race for.

Whoever moves units changes the pool first. That is one conditional UPDATE, and its row is held until the transaction
ends; so the centers of a SKU in a condition are one mover's at a time, and sum to what the pool has on hand. Each
center is left by a conditional UPDATE all the same, and one that has not enough is passed over for the next.

Units that come without a center named come to the first one of the country in which their seller is at home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, select

from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.centers.model import CenterKind, Point
from sellingpartner.market.centers.questions import bulk_centers_of, by_distance, center, first_center_of
from sellingpartner.market.inventory.errors import NoCenterThere, NotThere
from sellingpartner.market.inventory.model import Condition, Place, Spot
from sellingpartner.market.inventory.tables import center_stocks
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_KINDS = {Place.FBA: CenterKind.FULFILLMENT, Place.AWD: CenterKind.BULK}


class Held(NamedTuple):
    """What a center holds of a SKU in a condition."""

    center: str
    units: int


class Near(NamedTuple):
    """From where units are wanted: a country, whose centers come first, and a point."""

    country_code: str
    point: Point


Parts = Sequence[tuple[str, int]]
"""Centers, and how many units of each."""

Lot = tuple[str, Condition, str]
"""Units of a SKU in a condition in a center."""

_units = bindparam("quantity", type_=BigInteger)
_put = Prepared(upsert(center_stocks, lambda offered: {"units": center_stocks.c.units + offered.units}))
_take = Prepared(
    center_stocks.update()
    .where(
        center_stocks.c.seller_id == bindparam("of_seller"),
        center_stocks.c.sku == bindparam("of_sku"),
        center_stocks.c.condition == bindparam("of_condition"),
        center_stocks.c.center == bindparam("of_center"),
        center_stocks.c.units >= _units,
    )
    .values(units=center_stocks.c.units - _units)
)
_held = Question(
    select(center_stocks.c.center, center_stocks.c.units).where(
        center_stocks.c.seller_id == bindparam("of_seller"),
        center_stocks.c.sku == bindparam("of_sku"),
        center_stocks.c.condition == bindparam("of_condition"),
        center_stocks.c.units > 0,
    ),
    Held,
)
_HOME: Recollection[tuple[str, Place], str] = Recollection()


def place_of(code: str) -> Place:
    """The place that a center is part of."""
    return Place.AWD if center(code).kind is CenterKind.BULK else Place.FBA


def located(spot: Spot) -> Spot:
    """The spot, at the place that its center is part of, if one is named."""
    return spot if spot.center is None else spot._replace(place=place_of(spot.center))


def usual_center(unit: UnitOfWork, place: Place) -> str:
    """The center to which units come unless one is named."""
    remembered = _HOME.of(unit.memory)
    found = remembered.get((unit.seller_id, place))
    if found is None:
        country = home_marketplace(unit).country_code
        if place is Place.AWD:
            bulk = bulk_centers_of(country)
            if not bulk:
                raise NoCenterThere(place, country)
            found = bulk[0].code
        else:
            found = first_center_of(country).code
        if unit.is_alone:
            remembered[(unit.seller_id, place)] = found
    return found


def center_meant(unit: UnitOfWork, place: Place, code: str | None) -> str:
    """The center to which units come: the one named, or the usual one of the place."""
    return usual_center(unit, place) if code is None else code


def put(unit: UnitOfWork, quantities: Mapping[Lot, int]) -> None:
    """Let units lie in centers."""
    rows = [
        {"seller_id": unit.seller_id, "sku": sku, "condition": condition.value, "center": code, "units": units}
        for (sku, condition, code), units in sorted(quantities.items())
    ]
    _put.run_many(unit.connection, rows)


def units_by_center(unit: UnitOfWork, sku: str, condition: Condition, place: Place) -> dict[str, int]:
    """How many units of a SKU lie where, in the order of the centers' codes."""
    key = {"of_seller": unit.seller_id, "of_sku": sku, "of_condition": condition.value}
    kind = _KINDS[place]
    return {one.center: one.units for one in sorted(_held.all(unit.connection, key)) if center(one.center).kind is kind}


def take(
    unit: UnitOfWork, sku: str, condition: Condition, quantity: int, ranked: Sequence[str], there: Mapping[str, int]
) -> Parts:
    """Let units leave the centers that come first; one that has all of them comes before those that have a part."""
    for code in ranked:
        if there[code] >= quantity and _taken(unit, sku, condition, code, quantity):
            return [(code, quantity)]
    parts: list[tuple[str, int]] = []
    left = quantity
    for code in ranked:
        units = min(there[code], left)
        if units and _taken(unit, sku, condition, code, units):
            parts.append((code, units))
            left -= units
    if left:
        raise NotThere(sku, condition, asked=quantity, found=quantity - left)
    return parts


def take_at(unit: UnitOfWork, sku: str, condition: Condition, code: str, quantity: int) -> Parts:
    """Let units leave one center; raises `NotThere`."""
    if not _taken(unit, sku, condition, code, quantity):
        found = units_by_center(unit, sku, condition, place_of(code)).get(code, 0)
        raise NotThere(sku, condition, asked=quantity, found=found, center=code)
    return [(code, quantity)]


def most_first(there: Mapping[str, int]) -> Sequence[str]:
    """The centers that have the most come first."""
    return sorted(there, key=lambda code: (-there[code], code))


def nearest_first(there: Mapping[str, int], near: Near) -> Sequence[str]:
    """The centers that are nearest come first."""
    return by_distance(there, near.country_code, near.point)


def _taken(unit: UnitOfWork, sku: str, condition: Condition, code: str, quantity: int) -> bool:
    row = {
        "of_seller": unit.seller_id,
        "of_sku": sku,
        "of_condition": condition.value,
        "of_center": code,
        "quantity": quantity,
    }
    return _take.run(unit.connection, row) == 1
