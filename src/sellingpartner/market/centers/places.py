"""Where an address lies, as near as its postal code or its state says it, and how far it is from there to elsewhere.

The places are data: `places.toml`. A postal code is known by how it begins; in the United States it says the state.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

import msgspec

from sellingpartner.market.centers.model import Point

_EARTH = 6371.0
_LONGEST = 3
_NOWHERE = Point(0.0, 0.0)


class _Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    middles: dict[str, Point]
    """Of each country."""
    states: dict[str, dict[str, Point]]
    """The middle of each state, by country."""
    zip_codes: dict[str, tuple[tuple[int, int], ...]]
    """From which to which three digits the codes of a state of the United States begin."""
    postal_codes: dict[str, dict[str, Point]]
    """By country, and by how the code begins."""


@cache
def _places() -> _Places:
    path = files("sellingpartner.market.centers") / "places.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Places)


def middle_of(country_code: str, state: str) -> Point | None:
    """The middle of a state; None for one that is not known."""
    return _places().states.get(country_code, {}).get(state)


def point_of(country_code: str, postal_code: str = "", state: str = "") -> Point:
    """Where an address lies, by its postal code, else its state, else its country."""
    begins = postal_code.replace(" ", "").upper()[:_LONGEST]
    return _point(country_code, begins, state)


@cache
def _point(country_code: str, begins: str, state: str) -> Point:
    places = _places()
    if country_code == "US":
        state = _state_of(begins) or state
    known: Mapping[str, Point] = places.postal_codes.get(country_code, {})
    for length in range(len(begins), 0, -1):
        if begins[:length] in known:
            return known[begins[:length]]
    return middle_of(country_code, state) or places.middles.get(country_code, _NOWHERE)


def _state_of(begins: str) -> str:
    if not (len(begins) == _LONGEST and begins.isascii() and begins.isdigit()):
        return ""
    number = int(begins)
    ranges = _places().zip_codes.items()
    return next((state for state, spans in ranges if any(low <= number <= high for low, high in spans)), "")


def kilometers(one: Point, other: Point) -> float:
    """How far two places are from each other, as a bird flies."""
    (north, east), (other_north, other_east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
