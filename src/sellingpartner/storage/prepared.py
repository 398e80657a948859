"""Statements that every call or every order runs: compiled once, run on the driver's own cursor.

SQLAlchemy's way to the database costs 25 to 40 us each time, most of it the objects around the statement; this one
costs a fifth of it, and sends and reads the same columns through the same types. It is for the hot statements, not
the rule.

    class _Found(NamedTuple):
        document: Order

    _find = Question(select(orders.c.document).where(orders.c.order_id == bindparam("of_order")), _Found)
    _find.first(unit.connection, {"of_order": order_id})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, Dialect, Float, Insert, Select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | UpdateBase
Values = Mapping[str, object]
Bound = Sequence[Any] | Mapping[str, Any]
"""The parameters of one run as the driver wants them: in order, or by name."""

_Kind = type[SQLCompiler]
"""What puts statements into a database's words: PostgreSQL is asked in others by whoever only reads."""

Row = TypeVar("Row")
_Reader = Callable[[Any], object]


class Prepared:
    """A statement that writes, whose parameters are all given when it is run.

    One that each database says in its own words is given as a function of the database's kind (`upsert`).
    """

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        self._statement = statement
        self._depends_on_names = False
        self._compiled: dict[_Kind | tuple[_Kind, tuple[str, ...]], _Compiled] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """Run it; returns how many rows it met."""
        compiled = self._for(connection, values)
        cursor = compiled.execute(connection, compiled.bound(values))
        met = cursor.rowcount
        cursor.close()
        return met

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each row; all rows name the same columns."""
        if len(rows) == 1:
            self.run(connection, rows[0])
        elif rows:
            compiled = self._for(connection, rows[0])
            compiled.execute_many(connection, [compiled.bound(values) for values in rows])

    def said_to(self, dialect: str) -> Statement:
        """The statement as it is for a kind of database."""
        return self._statement(dialect) if callable(self._statement) else self._statement

    def _for(self, connection: Connection, values: Values) -> _Compiled:
        kind = connection.dialect.statement_compiler
        compiled = self._compiled.get((kind, tuple(values)) if self._depends_on_names else kind)
        return self._compile(connection.dialect, tuple(values)) if compiled is None else compiled

    def _compile(self, dialect: Dialect, names: tuple[str, ...]) -> _Compiled:
        statement = self.said_to(dialect.name)
        # What an insert says depends on the columns that are given; all else is given the same names each time.
        self._depends_on_names = isinstance(statement, Insert)
        compiled = _Compiled(statement, dialect, names)
        kind = dialect.statement_compiler
        self._compiled[(kind, names) if self._depends_on_names else kind] = compiled
        return compiled


class Question(Prepared, Generic[Row]):
    """A statement that returns rows: named tuples, or what a function makes of the columns by their names."""

    def __init__(self, statement: Statement | Callable[[str], Statement], row: Callable[..., Row]) -> None:
        super().__init__(statement)
        self._row = row
        self._made = _maker(row)

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row, or None."""
        compiled = self._for(connection, values)
        cursor = compiled.execute(connection, compiled.bound(values))
        try:
            found = cursor.fetchone()
        finally:
            cursor.close()
        return None if found is None else self._made(compiled.read(found))

    def one(self, connection: Connection, values: Values) -> Row:
        """The row that there always is."""
        (found,) = self.all(connection, values)
        return found

    def all(self, connection: Connection, values: Values) -> list[Row]:
        """Every row."""
        compiled = self._for(connection, values)
        cursor = compiled.execute(connection, compiled.bound(values))
        try:
            found = cursor.fetchall()
        finally:
            cursor.close()
        return [self._made(compiled.read(each)) for each in found]

    def _compile(self, dialect: Dialect, names: tuple[str, ...]) -> _Compiled:
        compiled = super()._compile(dialect, names)
        fields = getattr(self._row, "_fields", None)
        if fields is None:
            columns, row = compiled.columns, self._row
            self._made = lambda found: row(**dict(zip(columns, found, strict=True)))
        elif fields != compiled.columns:
            message = f"The statement returns {compiled.columns}, its rows have {fields}."
            raise TypeError(message)
        return compiled


