"""The schemas of the datasets, as GraphQL's library has them.

Their texts lie in `schemas/`, written by `tools/data_kiosk` from Amazon's: names, types and how long a result is kept.
Several types of different datasets share a name and not their fields, so each schema is built by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    IntValueNode,
    StringValueNode,
    ValueNode,
    build_schema,
)

from sellingpartner.market.data_kiosk.datasets import text_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 1 << 63


@cache
def schema_of(dataset: str) -> GraphQLSchema | None:
    """The schema of a dataset; None for one that the market does not have."""
    text = text_of(dataset)
    if text is None:
        return None
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
