"""Tables whose columns are functions: a report names its columns, and a family knows what each says of a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from sellingpartner.market.reports.kinds import Rows

LineT = TypeVar("LineT")

_FAMILIES = "sellingpartner.market.reports.families"


def table(
    columns: Sequence[str],
    lines: Iterable[LineT],
    cells: Mapping[str, Callable[[LineT], str]],
    *,
    hidden: Collection[str] = (),
) -> Rows:
    """A row for each line; what is hidden has its column, and nothing in it."""
    made = tuple(_nothing if name in hidden else cells[name] for name in columns)
    return Rows(columns, ([cell(line) for cell in made] for line in lines))


def _nothing(_: Any) -> str:  # noqa: ANN401 - whatever the line is
    return ""


@cache
def columns_of(file: str, name: str, *variants: str) -> tuple[str, ...]:
    """The columns that a family's file lists under a name, as the first of the variants that it has, or `all`."""
    lists = _lists(file)[name]
    return next(lists[variant] for variant in (*variants, "all") if variant in lists)


@cache
def _lists(file: str) -> dict[str, dict[str, tuple[str, ...]]]:
    text = files(_FAMILIES).joinpath(file).read_bytes()
    return msgspec.toml.decode(text, type=dict[str, dict[str, tuple[str, ...]]])
