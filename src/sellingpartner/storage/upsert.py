"""Insert a row, or change the one that is there, in one statement on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import Insert

Offered = ReadOnlyColumnCollection[str, Any]
Change = Callable[[Offered], Mapping[str, ColumnElement[Any]]]


class Upsert:
    """A prebuilt insert that, where the primary key is taken, makes a change to the row that has it.

    `change` is given the row that was offered and says what the columns of the standing row become.
    """

    def __init__(self, table: Table, change: Change, *, returning: tuple[ColumnElement[Any], ...] = ()) -> None:
        keys = list(table.primary_key)
        for_postgresql = postgresql.insert(table)
        for_sqlite = sqlite.insert(table)
        self._by_dialect: dict[str, Insert] = {
            "postgresql": for_postgresql.on_conflict_do_update(
                index_elements=keys, set_=change(for_postgresql.excluded)
            ),
            "sqlite": for_sqlite.on_conflict_do_update(index_elements=keys, set_=change(for_sqlite.excluded)),
        }
        if returning:
            self._by_dialect = {name: insert.returning(*returning) for name, insert in self._by_dialect.items()}

    def on(self, connection: Connection) -> Insert:
        """The statement as the database at the other end understands it."""
        return self._by_dialect[connection.dialect.name]
