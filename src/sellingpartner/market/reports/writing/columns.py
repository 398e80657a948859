"""A table as a family writes it down: what each column says of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sellingpartner.market.reports.kinds import Rows
from sellingpartner.market.reports.writing import cells

L = TypeVar("L")

Cell = Callable[[L], str]
"""What a column says of a line."""

Columns = Mapping[str, Cell[L]]
"""The columns in their order, by their names."""


def nothing(_: object) -> str:
    """What a column says that is always empty."""
    return ""


def table(
    columns: Columns[L], lines: Iterable[L], *, called: Mapping[str, str] | None = None, is_quoted: bool = False
) -> Rows:
    """The rows of lines, made one by one; `called` says what columns are called that do not go by their names."""
    names = tuple(columns)
    header = names if called is None else tuple(called.get(name, name) for name in names)
    return Rows(header, cells.table(names, lines, columns).rows, is_quoted=is_quoted)
