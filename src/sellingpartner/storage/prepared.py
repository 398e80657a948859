"""Questions that every call asks: compiled once, run on the driver's own cursor.

SQLAlchemy's way to a row costs 25 us each time, most of it the objects around the statement; this one costs a third of
it and reads the same columns through the same types. It is for a handful of hot statements, not the rule.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import visitors


class Prepared:
    """A select whose parameters are all given when it is run."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._by_dialect: dict[str, _Compiled] = {}

    def first(self, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a row with the columns' names
        """The first row as a named tuple, or None."""
        compiled = self._by_dialect.get(connection.dialect.name)
        if compiled is None:
            compiled = self._by_dialect[connection.dialect.name] = _Compiled(self._statement, connection.dialect)
        return compiled.first(connection, values)


class _Compiled:
    """The statement as one database understands it."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._failure: type[Exception] = dialect.loaded_dbapi.OperationalError
        self._order: list[str] | None = compiled.positiontup
        parameters = [each for each in visitors.iterate(statement) if isinstance(each, BindParameter)]
        self._binds = {each.key: each.type.dialect_impl(dialect).bind_processor(dialect) for each in parameters}
        columns = list(statement.selected_columns)
        names = [str(column.key) for column in columns]
        row = namedtuple("Row", names)  # type: ignore[misc] # noqa: PYI024 - its fields are the statement's
        self._row: Any = row
        reads = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._reads = [(index, read) for index, read in enumerate(reads) if read is not None]

    def first(self, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - see Prepared
        bound: Any = {
            name: value if (bind := self._binds[name]) is None else bind(value) for name, value in values.items()
        }
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, bound if self._order is None else [bound[name] for name in self._order])
            found = cursor.fetchone()
        except self._failure as reason:
            raise OperationalError(self._sql, None, reason) from reason
        finally:
            cursor.close()
        if found is None:
            return None
        row = list(found)
        for index, read in self._reads:
            row[index] = read(row[index])
        return self._row(*row)
