"""Reads on SQLite that begin and end no transaction: whoever glances sees one moment, or is told to read anew.

Every statement sees what is committed when it runs. If nobody has committed between the first and the last one, they
have all seen the same; the log's index says whether that is so (`wal_index.py`). What is asked while the index is as it
was when the answer was read needs no statement at all (`unchanged.py`). So most reads cost SQLite nothing, or one
statement instead of four; and each of its calls lets other threads take the interpreter.

Connections that glance may change nothing: without a transaction, a change would be kept at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import MutableMapping
from threading import Lock
from types import TracebackType
from typing import Any, cast

from sqlalchemy import Compiled, Connection, Engine
from sqlalchemy.exc import DBAPIError

from sellingpartner.storage.sqlite import SEEN, Idle, driver_of
from sellingpartner.storage.wal_index import WalIndex, wal_index_of


class ReadAnew(Exception):
    """Somebody has committed meanwhile, or the reader wanted to write: read anew, in a transaction."""


class Attentive(sqlite3.Connection):
    """A connection that knows which questions were asked: one left half read would see its own moment for ever."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - the driver's
        super().__init__(*given, **named)
        self._asked: list[sqlite3.Cursor] = []

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:  # noqa: ANN401 - the driver's
        """A cursor, of which note is taken."""
        cursor = super().cursor(factory)
        self._asked.append(cursor)
        return cursor

    def end_questions(self) -> None:
        """End every question that was asked."""
        for cursor in self._asked:
            cursor.close()
        self._asked.clear()


class Glances:
    """Where glances are opened; its engine is for them alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle = Idle(engine)
        self._first = Lock()
        self._is_tried = False
        self._index: WalIndex | None = None
        self._holder: Connection | None = None
        """A connection that does nothing but keep the index in place."""

    def open(self) -> Glance | None:
        """A glance at this moment; None where there can be none."""
        if not self._is_tried:
            with self._first:
                self._try()
        index = self._index
        if index is None:
            return None
        header = index.header()
        return None if header is None else Glance(self._idle, index, header)

    def _try(self) -> None:
        if self._is_tried:
            return
        try:
            self._holder = self._engine.connect()
            self._index = wal_index_of(self._holder)
        except DBAPIError:
            return  # not there at the moment: whoever reads in a transaction says so
        self._is_tried = True

    def share_statements(self, compiled: MutableMapping[Any, Compiled]) -> None:
        """Keep what SQLAlchemy compiles with other databases of the kind."""
        self._engine.update_execution_options(compiled_cache=compiled)

    def close(self) -> None:
        """Close every connection."""
        self._is_tried, self._index = True, None
        self._idle.close()
        if self._holder is not None:
            self._holder.close()
        self._engine.dispose()


class Glance:
    """One read; left by `ReadAnew`, whatever else it would end with, if it did not see one moment."""

    __slots__ = ("_connection", "_header", "_idle", "_index")

    def __init__(self, idle: Idle, index: WalIndex, header: bytes) -> None:
        self._idle = idle
        self._index = index
        self._header = header

    def __enter__(self) -> Connection:
        """Take a connection."""
        self._connection = self._idle.take()
        self._connection.info[SEEN] = self._header
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Look whether it is still the moment that it was."""
        connection = self._connection
        try:
            if not connection.invalidated:
                cast("Attentive", driver_of(connection)).end_questions()
            if connection.in_transaction():  # for SQLAlchemy, which begins one by itself
                connection.rollback()
        finally:
            self._idle.put_back(connection)
        if self._index.header() != self._header or _wanted_to_write(failure):
            raise ReadAnew


def _wanted_to_write(failure: BaseException | None) -> bool:
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
