"""Insert a row, or change the one that is there, in one statement on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Insert, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Offered = ReadOnlyColumnCollection[str, Any]
Change = Callable[[Offered], Mapping[str, ColumnElement[Any]]]


def upsert(table: Table, change: Change, *, returning: tuple[ColumnElement[Any], ...] = ()) -> Callable[[str], Insert]:
    """An insert that, where the primary key is taken, makes a change to the row that has it; to be prepared.

    `change` is given the row that was offered and says what the columns of the standing row become.
    """
    keys = list(table.primary_key)

    def statement(dialect: str) -> Insert:
        insert = sqlite.insert(table) if dialect == "sqlite" else _for_postgresql(table)
        either: Insert = insert.on_conflict_do_update(index_elements=keys, set_=change(insert.excluded))
        return either.returning(*returning) if returning else either

    return statement


def _for_postgresql(table: Table) -> postgresql.Insert:
    # With the dialect come all of its drivers' sides: a tenth of a second, for who is on PostgreSQL.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)
