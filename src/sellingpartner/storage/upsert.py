"""Insert a row, or change the one that is there, in one statement on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection

Offered = ReadOnlyColumnCollection[str, Any]
Change = Callable[[Offered], Mapping[str, ColumnElement[Any]]]


def upsert(table: Table, change: Change, *, returning: tuple[ColumnElement[Any], ...] = ()) -> Callable[[str], Insert]:
    """An insert that, where the primary key is taken, makes a change to the row that has it; to be prepared.

    `change` is given the row that was offered and says what the columns of the standing row become.
    """
    keys = list(table.primary_key)

    def statement(dialect: str) -> Insert:
        insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
        either: Insert = insert.on_conflict_do_update(index_elements=keys, set_=change(insert.excluded))
        return either.returning(*returning) if returning else either

    return statement
