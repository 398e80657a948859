"""What goes wrong at Amazon with the units of a simulated shop: some are lost, of which some turn up; some break.

Assumed: of 4,000 units one meets with something in a week; two of five that are lost are found within a month, and what
is broken is disposed of after one. Of twenty SKUs one has a third of its units sent to another center in a week.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sellingpartner.market.centers.questions import center, centers_of
from sellingpartner.market.inventory.commands import transfer
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose, missing_of
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import stock_of, stocks_of, units_by_center
from sellingpartner.market.simulation.shops import shop_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

ONE_IN = 4_000
MOVED_ONE_IN = 20
LOST_SHARE = 0.5
FOUND_SHARE = 0.4

_WEEK = timedelta(days=7)
_BROKEN_STAYS = timedelta(days=30)


class WarehouseWeek(Due):
    """A week in the warehouse is over, in which something may have happened."""


class UnitsTurnUp(Due):
    """Units that were lost are found."""

    sku: str
    quantity: int


class UnitsAreDisposedOf(Due):
    """Units that were broken are thrown away."""

    sku: str
    quantity: int


@when(WarehouseWeek)
def have_incidents(unit: UnitOfWork, _due: WarehouseWeek) -> None:
    """Let something happen to a few of the units that lie there, and expect the next week."""
    shop = shop_of(unit)
    if shop is None:
        return
    luck = chance(unit, "warehouse", unit.now.isoformat())
    for sku, stock in stocks_of(unit, Place.FBA).items():
        if luck.random() < stock.available / ONE_IN:
            _happen(unit, luck, sku, min(stock.available, luck.choice((1, 1, 1, 2))))
    _spread(unit)
    later(unit, WarehouseWeek(), at=unit.now + _WEEK)


def _spread(unit: UnitOfWork) -> None:
    """Let Amazon send some of what lies in one center nearer to other buyers."""
    luck = chance(unit, "transfers", unit.now.isoformat())
    for sku, stock in stocks_of(unit, Place.FBA).items():
        if luck.random() >= 1 / MOVED_ONE_IN:
            continue
        there = units_by_center(unit, sku, Condition.SELLABLE, Place.FBA)
        start = max(there, key=lambda code: (there[code], code), default="")
        units = min(stock.available, there.get(start, 0)) // 3
        others = [one.code for one in centers_of(center(start).country_code) if one.code != start] if start else []
        if units and others:
            transfer(unit, sku, units, to=luck.choice(others), from_=start)


def _happen(unit: UnitOfWork, luck: Random, sku: str, quantity: int) -> None:
    if luck.random() >= LOST_SHARE:
        damage(unit, sku, quantity)
        later(unit, UnitsAreDisposedOf(sku=sku, quantity=quantity), at=unit.now + _BROKEN_STAYS)
        return
    lose(unit, sku, quantity)
    if luck.random() < FOUND_SHARE:
        days = timedelta(days=luck.uniform(4, 28))
        later(unit, UnitsTurnUp(sku=sku, quantity=quantity), at=unit.now + days)


@when(UnitsTurnUp)
def turn_up(unit: UnitOfWork, due: UnitsTurnUp) -> None:
    """Find what is still missing of it."""
    quantity = min(due.quantity, missing_of(unit, due.sku))
    if quantity > 0:
        find(unit, due.sku, quantity)


@when(UnitsAreDisposedOf)
def throw_away(unit: UnitOfWork, due: UnitsAreDisposedOf) -> None:
    """Dispose of what is still there of it."""
    broken = Condition.WAREHOUSE_DAMAGED
    quantity = min(due.quantity, stock_of(unit, due.sku, Place.FBA, condition=broken).available)
    if quantity > 0:
        dispose(unit, due.sku, quantity, broken)
