"""One database, SQLite or PostgreSQL, and the two ways into it: a read and a write.

On SQLite a write takes the only writer's place at once (`BEGIN IMMEDIATE`), so it never fails half way for another
writer's sake; threads of one process queue on a lock, which is fairer and quicker than SQLite's own waiting. There
each thread keeps a connection between its transactions, and transactions begin on the driver: to check a connection
out and have SQLAlchemy begin costs 50 us, several times what a question by key costs; kept and direct it is 3 us.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import IntEnum
from threading import RLock, local
from time import sleep
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import StaticPool

MEMORY = "sqlite://"
"""A database that lives as long as the process that opened it."""


_ANY_THREAD = {"check_same_thread": False}
_TRIES = 200
_BETWEEN_TRIES_SECONDS = 0.02
_SET_BACK = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a transaction that it ended for another one's sake: serialization failure, deadlock."""


class Turn(IntEnum):
    """What one process at a time does on a database; PostgreSQL keeps a lock of this number for it."""

    OPENING = 0x5350_4150_4901
    WORKING = 0x5350_4150_4902


class DatabaseUnusable(Exception):
    """The database cannot be opened or written; the message says which and why."""


class _Kept:
    """The connection that a thread keeps while it is in no transaction."""

    __slots__ = ("__weakref__", "connection")

    def __init__(self) -> None:
        self.connection: Connection | None = None


class Database:
    """An engine with the market's transaction rules on it."""

    def __init__(self, url: str = MEMORY) -> None:
        try:
            self.url = make_url(url)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            self.is_memory = self.is_sqlite and not self.url.database
            self.engine = self._sqlite() if self.is_sqlite else self._server()
        except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as reason:
            message = (
                f"{url!r} is not a database this market can use: {reason}. Write sqlite:///market.db or "
                "postgresql+psycopg://user:password@host/name."
            )
            raise DatabaseUnusable(message) from reason
        self._writer: AbstractContextManager[Any] = RLock() if self.is_sqlite else nullcontext()
        # An in-memory database has one connection for all threads, so its readers queue with its writers.
        self._reader: AbstractContextManager[Any] = self._writer if self.is_memory else nullcontext()
        self._shared = _Kept() if self.is_memory else None
        self._of_thread = local()
        self._all_kept: WeakSet[_Kept] = WeakSet()
        self._registering = RLock()
        self._is_closed = False

    def _sqlite(self) -> Engine:
        if self.is_memory:
            engine = create_engine(self.url, poolclass=StaticPool, connect_args=_ANY_THREAD, hide_parameters=True)
        else:
            engine = create_engine(
                self.url, pool_size=16, max_overflow=48, connect_args=_ANY_THREAD, hide_parameters=True
            )
        event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def _server(self) -> Engine:
        # Parameters are hidden: what buyers are called must not get into a traceback.
        return create_engine(self.url, pool_size=16, max_overflow=16, pool_pre_ping=True, hide_parameters=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment and writes nothing."""
        with self._reader, self._connection("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self, turn: Turn | None = None) -> Iterator[Connection]:
        """Open a transaction that is committed as a whole, or not at all if the block raises.

        Whoever names a turn waits for it: one is let in at a time, whatever process it is in.
        """
        with self._writer, self._connection("BEGIN IMMEDIATE") as connection, connection.begin():
            if turn is not None and not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn})
            yield connection

    @contextmanager
    def remake(self) -> Iterator[Connection]:
        """Open a write, alone, in which tables may be replaced.

        To change a table SQLite has to copy it, drop it and rename the copy; while foreign keys are watched over, the
        drop takes the rows that refer to it along. So they are checked once, at the end.
        """
        if not self.is_sqlite:
            with self.write(Turn.OPENING) as connection:
                yield connection
            return
        with self._writer, self.engine.connect() as connection:
            connection.connection.execute("PRAGMA foreign_keys=OFF")
            try:
                _begin(connection, "BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
                    _check_references(connection)
            finally:
                _end(connection)
                connection.connection.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def _connection(self, begin: str) -> Iterator[Connection]:
        """A connection in a transaction, which is rolled back at the end if nobody has ended it."""
        if not self.is_sqlite:
            with self.engine.connect() as connection:
                yield connection
            return
        # Taken, not borrowed: a transaction inside another one of the same thread gets a connection of its own.
        kept = self._shared or self._mine()
        connection, kept.connection = kept.connection or self.engine.connect(), None
        try:
            _begin(connection, begin)
            yield connection
        finally:
            _end(connection)
            if kept.connection is None and not self._is_closed and not connection.invalidated:
                kept.connection = connection
            else:
                connection.close()

    def _mine(self) -> _Kept:
        """What this thread keeps; other threads look at it only to close."""
        kept: _Kept | None = getattr(self._of_thread, "kept", None)
        if kept is None:
            kept = self._of_thread.kept = _Kept()
            with self._registering:
                self._all_kept.add(kept)
        return kept

    def check(self) -> None:
        """Raise `DatabaseUnusable`, in one clear line, if the database cannot be opened and written."""
        try:
            with self.write():
                pass
        except OperationalError as reason:
            message = f"The database {self.url.render_as_string()} cannot be used: {reason.orig}."
            raise DatabaseUnusable(message) from reason

    def close(self) -> None:
        """Close every connection; one that is in a transaction closes when it ends."""
        self._is_closed = True
        with self._registering:
            all_kept = [*self._all_kept, *filter(None, [self._shared])]
        for kept in all_kept:
            connection, kept.connection = kept.connection, None
            if connection is not None:
                connection.close()
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin
    cursor = connection.cursor()
    _write_ahead(cursor)
    # Commits survive the death of the process; only a power cut may take the last of them.
    cursor.execute("PRAGMA synchronous=NORMAL")
    # 32 MiB between two checkpoints instead of 4: pages that every write changes are copied that much less often.
    cursor.execute("PRAGMA wal_autocheckpoint=8000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _write_ahead(cursor: Any) -> None:  # noqa: ANN401 - the driver's own cursor
    """Have the file keep a write-ahead log; SQLite refuses one of two who ask that of a new file at once."""
    cursor.execute("PRAGMA busy_timeout=0")
    for _ in range(_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as reason:
            if reason.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            sleep(_BETWEEN_TRIES_SECONDS)
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")  # nothing, if it does by now; else what is in the way is said


def _begin(connection: Connection, statement: str) -> None:
    """Begin on the driver; what SQLAlchemy begins after it is this same transaction."""
    try:
        connection.connection.execute(statement)
    except sqlite3.Error as reason:
        raise OperationalError(statement, None, reason) from reason


def was_set_back(failure: DBAPIError) -> bool:
    """Whether the database ended a transaction for another one's sake: it may be tried again, from its beginning."""
    return getattr(failure.orig, "sqlstate", None) in _SET_BACK


def _check_references(connection: Connection) -> None:
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        message = f"Rows of {', '.join(sorted(broken))} would refer to rows that are gone."
        raise DatabaseUnusable(message)


def _end(connection: Connection) -> None:
    if connection.in_transaction():
        connection.rollback()
    elif not connection.invalidated:
        connection.connection.rollback()