class _Compiled:
    """The statement as one database understands it."""

    def __init__(self, statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = statement.compile(
            dialect=dialect, column_keys=list(names) if isinstance(statement, Insert) else None
        )
        self._sql = str(compiled)
        self._failure: type[Exception] = dialect.loaded_dbapi.Error
        self.bound = _binder(
            compiled.positiontup,
            {name: _to_driver(bind.type, dialect) for name, bind in compiled.binds.items()},
            {name: bind.value for name, bind in compiled.binds.items() if name not in names},
        )
        returned = statement.exported_columns
        self.columns = tuple(str(column.key) for column in returned)
        self._readers = [
            (index, reader)
            for index, column in enumerate(returned)
            if (reader := _from_driver(column.type, dialect)) is not None
        ]

    def read(self, found: Sequence[object]) -> Sequence[object]:
        """A row, its columns read through their types."""
        if not self._readers:
            return found
        row = list(found)
        for index, reader in self._readers:
            row[index] = reader(row[index])
        return row

    def execute(self, connection: Connection, bound: Bound) -> DBAPICursor:
        cursor = _cursor(connection)
        try:
            cursor.execute(self._sql, bound)
        except self._failure as reason:
            raise self._failed(cursor, reason) from reason
        return cursor

    def execute_many(self, connection: Connection, rows: Any) -> None:  # noqa: ANN401 - all of them `Bound` alike
        cursor = _cursor(connection)
        try:
            cursor.executemany(self._sql, rows)
        except self._failure as reason:
            raise self._failed(cursor, reason) from reason
        cursor.close()

    def _failed(self, cursor: DBAPICursor, reason: Exception) -> Exception:
        cursor.close()
        # The parameters are left out: they may be personal.
        return DBAPIError.instance(self._sql, None, reason, self._failure, hide_parameters=True)


def _maker(row: Callable[..., Row]) -> Callable[[Sequence[object]], Row]:
    """How a named tuple is made quickest; how all else is made is known when the columns are."""
    return cast("Callable[[Sequence[object]], Row]", getattr(row, "_make", row))


def _cursor(connection: Connection) -> DBAPICursor:
    pooled = connection.connection
    return (pooled.dbapi_connection or pooled).cursor()


def _binder(
    order: list[str] | None, to_driver: Mapping[str, _Reader | None], fixed: Mapping[str, object]
) -> Callable[[Values], Bound]:
    """What makes the driver's parameters of the values."""
    known = {name: value if (sent := to_driver[name]) is None else sent(value) for name, value in fixed.items()}
    if order is None:
        given = [(name, sent) for name, sent in to_driver.items() if name not in fixed]

        def by_name(values: Values) -> Bound:
            bound = dict(known)
            for name, sent in given:
                bound[name] = values[name] if sent is None else sent(values[name])
            return bound

        return by_name
    if len(order) > 1 and not fixed and all(to_driver[name] is None for name in order):
        return itemgetter(*order)
    return _converter(order, to_driver, known)


def _converter(
    order: list[str], to_driver: Mapping[str, _Reader | None], known: Mapping[str, object]
) -> Callable[[Values], Bound]:
    """What puts parameters in order and has the few that need it converted."""
    sending = [(index, sent) for index, name in enumerate(order) if name not in known and (sent := to_driver[name])]
    if len(order) > 1 and not known:
        pick = itemgetter(*order)

        def picked(values: Values) -> Bound:
            bound = list(pick(values))
            for index, sent in sending:
                bound[index] = sent(bound[index])
            return bound

        return picked

    def in_order(values: Values) -> Bound:
        bound = [known[name] if name in known else values[name] for name in order]
        for index, sent in sending:
            bound[index] = sent(bound[index])
        return bound

    return in_order


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> _Reader | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(kind: TypeEngine[Any], dialect: Dialect) -> _Reader | None:
    if isinstance(kind, Float) and not kind.asdecimal:
        return None  # both drivers return floats; SQLAlchemy wants to see the cursor before it believes that
    return kind.dialect_impl(dialect).result_processor(dialect, None)
