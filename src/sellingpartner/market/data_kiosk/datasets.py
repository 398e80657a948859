"""The datasets of the Data Kiosk: each has a schema of its own, and functions that give the rows of its queries.

    @rows_of("analytics_economics_2024_03_15", "economics", check=check_days)
    def economics(unit: UnitOfWork, asked: Arguments) -> Iterator[Fields]: ...

What a schema (`schema.py`) knows and nobody gives rows of is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any

import msgspec

from sellingpartner.storage.unit import UnitOfWork

Arguments = Mapping[str, Any]
"""What a query says of its rows, as its schema names it."""
Fields = Mapping[str, Any]
"""A row, by the names of the schema; all its fields, whichever are asked for."""
Rows = Callable[[UnitOfWork, Arguments], Iterator[Fields]]
Check = Callable[[UnitOfWork, Arguments], None]

_HERE = "sellingpartner.market.data_kiosk"
_MODULES = ("sales_and_traffic", "economics", "preview")


class Given(msgspec.Struct, frozen=True):
    """Who gives the rows of a query, and who looks at what was asked."""

    rows: Rows
    check: Check


_given: dict[tuple[str, str], Given] = {}


class RowsUnavailable(Exception):
    """The rows cannot be made of what was asked: the query ends FATAL, and the text is in its document."""


def rows_of(dataset: str, field: str, *, check: Check) -> Callable[[Rows], Rows]:
    """Name the function that gives the rows of a query; one function may give those of several."""

    def register(function: Rows) -> Rows:
        _given[dataset, field] = Given(function, check)
        return function

    return register


def given(dataset: str, field: str) -> Given | None:
    """Who gives the rows of a query; None where nobody does."""
    for module in _MODULES:
        import_module(f"{_HERE}.{module}")
    return _given.get((dataset, field))


def text_of(dataset: str) -> str | None:
    """The text of a dataset's schema; None for one that the market does not have."""
    if dataset not in dataset_names():
        return None
    return files(_HERE).joinpath("schemas", f"{dataset}.graphql").read_text(encoding="utf-8")


def dataset_names() -> list[str]:
    """The datasets of which there is a schema."""
    folder = files(_HERE).joinpath("schemas")
    return sorted(one.name.removesuffix(".graphql") for one in folder.iterdir() if one.name.endswith(".graphql"))
