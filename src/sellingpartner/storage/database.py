"""One database, SQLite or PostgreSQL, and the two ways into it: a read and a write.

On SQLite a write takes the only writer's place at once (`BEGIN IMMEDIATE`), so it never fails half way for another
writer's sake; threads of one process queue on a lock, which is fairer and quicker than SQLite's own waiting. How
transactions begin and end there is in `sqlite.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from threading import RLock
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import StaticPool

from sellingpartner.storage import sqlite

MEMORY = "sqlite://"
"""A database that lives as long as the process that opened it."""

_ANY_THREAD = {"check_same_thread": False}
_SET_BACK = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a transaction that it ended for another one's sake: serialization failure, deadlock."""


class Turn(IntEnum):
    """What one process at a time does on a database; PostgreSQL keeps a lock of this number for it."""

    OPENING = 0x5350_4150_4901
    WORKING = 0x5350_4150_4902


class DatabaseUnusable(Exception):
    """The database cannot be opened or written; the message says which and why."""


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
        self._idle = sqlite.Idle(self.engine)
        self._writer = RLock()

    def _sqlite(self) -> Engine:
        if self.is_memory:
            engine = create_engine(self.url, poolclass=StaticPool, connect_args=_ANY_THREAD, hide_parameters=True)
        else:
            engine = create_engine(
                self.url, pool_size=16, max_overflow=48, connect_args=_ANY_THREAD, hide_parameters=True
            )
        event.listen(engine, "connect", sqlite.prepare)
        return engine

    def _server(self) -> Engine:
        # Parameters are hidden: what buyers are called must not get into a traceback.
        return create_engine(self.url, pool_size=16, max_overflow=16, pool_pre_ping=True, hide_parameters=True)

    def read(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one moment and writes nothing."""
        if not self.is_sqlite:
            return self.engine.connect()
        read = sqlite.Read(self._idle)
        # An in-memory database has one connection for all threads, so its readers queue with its writers.
        return _Queued(self._writer, read) if self.is_memory else read

    def write(self, turn: Turn | None = None) -> AbstractContextManager[Connection]:
        """Open a transaction that is committed as a whole, or not at all if the block raises.

        Whoever names a turn waits for it: one is let in at a time, whatever process it is in.
        """
        if self.is_sqlite:
            return _Queued(self._writer, sqlite.Write(self._idle))
        return self._begun(turn)

    @contextmanager
    def _begun(self, turn: Turn | None) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin():
            if turn is not None:
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
            sqlite.driver_of(connection).execute("PRAGMA foreign_keys=OFF")
            try:
                sqlite.tell(connection, "BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
                    _check_references(connection)
            finally:
                sqlite.roll_back(connection)
                sqlite.driver_of(connection).execute("PRAGMA foreign_keys=ON")

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
        self._idle.close()
        self.engine.dispose()


class _Queued:
    """A transaction of which there is one at a time in this process."""

    __slots__ = ("_place", "_transaction")

    def __init__(self, place: RLock, transaction: sqlite.Transaction) -> None:
        self._place = place
        self._transaction = transaction

    def __enter__(self) -> Connection:
        self._place.acquire()
        try:
            return self._transaction.__enter__()
        except BaseException:
            self._place.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._transaction.__exit__(kind, failure, traceback)
        finally:
            self._place.release()


def was_set_back(failure: DBAPIError) -> bool:
    """Whether the database ended a transaction for another one's sake: it may be tried again, from its beginning."""
    return getattr(failure.orig, "sqlstate", None) in _SET_BACK


def _check_references(connection: Connection) -> None:
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        message = f"Rows of {', '.join(sorted(broken))} would refer to rows that are gone."
        raise DatabaseUnusable(message)
