"""Given and family names of each language, and what companies are called in each country.

The names are common ones, put together by chance: whoever bears one is not meant.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from sellingpartner.market.simulation.reading import read


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people of some languages are called; a language like en_IE is that of one country."""

    languages: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    form: str = "{given} {family}"


class People(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says; companies are by country, or by language where its script is another."""

    initials: tuple[str, ...]  # of companies, in tax numbers
    names: tuple[Names, ...]
    companies: dict[str, tuple[str, ...]]


@cache
def named() -> People:
    """All names, read once."""
    return read("people.toml", People)


@cache
def names_of(language: str) -> Names:
    """The names of a language in a country, or of the language."""
    by_language = {one: names for names in named().names for one in names.languages}
    return by_language.get(language) or by_language[language[:2]]


def companies_of(language: str, country_code: str) -> tuple[str, ...]:
    """The forms of a company's name in a country, in one of its languages."""
    companies = named().companies
    return companies.get(language) or companies[country_code]
