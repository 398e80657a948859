"""Statements that every call or every order runs: compiled once, run on the driver's own cursor.

SQLAlchemy's way to the database costs 25 to 40 us each time, most of it the objects around the statement; this one
costs a third of it, and sends and reads the same columns through the same types. It is for the hot statements, not
the rule.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase

Statement = Select[Any] | UpdateBase
Values = Mapping[str, Any]


class Prepared:
    """A statement whose parameters are all given when it is run; `PreparedUpsert` is one that differs by database."""

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, tuple[str, ...]], _Compiled] = {}

    def first(self, connection: Connection, values: Values) -> Any:  # noqa: ANN401 - a row with the columns' names
        """The first row as a named tuple, or None."""
        return self._for(connection, values).first(connection, values)

    def all(self, connection: Connection, values: Values) -> list[Any]:
        """Every row, as named tuples."""
        return self._for(connection, values).all(connection, values)

    def run(self, connection: Connection, values: Values) -> int:
        """Run a statement that writes; returns how many rows it met."""
        return self._for(connection, values).run(connection, values)

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run a statement that writes once for each row; all rows name the same columns."""
        if rows:
            self._for(connection, rows[0]).run_many(connection, rows)

    def _for(self, connection: Connection, values: Values) -> _Compiled:
        # What an insert says depends on the columns that are given.
        key = (connection.dialect.name, tuple(values))
        compiled = self._compiled.get(key)
        if compiled is None:
            statement = self._statement(key[0]) if callable(self._statement) else self._statement
            compiled = self._compiled[key] = _Compiled(statement, connection.dialect, key[1])
        return compiled


class _Compiled:
    """The statement as one database understands it."""

    def __init__(self, statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = statement.compile(
            dialect=dialect, column_keys=list(names) if isinstance(statement, Insert) else None
        )
        self._sql = str(compiled)
        self._failure: type[Exception] = dialect.loaded_dbapi.Error
        self._order: list[str] | None = compiled.positiontup
        processors = {name: _to_driver(bind.type, dialect) for name, bind in compiled.binds.items()}
        self._given = [(name, processors[name]) for name in compiled.binds if name in names]
        self._fixed = {
            name: bind.value if processors[name] is None else processors[name](bind.value)
            for name, bind in compiled.binds.items()
            if name not in names
        }
        self._row, self._reads = _reader(statement, dialect)

    def first(self, connection: Connection, values: Values) -> Any:  # noqa: ANN401 - see Prepared
        cursor = self._execute(connection, self._bound(values))
        try:
            found = cursor.fetchone()
        finally:
            cursor.close()
        return None if found is None else self._row_of(found)

    def all(self, connection: Connection, values: Values) -> list[Any]:
        cursor = self._execute(connection, self._bound(values))
        try:
            found = cursor.fetchall()
        finally:
            cursor.close()
        return [self._row_of(each) for each in found]

    def _row_of(self, found: Sequence[Any]) -> Any:  # noqa: ANN401 - see Prepared
        row = list(found)
        for index, read in self._reads:
            row[index] = read(row[index])
        return self._row(*row)

    def run(self, connection: Connection, values: Values) -> int:
        cursor = self._execute(connection, self._bound(values))
        met: int = cursor.rowcount
        cursor.close()
        return met

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        self._execute(connection, [self._bound(values) for values in rows], many=True).close()

    def _bound(self, values: Values) -> Any:  # noqa: ANN401 - a list or a dict, as the driver wants it
        bound = dict(self._fixed)
        for name, to_driver in self._given:
            bound[name] = values[name] if to_driver is None else to_driver(values[name])
        return bound if self._order is None else [bound[name] for name in self._order]

    def _execute(self, connection: Connection, bound: Any, *, many: bool = False) -> Any:  # noqa: ANN401 - the driver's
        cursor = connection.connection.cursor()
        try:
            (cursor.executemany if many else cursor.execute)(self._sql, bound)
        except self._failure as reason:
            cursor.close()
            # The parameters are left out: they may be personal.
            raise DBAPIError.instance(self._sql, None, reason, self._failure, hide_parameters=True) from reason
        return cursor


def _to_driver(kind: Any, dialect: Dialect) -> Any:  # noqa: ANN401 - a column type and its processor
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(statement: Statement, dialect: Dialect) -> tuple[Any, list[tuple[int, Any]]]:
    """How a row is made of what the driver returns."""
    returned = statement.exported_columns
    names = [str(column.key) for column in returned]
    row = namedtuple("Row", names)  # type: ignore[misc] # noqa: PYI024 - its fields are the statement's
    reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned]
    return row, [(index, read) for index, read in enumerate(reads) if read is not None]
