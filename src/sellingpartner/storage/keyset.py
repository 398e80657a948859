"""Where a page of rows begins: after the key that the page before ended with, by a comparison that an index answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, literal, tuple_


def beyond(
    columns: Sequence[ColumnElement[Any]], key: Sequence[object], *, is_descending: bool = False
) -> ColumnElement[bool]:
    """The rows that follow a key in the order of these columns; in the order from the last one, if it descends.

    A parameter in the key's place is one that is given when the statement runs.
    """
    here = tuple_(*columns)
    # Typed like the columns: a bare date would be compared as the text that the driver makes of it.
    reached = tuple_(*(_typed(value, column) for column, value in zip(columns, key, strict=True)))
    return here < reached if is_descending else here > reached


def _typed(value: object, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return value if isinstance(value, BindParameter) else literal(value, column.type)
