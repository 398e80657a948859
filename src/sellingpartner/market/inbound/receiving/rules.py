"""What `receiving.toml` says, and what is drawn of it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

import msgspec


class _Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by_distance: tuple[tuple[float, int], ...]
    abroad: tuple[int, int]
    freight: int


class _Luck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    short: int
    damaged: int
    over: int
    late: int
    most_units: int
    flawed: int


class _Research(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mid: int
    long: int
    over: int
    one_is_found_of: int


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times and chances of what is received."""

    hours: dict[str, tuple[float, float]]
    way: _Way
    luck: _Luck
    research: _Research


_BREAKERS = 3
"""A carrier, Amazon, or whoever packed them."""


class Harm(NamedTuple):
    """What of a SKU does not come, what comes broken, and what comes beside."""

    short: int = 0
    broken_by_carrier: int = 0
    broken_by_amazon: int = 0
    broken_before: int = 0
    """By whoever packed them: Amazon calls them distributor damaged."""
    over: int = 0

    @property
    def broken(self) -> int:
        """How many of the units that come cannot be sold."""
        return self.broken_by_carrier + self.broken_by_amazon + self.broken_before

    @property
    def kept_off_the_shelf(self) -> int:
        """How many of the units that were sent cannot be sold."""
        return self.short + self.broken


@cache
def rules() -> Rules:
    """All of them, read once."""
    place = files("sellingpartner.market.inbound.receiving") / "receiving.toml"
    return msgspec.toml.decode(place.read_bytes(), type=Rules)


def some_hours(luck: Random, step: str) -> timedelta:
    """How long a step takes."""
    return timedelta(hours=luck.uniform(*rules().hours[step]))


def time_of_way(luck: Random, kilometers: float, *, is_abroad: bool, is_freight: bool) -> timedelta:
    """How long a shipment is on its way."""
    said = rules().way
    if is_abroad:
        days = luck.randint(*said.abroad)
    else:
        days = next((days for upto, days in said.by_distance if kilometers <= upto), said.by_distance[-1][1])
    return timedelta(days=days + said.freight * is_freight, hours=luck.uniform(0, 12))


def late_boxes(luck: Random, boxes: int) -> int:
    """How many of the boxes of a shipment come later than the others."""
    return sum(_strikes(luck, rules().luck.late) for _ in range(boxes))


def harm_of(luck: Random, units: int) -> Harm:
    """What happens to so many units: as a rule, nothing. Nothing comes beside where something is missing."""
    said = rules().luck
    most = min(units, said.most_units)
    short = luck.randint(1, most) if _strikes(luck, said.short) and most else 0
    broken = luck.randint(1, most - short) if _strikes(luck, said.damaged) and most > short else 0
    by = luck.randrange(_BREAKERS)
    over = luck.randint(1, said.most_units) if _strikes(luck, said.over) and not short else 0
    carriers, amazons, packers = (broken if by == one else 0 for one in range(_BREAKERS))
    return Harm(short, carriers, amazons, packers, over)


def is_flawed(luck: Random) -> bool:
    """Whether a seller did not do to some units what was to be done."""
    return _strikes(luck, rules().luck.flawed)


def found_after(luck: Random) -> timedelta | None:
    """When what is missing is found, if it is."""
    said = rules().research
    return timedelta(days=luck.uniform(1, said.over - 1)) if _strikes(luck, said.one_is_found_of) else None


def _strikes(luck: Random, one_of: int) -> bool:
    return luck.randrange(one_of) == 0
