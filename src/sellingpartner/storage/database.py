"""One database, SQLite or PostgreSQL, and the two ways into it: a read and a write.

On SQLite a write takes the only writer's place at once (`BEGIN IMMEDIATE`), so it never fails half way for another
writer's sake; threads of one process queue on a lock, which is fairer and quicker than SQLite's own waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import StaticPool

MEMORY = "sqlite://"
"""A database that lives as long as the process that opened it."""


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
        self._writer: AbstractContextManager[Any] = Lock() if self.is_sqlite else nullcontext()

    def _sqlite(self) -> Engine:
        if self.is_memory:
            engine = create_engine(self.url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            engine = create_engine(self.url, pool_size=16, max_overflow=48, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _server(self) -> Engine:
        return create_engine(self.url, pool_size=16, max_overflow=16, pool_pre_ping=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment and writes nothing."""
        # An in-memory database has one connection for all threads, so its readers queue with its writers.
        with self._writer if self.is_memory else nullcontext(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that is committed as a whole, or not at all if the block raises."""
        with self._writer, self.engine.connect() as connection, connection.execution_options(writes=True).begin():
            yield connection

    def check(self) -> None:
        """Raise `DatabaseUnusable`, in one clear line, if the database cannot be opened and written."""
        try:
            with self.write():
                pass
        except OperationalError as reason:
            message = f"The database {self.url.render_as_string()} cannot be used: {reason.orig}."
            raise DatabaseUnusable(message) from reason

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver: see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # Commits survive the death of the process; only a power cut may take the last of them.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
