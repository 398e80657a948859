"""How a document's numbers and dates are written, as far as its type and its marketplaces say it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES

Choice = TypeVar("Choice")


class Order(StrEnum):
    """Which part of a date comes first."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Mark(StrEnum):
    """What stands before a number's fraction."""

    POINT = "."
    COMMA = ","


class _Dates(msgspec.Struct):
    month: frozenset[str]
    day: frozenset[str]
    year: frozenset[str]


class _Numbers(msgspec.Struct):
    comma: frozenset[str]
    point: frozenset[str]


class _Types(msgspec.Struct):
    month: frozenset[str]
    comma: frozenset[str]


class _Words(msgspec.Struct):
    yes: frozenset[str]
    no: frozenset[str]
    nothing: frozenset[str]
    currencies: frozenset[str]


class World(msgspec.Struct):
    """What `habits.toml` says."""

    dates: _Dates
    numbers: _Numbers
    types: _Types
    zones: dict[str, float]
    zones_by_country: dict[str, dict[str, float]]
    months: dict[str, int]
    words: _Words


@cache
def world() -> World:
    """What is written beside this file."""
    text = files(__package__).joinpath("habits.toml").read_text("utf-8")
    found = msgspec.convert(tomllib.loads(text), World)
    found.words.currencies |= {marketplace.currency for marketplace in MARKETPLACES.values()}
    return found


class Habits(msgspec.Struct, frozen=True):
    """How one document writes; None where nothing is known."""

    order: Order | None = None
    mark: Mark | None = None
    """What a comma or a point before exactly three digits is, if nothing else shows it."""
    is_european: bool = False
    """Whether a point before three digits parts thousands, too. Amazon's other files have points everywhere."""
    zones: dict[str, float] = {}


def habits_of(marketplace_ids: tuple[str, ...], report_type: str | None) -> Habits:
    """What a document's type and marketplaces say; marketplaces that differ say nothing."""
    known = world()
    countries = [code for code, one in BY_COUNTRY.items() if one.marketplace_id in marketplace_ids]
    dates, numbers = known.dates, known.numbers
    order = _agreed(
        countries,
        lambda code: next((order for order in Order if code in getattr(dates, order.value)), None),
    )
    mark = _agreed(
        countries,
        lambda code: Mark.COMMA if code in numbers.comma else Mark.POINT if code in numbers.point else None,
    )
    zones = dict(known.zones)
    for name, hours in known.zones_by_country.items():
        here = _agreed(countries, hours.get)
        if here is not None:
            zones[name] = here
    return Habits(
        order=Order.MONTH if report_type in known.types.month else order,
        mark=mark,
        is_european=mark is Mark.COMMA and report_type in known.types.comma,
        zones=zones,
    )


def _agreed(countries: list[str], say: Callable[[str], Choice | None]) -> Choice | None:
    """What all countries say alike."""
    said = {say(code) for code in countries}
    return said.pop() if len(said) == 1 else None
