"""Which centers there are, and which of them is near. The centers are data: `centers.toml`.

Assumed: codes and towns have the form of Amazon's, but which there are, and what each takes, is made up; Amazon has
hundreds and does not publish them. No test of software should depend on one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.centers.model import Capability, Center, CenterKind, Point
from sellingpartner.market.centers.places import kilometers, middle_of, point_of

__all__ = [
    "NoSuchCenter",
    "bulk_centers_of",
    "by_distance",
    "center",
    "center_codes",
    "center_or_first",
    "centers_of",
    "first_center_of",
    "kilometers",
    "middle_of",
    "nearest",
    "point_of",
]


class NoSuchCenter(NotFound):
    """No center has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is not the code of one of Amazon's centers.")


@cache
def _centers() -> dict[str, Center]:
    path = files("sellingpartner.market.centers") / "centers.toml"
    found = msgspec.toml.decode(path.read_bytes(), type=dict[str, tuple[Center, ...]])
    return {
        one.code: msgspec.structs.replace(one, country_code=country)
        for country, there in found.items()
        for one in there
    }


def center(code: str) -> Center:
    """A center by its code; raises `NoSuchCenter`."""
    found = _centers().get(code)
    if found is None:
        raise NoSuchCenter(code)
    return found


@cache
def center_codes() -> frozenset[str]:
    """The codes of all centers, of whatever kind."""
    return frozenset(_centers())


@cache
def centers_of(country_code: str, *, takes: Capability = Capability.STANDARD) -> tuple[Center, ...]:
    """The fulfillment centers of a country that take something, its first one first; none where Amazon has none."""
    return tuple(one for one in _of(country_code, CenterKind.FULFILLMENT) if takes in one.takes)


def first_center_of(country_code: str) -> Center:
    """The fulfillment center of a country to which units come unless another one is named."""
    return centers_of(country_code)[0]


def center_or_first(code: str | None, country_code: str) -> Center:
    """A center by its code; where none was noted, as in older markets, the first one of a country."""
    return first_center_of(country_code) if code is None else center(code)


@cache
def bulk_centers_of(country_code: str) -> tuple[Center, ...]:
    """The centers of a country that keep cartons for Amazon Warehousing and Distribution; none where there are none."""
    return _of(country_code, CenterKind.BULK)


def _of(country_code: str, kind: CenterKind) -> tuple[Center, ...]:
    return tuple(one for one in _centers().values() if one.country_code == country_code and one.kind is kind)


def nearest(
    country_code: str,
    postal_code: str = "",
    *,
    state: str = "",
    takes: Capability = Capability.STANDARD,
    but: Collection[str] = (),
) -> tuple[Center, ...]:
    """A country's fulfillment centers that take something, the nearest to an address first; those left out are not."""
    from_here = point_of(country_code, postal_code, state)
    there = [one for one in centers_of(country_code, takes=takes) if one.code not in but]
    return tuple(sorted(there, key=lambda one: (kilometers(from_here, one.point), one.code)))


def by_distance(codes: Iterable[str], country_code: str, point: Point) -> list[str]:
    """Centers by their codes: those of a country first, and among them the nearest to a point."""
    known = _centers()
    return sorted(
        codes,
        key=lambda code: (known[code].country_code != country_code, kilometers(point, known[code].point), code),
    )
