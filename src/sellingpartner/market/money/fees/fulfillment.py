"""Fulfillment by Amazon: the size tier that a package fits in, and what it costs by weight, price and category."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Measure
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package, PackageUnknown, Program, ProgramNotOffered, Sale, TooLarge
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import Column, FeeTable, Fulfillment, Tier, in_force

_MILLIMETERS = {"in": Measure(Decimal(1), "inches").millimeters, "cm": Measure(Decimal(1), "centimeters").millimeters}
_GRAMS = {"oz": Measure(Decimal(1), "ounces").grams, "g": Measure(Decimal(1), "grams").grams}


_LENGTHS = {"in": "inches", "cm": "centimeters"}
_WEIGHTS = {"oz": ("pounds", Decimal(16)), "g": ("grams", Decimal(1))}


class Measured(msgspec.Struct, frozen=True):
    """A package in the units of a table, its longest side first."""

    longest: Decimal
    median: Decimal
    shortest: Decimal
    weight: Decimal

    @property
    def sides(self) -> tuple[Decimal, Decimal, Decimal]:
        """The sides, the longest first."""
        return self.longest, self.median, self.shortest

    @property
    def length_and_girth(self) -> Decimal:
        """The longest side and the way around the other two."""
        return self.longest + 2 * (self.median + self.shortest)


def fulfillment_fee(table: FeeTable, sale: Sale, on: date) -> tuple[Money, Tier]:
    """What it costs to pick, pack and ship one unit, and the size tier; raises `NotEstimated`."""
    country = MARKETPLACES[sale.marketplace_id].country
    times = _times(table, sale.program, country)
    period = in_force(table.fulfillment, on)
    if sale.package is None:
        raise PackageUnknown
    found = size_tier(period, sale.package)
    if found is None:
        raise TooLarge(country)
    tier, weight = found
    column = _column(period.columns, sale)
    return money_of(_fee(tier, weight, column) * times, sale.price.currency), tier


def size_tier(table: Fulfillment, package: Package) -> tuple[Tier, Decimal] | None:
    """The first tier that a package fits in, and the weight that counts there."""
    measured = _measured(table, package)
    for tier in table.tiers:
        weight = _weight(table, tier, measured)
        if _fits(tier, measured, weight):
            return tier, weight
    return None


class Sized(NamedTuple):
    """A package as reports on fees describe it."""

    measured: Measured
    """Its sides and its weight, in the units that follow."""
    length_unit: str
    weight_unit: str
    tier: str
    """Its size tier; empty where Amazon fulfills nothing of its size."""
    is_bulky: bool


def sized(marketplace_id: str, package: Package, on: date) -> Sized:
    """How large and heavy a package is, in the marketplace's units, and in which tier that is."""
    table = in_force(fee_table(marketplace_id).fulfillment, on)
    measured, found = _measured(table, package), size_tier(table, package)
    weight_unit, in_one = _WEIGHTS[table.weight]
    in_its_unit = msgspec.structs.replace(measured, weight=measured.weight / in_one)
    return Sized(
        in_its_unit,
        _LENGTHS[table.length],
        weight_unit,
        "" if found is None else found[0].name,
        found is None or found[0].is_bulky,
    )


def _times(table: FeeTable, program: Program, country: str) -> Decimal:
    """How many times the fee of the core program."""
    if program is Program.CORE:
        return Decimal(1)
    if program is Program.EUROPEAN and table.efn_times is not None:
        return table.efn_times
    raise ProgramNotOffered(program, country)  # Small and Light ended everywhere by April 2024


def _measured(table: Fulfillment, package: Package) -> Measured:
    longest, median, shortest = sorted((side / _MILLIMETERS[table.length] for side in package.sides), reverse=True)
    return Measured(longest, median, shortest, package.grams / _GRAMS[table.weight])


def _weight(table: Fulfillment, tier: Tier, measured: Measured) -> Decimal:
    """The greater of what a package weighs and what its volume counts for, where that counts."""
    counts = tier.is_dimensional and (tier.is_bulky or table.parcels_are_dimensional)
    if table.dimensional_divisor is None or not counts:
        return measured.weight
    length, width, height = (max(side, tier.least_side) for side in measured.sides)
    return max(measured.weight, length * width * height / table.dimensional_divisor)


def _fits(tier: Tier, measured: Measured, weight: Decimal) -> bool:
    limits = (
        *(zip(measured.sides, tier.sides, strict=True) if tier.sides is not None else ()),
        (sum(measured.sides), tier.sum_of_sides),
        (measured.length_and_girth, tier.length_and_girth),
        (weight, tier.most_weight),
    )
    return all(most is None or found <= most for found, most in limits)


def _column(columns: tuple[Column, ...], sale: Sale) -> int:
    """Which column of fees holds for the price. Assumed: it is the price of the unit alone, without shipping."""
    price = sale.price.decimal
    for number, column in enumerate(columns):
        if (column.upto is None or price <= column.upto) and sale.category not in column.excluded:
            return number
    return len(columns) - 1


def _fee(tier: Tier, weight: Decimal, column: int) -> Decimal:
    for upto, fees in tier.steps:
        if weight <= upto:
            return fees[min(column, len(fees) - 1)]
    beyond = tier.beyond
    if beyond is None:  # tables are tested for steps that reach as far as their tier
        message = f"The steps of {tier.name} end below {weight}."
        raise ValueError(message)
    begun = max(((weight - beyond.over) / beyond.each).to_integral_value(ROUND_CEILING), Decimal(0))
    return beyond.fees[min(column, len(beyond.fees) - 1)] + begun * beyond.more
