"""In which language the header of a report on listings is.

Assumed: the header is English unless another language is asked for, and Japanese in Japan; a language that nobody has
written down is English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Rows
from sellingpartner.market.reports.writing.columns import Columns, table

L = TypeVar("L")

LOCALE = "preferredReportDocumentLocale"
_BY_ITSELF = "JP"


class Language(msgspec.Struct, frozen=True):
    """What columns are called in a language."""

    words: dict[str, str]
    only_these: bool = False
    """Whether a report in this language has no other columns."""


_ENGLISH = Language({})


@cache
def _languages() -> Mapping[str, Language]:
    place = files("sellingpartner.market.reports.families.listings") / "listing_headers.toml"
    told = tomllib.loads(place.read_text(encoding="utf-8"))
    return {name: Language(words, only_these=words.pop("only_these", False)) for name, words in told.items()}


def table_in_its_language(columns: Columns[L], lines: Iterable[L], asked: Asked) -> Rows:
    """A table whose columns are called as in the report's language; those that it does not have are left out."""
    at_home = "ja_JP" if MARKETPLACES[asked.marketplace_id].country_code == _BY_ITSELF else "en_US"
    language = asked.options.get(LOCALE, at_home).partition("_")[0]
    said = _languages().get(language, _ENGLISH)
    there = {name: cell for name, cell in columns.items() if name in said.words or not said.only_these}
    return table(there, lines, called=said.words)
