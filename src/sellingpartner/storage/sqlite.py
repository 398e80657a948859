"""How SQLite is spoken to: connections prepared alike, kept between transactions, and told directly where one begins.

To check a connection out of the engine's pool and have SQLAlchemy begin costs 50 us, several times what a question by
key costs; kept and direct it is 2 us. Idle connections lie on a stack: what a connection has read stays with it until
another one commits, so whoever comes next takes the one that was used last.
"""

from __future__ import annotations

import sqlite3
from time import sleep
from types import TracebackType
from typing import cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

SEEN = "seen"
"""Where a connection notes which moment it sees, while it is taken; and how often something was undone on it."""
UNDONE = "undone"

_MOST_IDLE = 16
_TRIES = 200
_BETWEEN_TRIES_SECONDS = 0.02
_LAST_TRY_MILLISECONDS = 1000
_CACHE_KIB = 64 * 1024
"""How much of the pages that it has read a connection keeps that only reads, or that builds a draft."""
_CACHE_OF_WRITERS_KIB = 4 * 1024
"""The same of one that writes: the pages that a write is about, and those above them, are some hundred.

Where SQLite has split a page it may let pages change their numbers, by way of the number of a page that no database
has, 262,145. At the commit that follows it then looks for such pages, at all that the connection keeps: 16,000 in 64
MiB, one after the other, which took longer than all else of the commit (docs/performance.md).
"""
_MOST_CHANGED_PAGES = 16 * 1024


def prepare(connection: sqlite3.Connection, patience_seconds: float, *, is_draft: bool = False) -> None:
    """Set a connection up that the engine has just opened.

    A draft is thrown away if anything goes wrong, so nothing of it needs to be safe on the disk before it is whole.
    """
    connection.isolation_level = None  # the driver begins nothing by itself: see `begin`
    cursor = connection.cursor()
    if is_draft:
        cursor.execute("PRAGMA journal_mode=MEMORY")
    else:
        _write_ahead(cursor)
    cursor.execute(f"PRAGMA busy_timeout={int(patience_seconds * 1000)}")
    # Commits survive the death of the process; only a power cut may take the last of them.
    cursor.execute(f"PRAGMA synchronous={'OFF' if is_draft else 'NORMAL'}")
    # 32 MiB between two checkpoints instead of 4: pages that every write changes are copied that much less often.
    cursor.execute("PRAGMA wal_autocheckpoint=8000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIB if is_draft else _CACHE_OF_WRITERS_KIB}")
    # What a transaction has changed stays in memory up to there: to write it out before its end is to write it twice.
    cursor.execute(f"PRAGMA cache_spill={_MOST_CHANGED_PAGES}")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def only_read(connection: sqlite3.Connection) -> None:
    """Let nothing be written on a connection; then it may keep more of what it has read."""
    connection.execute("PRAGMA query_only=ON").close()
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}").close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
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
    cursor.execute(f"PRAGMA busy_timeout={_LAST_TRY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")  # nothing, if it does by now; else what is in the way is said


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection below SQLAlchemy's."""
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def tell(connection: Connection, statement: str) -> None:
    """Begin or commit on the driver; what SQLAlchemy begins after a beginning is this same transaction."""
    try:
        driver_of(connection).execute(statement)
    except sqlite3.Error as reason:
        raise OperationalError(statement, None, reason) from reason


def roll_back(connection: Connection) -> None:
    """End whatever transaction the connection is in, and keep nothing of it."""
    if connection.in_transaction():
        connection.rollback()
    elif not connection.invalidated:
        driver_of(connection).rollback()


def note_undone(connection: Connection) -> None:
    """Note that what was done was undone: what was read in between is not so."""
    connection.info[UNDONE] = connection.info.get(UNDONE, 0) + 1


class Idle:
    """The connections that are in no transaction; the one that was put back last is taken first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stack: list[Connection] = []
        self._is_closed = False

    def take(self) -> Connection:
        """A connection to begin with. Taken, not borrowed: a transaction inside another one gets one of its own."""
        try:
            return self._stack.pop()
        except IndexError:
            return self._engine.connect()

    def put_back(self, connection: Connection) -> None:
        """Keep a connection, whose transaction has ended, for the next one."""
        if connection.invalidated or len(self._stack) >= _MOST_IDLE:
            connection.close()
            return
        connection.info.pop(SEEN, None)
        self._stack.append(connection)
        if self._is_closed:
            self.close()

    def close(self) -> None:
        """Close all of them; one that is in a transaction closes when it is put back."""
        self._is_closed = True
        while self._stack:
            self._stack.pop().close()


class Transaction:
    """A transaction on one of the idle connections. Classes, not generators: every call of the API opens one."""

    __slots__ = ("_changes", "_connection", "_idle")

    beginning = "BEGIN"

    def __init__(self, idle: Idle) -> None:
        self._idle = idle

    def __enter__(self) -> Connection:
        """Take a connection and begin."""
        self._connection = self._idle.take()
        try:
            tell(self._connection, self.beginning)
        except BaseException:
            self._idle.put_back(self._connection)
            raise
        self._changes = driver_of(self._connection).total_changes
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Keep nothing, whatever was done."""
        self._undo()
        self._idle.put_back(self._connection)

    def _undo(self) -> None:
        connection = self._connection
        roll_back(connection)
        if not connection.invalidated and driver_of(connection).total_changes != self._changes:
            note_undone(connection)


class Read(Transaction):
    """A transaction that sees one moment."""

    __slots__ = ()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it. Where nothing was written COMMIT does that: a statement that the driver keeps, unlike a rollback."""
        connection = self._connection
        if not connection.in_transaction() and not connection.invalidated:
            driver = driver_of(connection)
            if driver.total_changes == self._changes:
                driver.execute("COMMIT")
                self._idle.put_back(connection)
                return
        super().__exit__(kind, failure, traceback)


class Write(Transaction):
    """A transaction that takes the writer's place at once, and that is committed unless the block raises."""

    __slots__ = ()

    beginning = "BEGIN IMMEDIATE"

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit, or keep nothing."""
        connection = self._connection
        try:
            if kind is not None:
                self._undo()
            elif connection.in_transaction():
                connection.commit()
            else:  # only prepared statements ran, of which SQLAlchemy does not know
                tell(connection, "COMMIT")
        except BaseException:
            self._undo()
            raise
        finally:
            self._idle.put_back(connection)
