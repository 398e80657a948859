"""Finds the columns of a typed row in a report's header, in whichever language the header is."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from sellingpartner.client.documents.failures import HeaderUnknown
from sellingpartner.contract.published.names import snake

_SHARE = 4
"""A header of which less than a quarter is known is in a language that nobody here reads."""
_SHOWN = 8


@cache
def _translations() -> dict[str, dict[str, list[str]]]:
    """The report types whose headers come in several languages; what is written beside this file."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("_headers.toml").read_text("utf-8")
    )
    return found


class Header:
    """The names that one report has for its columns."""

    def __init__(self, names: Iterable[str], report_types: tuple[str, ...]) -> None:
        self.names = tuple(names)
        self._exact = frozenset(self.names)
        self._by_python_name = {snake(name): name for name in reversed(self.names) if name.isascii()}
        self._by_plain_name = {_plain(name): name for name in reversed(self.names)}
        self._translated: dict[str, list[str]] = {}
        for report_type in report_types:
            self._translated |= _translations().get(report_type, {})
        self._doubtful = {name for name in self._all_translations() if f"{name}_2" in self._all_translations()}

    def _all_translations(self) -> set[str]:
        return {one for names in self._translated.values() for one in names}

    def column(self, wire_name: str, name: str) -> str | None:
        """A field's column: by the very name, as Python would write it, or in another language."""
        if wire_name in self._exact:
            return wire_name
        found = self._by_python_name.get(name.rstrip("_"))
        if found is not None:
            return found
        for translated in self._translated.get(wire_name.replace("_", "-"), ()):
            given = self._by_plain_name.get(_plain(translated))
            if given is not None and (translated not in self._doubtful or f"{given}_2" in self._exact):
                return given
        return None


def refuse(header: Header, wanted: Iterable[str], name: str) -> HeaderUnknown:
    """What is raised for a header in which the columns are not to be found."""
    expected = [one.replace("_", "-") for one in wanted]
    return HeaderUnknown(
        f"{name}: none or hardly any of the columns is known. The header is {_list(header.names)}; expected were"
        f" {_list(expected)}. It may be in a language that is not known here: ask for the report with"
        " locale='en_US', as those of listings allow (for some hours Amazon may still give out the old one), or read it"
        " as rows(into=Row), whose columns have the header's names."
    )


def is_foreign(found: int, columns: int, fields: int) -> bool:
    """Whether too little of a known report's header was found for it to be the header that is meant."""
    return found * _SHARE < min(columns, fields)


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(repr(one) for one in shown[:_SHOWN]) + more


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
