"""The datasets of the Data Kiosk: each has a schema of its own, and functions that give the rows of its queries.

    @rows_of("analytics_economics_2024_03_15", "economics", check=check_days)
    def economics(unit: UnitOfWork, asked: Arguments) -> Iterator[Fields]: ...

The schemas lie in `schemas/`, written by `tools/data_kiosk` from Amazon's: names, types and how long a result is kept.
Several types of different datasets share a name and not their fields, so each schema is built by itself. What a
schema knows and nobody gives rows of is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import msgspec
from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    IntValueNode,
    StringValueNode,
    ValueNode,
    build_schema,
)

from sellingpartner.storage.unit import UnitOfWork

Arguments = Mapping[str, Any]
"""What a query says of its rows, as its schema names it."""
Fields = Mapping[str, Any]
"""A row, by the names of the schema; all its fields, whichever are asked for."""
Rows = Callable[[UnitOfWork, Arguments], Iterator[Fields]]
Check = Callable[[UnitOfWork, Arguments], None]

_HERE = "sellingpartner.market.data_kiosk"
_MODULES = ("sales_and_traffic", "economics", "preview")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 1 << 63


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


def dataset_names() -> list[str]:
    """The datasets of which there is a schema."""
    folder = files(_HERE).joinpath("schemas")
    return sorted(one.name.removesuffix(".graphql") for one in folder.iterdir() if one.name.endswith(".graphql"))


@cache
def schema_of(dataset: str) -> GraphQLSchema | None:
    """The schema of a dataset; None for one that the market does not have."""
    if dataset not in dataset_names():
        return None
    text = files(_HERE).joinpath("schemas", f"{dataset}.graphql").read_text(encoding="utf-8")
    schema = build_schema(text)
    _teach(schema, "Date", _day_said, _day_read)
    _teach(schema, "Long", int, _long_read)
    return schema


def _teach(schema: GraphQLSchema, name: str, said: Callable[[Any], Any], read: Callable[[ValueNode], Any]) -> None:
    """Give a scalar its form, which a schema's text does not; the library calls both ways by two names each."""
    scalar = schema.type_map.get(name)
    if not isinstance(scalar, GraphQLScalarType):
        return

    def read_literal(node: ValueNode, _variables: object = None) -> Any:  # noqa: ANN401 - the scalar's value
        return read(node)

    for method in ("serialize", "coerce_output_value"):
        setattr(scalar, method, said)
    for method in ("parse_literal", "coerce_input_literal"):
        setattr(scalar, method, read_literal)


def _day_said(day: date) -> str:
    return day.isoformat()


def _day_read(node: ValueNode) -> date:
    if isinstance(node, StringValueNode) and _DAY.fullmatch(node.value):
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            pass
    raise GraphQLError('A Date is a day such as "2026-11-15".', node)


def _long_read(node: ValueNode) -> int:
    if isinstance(node, IntValueNode) and -_LONGEST <= (number := int(node.value)) < _LONGEST:
        return number
    raise GraphQLError("A Long is a whole number of 64 bits.", node)
