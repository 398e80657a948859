"""Reserved units leave: for what Amazon keeps, out of the centers that are nearest to where they go."""

from __future__ import annotations

from collections.abc import Mapping

from sellingpartner.market.centers.questions import by_distance, center
from sellingpartner.market.inventory.errors import NotReserved
from sellingpartner.market.inventory.holding import Near, Parts, most_first, nearest_first, take, units_by_center
from sellingpartner.market.inventory.model import AMAZONS, Condition, Place, Reason
from sellingpartner.market.inventory.moving import QUANTITY, Held, change_of, moved, movement, note
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.tables import stocks
from sellingpartner.storage.unit import UnitOfWork

_ship = movement(
    stocks.c.reserved >= QUANTITY,
    on_hand=stocks.c.on_hand - QUANTITY,
    reserved=stocks.c.reserved - QUANTITY,
)


def ship(unit: UnitOfWork, sku: str, place: Place, quantity: int, *, reference: str, near: Near | None = None) -> Parts:
    """Let reserved units leave; returns from which of Amazon's centers. Raises `NotReserved`.

    They leave the center that is nearest to where they go, or has the most where nobody says where that is.
    """
    held = moved(unit, _ship, sku, place, quantity)
    if held is None:
        raise NotReserved(sku, place, asked=quantity, reserved=stock_of(unit, sku, place).reserved)
    if place not in AMAZONS:
        _left(unit, sku, place, quantity, reference, held, None)
        return ()
    there = units_by_center(unit, sku, Condition.SELLABLE, place)
    ranked = most_first(there) if near is None else nearest_first(there, near)
    parts = take(unit, sku, Condition.SELLABLE, quantity, ranked, there)
    for code, units in parts:
        _left(unit, sku, place, units, reference, held, code)
    return parts


def pick(
    unit: UnitOfWork, quantities: Mapping[str, int], place: Place, *, reference: str, near: Near
) -> dict[str, dict[str, int]]:
    """Let the reserved units of an order leave Amazon's centers; returns which center gives how many of which SKU.

    A center that has all of it comes first, then those that are near: an order goes in as few packages as may be.
    """
    complete = _complete(unit, quantities, place, near) if len(quantities) > 1 else None
    start = near if complete is None else Near(center(complete).country_code, center(complete).point)
    picked: dict[str, dict[str, int]] = {}
    for sku in sorted(quantities):
        for code, units in ship(unit, sku, place, quantities[sku], reference=reference, near=start):
            picked.setdefault(code, {})[sku] = units
    return picked


def _complete(unit: UnitOfWork, quantities: Mapping[str, int], place: Place, near: Near) -> str | None:
    """The nearest center that has all of an order; none if no center has."""
    codes: set[str] | None = None
    for sku, quantity in quantities.items():
        there = units_by_center(unit, sku, Condition.SELLABLE, place)
        enough = {code for code, units in there.items() if units >= quantity}
        codes = enough if codes is None else codes & enough
    return next(iter(by_distance(codes or (), near.country_code, near.point)), None)


def _left(unit: UnitOfWork, sku: str, place: Place, units: int, reference: str, held: Held, code: str | None) -> None:
    fact = change_of(
        sku, place, Reason.SHIPPED, reference, held.available, on_hand=-units, reserved=-units, center=code
    )
    note(unit, fact)
