"""What `rules.toml` says, and what is drawn of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import TypeAlias

import msgspec

Span: TypeAlias = tuple[float, float]


class _DaysOfWay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by_distance: tuple[tuple[float, int], ...]
    abroad: tuple[int, int]


class _Luck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    short: int
    damaged: int
    lost_on_the_way_to_fba: int
    full_region: int


class _Automatic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least_days: int
    most_days: int


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits, regions, times and chances of AWD."""

    most_skus: int
    most_cases: int
    most_units_of_case: int
    heaviest_case_kg: Decimal
    longest_side_cm: Decimal
    draft_days: int
    regions: dict[str, tuple[str, ...]]
    seconds: dict[str, Span]
    hours: dict[str, Span]
    days_of_way: _DaysOfWay
    luck: _Luck
    automatic: _Automatic


@cache
def rules() -> Rules:
    """All of them, read once."""
    place = files("sellingpartner.market.distribution") / "rules.toml"
    return msgspec.toml.decode(place.read_bytes(), type=Rules)


def region_of(center: str) -> str:
    """The region of AWD in which a distribution center lies."""
    return next(region for region, codes in rules().regions.items() if center in codes)


def some_seconds(luck: Random, step: str) -> timedelta:
    """How long a step takes that takes seconds."""
    return timedelta(seconds=luck.uniform(*rules().seconds[step]))


def some_hours(luck: Random, step: str) -> timedelta:
    """How long a step takes that takes hours."""
    return timedelta(hours=luck.uniform(*rules().hours[step]))


def days_of_way(luck: Random, kilometers: float, *, is_abroad: bool) -> timedelta:
    """How long a shipment is on its way."""
    said = rules().days_of_way
    if is_abroad:
        return timedelta(days=luck.uniform(*said.abroad))
    days = next((days for upto, days in said.by_distance if kilometers <= upto), said.by_distance[-1][1])
    return timedelta(days=days, hours=luck.uniform(0, 12))


def strikes(luck: Random, one_of: int) -> bool:
    """Whether the one of so many is drawn."""
    return luck.randrange(one_of) == 0
