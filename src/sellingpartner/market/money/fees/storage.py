"""What Amazon charges for keeping units in its warehouses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import size_tier
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import Season, in_force

_CUBIC_MILLIMETERS = {"cubic_foot": Decimal("304.8") ** 3, "cubic_meter": Decimal(1000) ** 3}


def storage_fee(marketplace_id: str, package: Package, units: Decimal, month: date) -> Money:
    """What the average number of units in a month costs; the amount is rounded once."""
    table = fee_table(marketplace_id)
    storage = in_force(table.storage, month)
    found = size_tier(in_force(table.fulfillment, month), package)
    # What is too large to be fulfilled is stored, if at all, as the largest things are.
    seasons = storage.standard if found is not None and not found[0].is_bulky else storage.bulky
    return money_of(_season(seasons, month).amount * units * _volume(storage.volume, package), table.currency)


def aged_surcharge(marketplace_id: str, package: Package, *, days: int, on: date) -> Money:
    """What one unit that has been stored for so many days costs on top, each month."""
    table = fee_table(marketplace_id)
    storage = in_force(table.storage, on)
    steps = [step for step in storage.aged if days >= step.from_day]
    if not steps:
        return Money.zero(table.currency)
    step = steps[-1]
    return money_of(max(step.amount * _volume(storage.volume, package), step.least_per_unit), table.currency)


def _season(seasons: tuple[Season, ...], month: date) -> Season:
    return next(season for season in seasons if month.month <= season.until_month)


def _volume(unit: str, package: Package) -> Decimal:
    length, width, height = package.sides
    return length * width * height / _CUBIC_MILLIMETERS[unit]
