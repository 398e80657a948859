"""Which towns have access points, of which kinds, and when these are open: `data/access_points.toml`, as typed values.

Assumed: in the Emirates, Saudi Arabia and Egypt there are none; elsewhere in the larger towns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.centers.model import Point

Span = tuple[str, str]
"""From one time of the day to another."""


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of access point."""

    name: str
    is_staffed: bool = False
    week: tuple[Span, ...]
    """The hours of Monday to Friday, of Saturday and of Sunday; a day without any is one on which it is closed."""


class Town(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A town with access points."""

    city: str
    state: str
    begins: tuple[str, ...]
    """How postal codes of the town begin; letters stand before a digit."""
    codes: str
    """The form of those of its access points: `#` is a digit, `?` a letter."""
    place: Point
    time_zone: str

    def holds(self, code: str) -> bool:
        """Whether a postal code is one of the town's."""
        return any(_begins(code, one) for one in self.begins)


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country's access points."""

    form: str
    """What its postal codes look like."""
    counts: Mapping[str, int]
    """How many of each kind a town has."""
    shops: tuple[str, ...]
    words: tuple[str, ...]
    streets: tuple[str, ...]
    line: str
    noon: Span | None = msgspec.field(name="break", default=None)
    """When staffed ones are closed around noon."""
    closed: tuple[str, ...]
    """The days of the year on which staffed ones are closed."""
    towns: tuple[Town, ...]

    def has_code(self, code: str) -> bool:
        """Whether that could be a postal code here."""
        return re.fullmatch(self.form, code.strip().upper(), re.ASCII) is not None


class Places(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    within_kilometers: float
    most: int
    kilometers_an_hour: float
    kinds: Mapping[str, Kind]
    countries: Mapping[str, Country]


@cache
def places() -> Places:
    """All of it."""
    path = files("sellingpartner.market.shipping") / "data" / "access_points.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Places)


def plain(code: str) -> str:
    """A postal code as it is compared."""
    return code.replace(" ", "").replace("-", "").upper()


def _begins(code: str, how: str) -> bool:
    rest = code.removeprefix(how)
    return rest != code and not (how.isalpha() and rest[:1].isalpha())
