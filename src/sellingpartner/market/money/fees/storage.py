"""What Amazon charges for keeping units in its warehouses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import size_tier
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import Season, in_force

_CUBIC_MILLIMETERS = {"cubic_foot": Decimal("304.8") ** 3, "cubic_meter": Decimal(1000) ** 3}


class Space(NamedTuple):
    """What the space that units take costs in a month."""

    rate: Decimal
    """Of a unit of volume."""
    amount: Money


class Surcharge(NamedTuple):
    """What a unit that has been stored for long costs on top, each month."""

    tier: str
    """From which day to which, such as `181-210`."""
    rate: Decimal
    amount: Money


def space_of(marketplace_id: str, package: Package, units: Decimal, month: date) -> Space:
    """What the average number of units in a month costs; the amount is rounded once."""
    table = fee_table(marketplace_id)
    storage = in_force(table.storage, month)
    found = size_tier(in_force(table.fulfillment, month), package)
    # What is too large to be fulfilled is stored, if at all, as the largest things are.
    seasons = storage.standard if found is not None and not found[0].is_bulky else storage.bulky
    rate = _season(seasons, month).amount
    return Space(rate, money_of(rate * units * volume_of(storage.volume, package), table.currency))


def storage_fee(marketplace_id: str, package: Package, units: Decimal, month: date) -> Money:
    """What the average number of units in a month costs."""
    return space_of(marketplace_id, package, units, month).amount


def surcharge_of(marketplace_id: str, package: Package, *, days: int, on: date) -> Surcharge | None:
    """What one unit that has been stored for so many days costs on top; None while it costs nothing."""
    table = fee_table(marketplace_id)
    storage = in_force(table.storage, on)
    number = sum(days >= step.from_day for step in storage.aged)
    if not number:
        return None
    step, following = storage.aged[number - 1], storage.aged[number:]
    tier = f"{step.from_day}-{following[0].from_day - 1}" if following else f"{step.from_day - 1}+"
    amount = money_of(max(step.amount * volume_of(storage.volume, package), step.least_per_unit), table.currency)
    return Surcharge(tier, step.amount, amount)


def aged_surcharge(marketplace_id: str, package: Package, *, days: int, on: date) -> Money:
    """What one unit that has been stored for so many days costs on top, each month."""
    found = surcharge_of(marketplace_id, package, days=days, on=on)
    return Money.zero(fee_table(marketplace_id).currency) if found is None else found.amount


def volume_unit(marketplace_id: str, on: date) -> str:
    """In what volumes are measured there: cubic_foot or cubic_meter."""
    return in_force(fee_table(marketplace_id).storage, on).volume


def _season(seasons: tuple[Season, ...], month: date) -> Season:
    return next(season for season in seasons if month.month <= season.until_month)


def volume_of(unit: str, package: Package) -> Decimal:
    """How much space a package takes."""
    length, width, height = package.sides
    return length * width * height / _CUBIC_MILLIMETERS[unit]
