"""The form of places: what an address of a country is made of, and how its parts are put together.

Each country has a file in `data/places`. A pattern stands for a text to be drawn: `#` is any digit, `?` a letter of
postal codes, `*` a digit or letter of an Eircode, and `|` separates patterns of which one is taken.
"""

from __future__ import annotations

from functools import cache
from random import Random

from msgspec import Struct

from sellingpartner.market.simulation.reading import names_in, read

# The letters that the later parts of Canadian, British and Dutch codes all allow.
_LETTERS = "ABEGHJLNPRTWXYZ"
_EIRCODE = "0123456789ACDEFHKNPRTVWXY"


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """A town, or a part of one, with the codes that belong to it."""

    city: str
    region: str  # as addresses there write it; empty where they do not
    postal: str  # a pattern
    district: str = ""  # colonia, bairro, ward, neighborhood
    county: str = ""
    municipality: str = ""
    dial: str = ""  # area code, where a country has reserved numbers in each


class Locale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country as one of its languages writes it."""

    language: str  # like de_DE
    places: tuple[Place, ...]
    streets: tuple[str, ...]
    line: str  # how street and number stand together; {district} here keeps it out of the district's own field
    units: tuple[str, ...] = ("Apt {unit}",)
    offices: tuple[str, ...] = ("Suite {unit}",)
    second: str = ""  # a line that every address has
    phones: tuple[str, ...]  # patterns, with {dial}
    mobiles: tuple[str, ...] = ()  # patterns of numbers that belong to no place; without them, phones
    highest_number: int = 240
    share: float = 1.0  # of the country's buyers, against its other locales


class _Country(Struct, frozen=True, forbid_unknown_fields=True):
    locale: tuple[Locale, ...]


@cache
def countries() -> tuple[str, ...]:
    """The codes of the countries that have places."""
    return tuple(name.upper() for name in names_in("places"))


@cache
def locales_of(country_code: str) -> tuple[Locale, ...]:
    """A country as each of its languages writes it; a country without places is a KeyError.

    Assumed: Mexico, Brazil and, but for Australia, the countries of the Far East keep no telephone numbers for fiction;
    those drawn there begin where nobody's number begins.
    """
    if country_code not in countries():
        raise KeyError(country_code)
    return read(f"places/{country_code.lower()}.toml", _Country).locale


def drawn(pattern: str, chance: Random) -> str:
    """A text that fits a pattern."""
    if "|" in pattern:
        pattern = chance.choice(pattern.split("|"))
    if pattern.isdigit():
        return pattern
    return "".join(_character(mark, chance) for mark in pattern)


def _character(mark: str, chance: Random) -> str:
    match mark:
        case "#":
            return chance.choice("0123456789")
        case "?":
            return chance.choice(_LETTERS)
        case "*":
            return chance.choice(_EIRCODE)
        case _:
            return mark
