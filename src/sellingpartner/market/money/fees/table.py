"""The form of a fee table: what one marketplace charges, by the date from which it does.

A table is a TOML file of `tables/`. Percentages and amounts in major units are decimals; lengths and weights are in the
units that the period names. A later period says only what it changes.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias, TypeVar

import msgspec

from sellingpartner.market.amounts import exponent_of

EVERYTHING_ELSE = "everything_else"
"""The fee category of what has no other."""


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file says."""


class Portion(_Said, frozen=True, kw_only=True):
    """The percentage of that part of a price that lies below a limit, and above that of the portion before."""

    percent: Decimal
    upto: Decimal | None = None


class Band(_Said, frozen=True, kw_only=True):
    """What prices up to a limit pay: one percentage of the whole, or one of each portion."""

    upto: Decimal | None = None
    percent: Decimal | None = None
    portions: tuple[Portion, ...] = ()


Rate: TypeAlias = Decimal | tuple[Band, ...]
"""A percentage of any price, or one by bands of price."""


class ClosingStep(_Said, frozen=True, kw_only=True):
    """The closing fee of prices up to a limit."""

    amount: Decimal
    upto: Decimal | None = None


class Closing(_Said, frozen=True, kw_only=True):
    """A fixed fee of categories; of all if none is named."""

    categories: tuple[str, ...]
    steps: tuple[ClosingStep, ...]


class Selling(_Said, frozen=True, kw_only=True):
    """What selling costs, whoever ships."""

    since: date
    minimum: Decimal
    """The least referral fee."""
    media: tuple[str, ...]
    """Categories without a minimum."""
    per_item: Decimal
    """What a seller without a monthly plan pays for each unit."""
    rates: dict[str, Rate]
    rates_when_fulfilled: dict[str, Rate] = {}
    """Rates that differ where Amazon fulfills."""
    closing: Closing | None = None


class Column(_Said, frozen=True, kw_only=True):
    """Prices that share a column of fees: up to a limit, but for some categories."""

    upto: Decimal | None = None
    excluded: tuple[str, ...] = msgspec.field(default=(), name="except")


class Beyond(_Said, frozen=True, kw_only=True):
    """Fees of what weighs more than the steps: `fees`, and `more` for each begun weight of `each` over `over`."""

    fees: tuple[Decimal, ...]
    over: Decimal
    each: Decimal
    more: Decimal


class Tier(_Said, frozen=True, kw_only=True):
    """A size tier: what fits in, and what it costs by weight. A row with fewer fees than columns repeats its last."""

    name: str
    sides: tuple[Decimal, Decimal, Decimal] | None = None
    """The longest, the median and the shortest side at most."""
    sum_of_sides: Decimal | None = None
    length_and_girth: Decimal | None = None
    most_weight: Decimal | None = None
    is_dimensional: bool = True
    """Whether the dimensional weight counts where it is greater."""
    least_side: Decimal = Decimal(0)
    """What a side counts at least in the dimensional weight."""
    is_bulky: bool = False
    steps: tuple[tuple[Decimal, tuple[Decimal, ...]], ...] = ()
    beyond: Beyond | None = None


class Fulfillment(_Said, frozen=True, kw_only=True):
    """What fulfillment by Amazon costs. A package belongs to the first tier that it fits in."""

    since: date
    length: str
    weight: str
    dimensional_divisor: Decimal | None = None
    """How much volume weighs one unit; dimensional weight does not count where this is missing."""
    parcels_are_dimensional: bool = True
    """Whether the dimensional weight counts for what is not bulky."""
    columns: tuple[Column, ...] = (Column(),)
    tiers: tuple[Tier, ...]


class Season(_Said, frozen=True, kw_only=True):
    """The storage rate of the months up to one."""

    until_month: int
    amount: Decimal


class Aged(_Said, frozen=True, kw_only=True):
    """The surcharge on what has been stored for so many days."""

    from_day: int
    amount: Decimal
    least_per_unit: Decimal = Decimal(0)


class Storage(_Said, frozen=True, kw_only=True):
    """What storage costs, by volume and month."""

    since: date
    volume: str
    standard: tuple[Season, ...]
    bulky: tuple[Season, ...]
    aged: tuple[Aged, ...]


class RemovalBeyond(_Said, frozen=True, kw_only=True):
    """What a unit costs that weighs more than the steps: `amount`, and `more` for each begun `each` over `over`."""

    amount: Decimal
    over: Decimal
    each: Decimal
    more: Decimal


class RemovalSteps(_Said, frozen=True, kw_only=True):
    """What removing a unit costs by its weight in pounds, whatever the marketplace measures in."""

    steps: tuple[tuple[Decimal, Decimal], ...]
    beyond: RemovalBeyond


class Removal(_Said, frozen=True, kw_only=True):
    """What it costs to have a unit sent back or disposed of."""

    since: date
    standard: RemovalSteps
    bulky: RemovalSteps


class FeeTable(_Said, frozen=True, kw_only=True):
    """What one marketplace charges, each part by its periods in their order."""

    currency: str
    selling: tuple[Selling, ...]
    fulfillment: tuple[Fulfillment, ...]
    storage: tuple[Storage, ...]
    removal: tuple[Removal, ...]
    tax_percent: Decimal | None = None
    """The tax that is told apart on each fee."""
    digital_services_percent: Decimal = Decimal(0)
    """The fee that hands a country's tax on digital services on, of the sum of the other fees."""
    efn_times: Decimal | None = None
    """How many times as much it costs to fulfill across European borders, where that is offered."""


Part = TypeVar("Part", Selling, Fulfillment, Storage, Removal)


def in_force(periods: tuple[Part, ...], on: date) -> Part:
    """The period that counts on a day; the first one for days before it."""
    return next((period for period in reversed(periods) if period.since <= on), periods[0])


# Amounts of the models above: what is converted where a marketplace takes over the table of another one.
_AMOUNTS = frozenset({"amount", "minimum", "per_item", "fees", "more", "least_per_unit"})
_PRICES = frozenset({Portion, Band, ClosingStep, Column})


def converted(value: object, times: Decimal, currency: str) -> object:
    """A part of a table with its amounts in another currency, rounded half up to what that currency can say."""
    smallest = Decimal(1).scaleb(-exponent_of(currency))

    def amount(found: object) -> object:
        if isinstance(found, Decimal):
            return (found * times).quantize(smallest, ROUND_HALF_UP)
        return tuple(amount(one) for one in found) if isinstance(found, tuple) else found

    def convert(found: object) -> object:
        if isinstance(found, Tier):
            steps = tuple((upto, amount(fees)) for upto, fees in found.steps)
            return msgspec.structs.replace(found, steps=steps, beyond=convert(found.beyond))
        if isinstance(found, RemovalSteps):
            by_weight = tuple((upto, amount(fee)) for upto, fee in found.steps)
            return msgspec.structs.replace(found, steps=by_weight, beyond=convert(found.beyond))
        if isinstance(found, msgspec.Struct):
            fields = {
                name: amount(field)
                if name in _AMOUNTS or (name == "upto" and type(found) in _PRICES)
                else convert(field)
                for name, field in zip(found.__struct_fields__, msgspec.structs.astuple(found), strict=True)
            }
            return type(found)(**fields)
        if isinstance(found, tuple):
            return tuple(convert(one) for one in found)
        if isinstance(found, dict):
            return {name: convert(one) for name, one in found.items()}
        return found

    return convert(value)
