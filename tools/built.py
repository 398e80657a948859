"""What README says of what is built: the rows of built.toml, of which those on an API count what is served of it."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from sellingpartner.contract.registry import Entry, operations

_FILE = Path(__file__).with_suffix(".toml")
_WORDS = {
    "aplus": "A+",
    "awd": "Amazon Warehousing and Distribution",
    "by": "by",
    "fba": "FBA",
}


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A row: of APIs, or of something else that has a title."""

    says: str
    apis: tuple[str, ...] = ()
    page: str = ""
    title: str = ""


def table(is_served: Callable[[Entry], bool]) -> str:
    """The rows as README has them; ends the program if an API that is served is in none of them."""
    rows = [msgspec.convert(one, Row) for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["row"]]
    known = {api for row in rows for api in row.apis}
    if forgotten := sorted({api_of(one) for one in operations() if is_served(one)} - known):
        sys.exit(f"{_FILE.name} has no row for {', '.join(forgotten)}.")
    return "| API | built |\n|---|---|\n" + "".join(_row(row, is_served) for row in rows)


def api_of(entry: Entry) -> str:
    """An API and its version, as the pages name it."""
    return f"{entry.api} {entry.version}"


def _row(row: Row, is_served: Callable[[Entry], bool]) -> str:
    if not row.apis:
        return f"| {row.title} | {row.says} |\n"
    every = [one for one in operations() if api_of(one) in row.apis]
    served = sum(map(is_served, every))
    if not served:
        return ""
    much = "all" if served == len(every) else f"{served} of {len(every)}"
    name = _name(row.apis)
    titled = f"[{name}]({row.page})" if row.page else name
    return f"| {titled} | {much}{f': {row.says}' if row.says else ''} |\n"


def _name(apis: Sequence[str]) -> str:
    """APIs as people call them, with the versions of each."""
    pairs = [api.split(" ") for api in apis]
    return ", ".join(
        f"{' '.join(_WORDS.get(word, word.title()) for word in api.split('_'))} {', '.join(one[1] for one in versions)}"
        for api, versions in groupby(pairs, key=lambda one: one[0])
    )
