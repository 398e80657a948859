"""One database, SQLite or PostgreSQL, and the two ways into it: a read and a write.

On SQLite a write takes the only writer's place at once (`BEGIN IMMEDIATE`), so it never fails half way for another
writer's sake; threads of one process queue on a lock, which is fairer and quicker than SQLite's own waiting. How
transactions begin and end there is in `sqlite.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from threading import Lock, get_ident
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Compiled, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from sellingpartner.storage import sqlite
from sellingpartner.storage.anew import note_kept
from sellingpartner.storage.away import DatabaseAway, tell_away, telling_away
from sellingpartner.storage.glance import Attentive, Glance, Glances
from sellingpartner.storage.market_file import MarketFile
from sellingpartner.storage.memory import Memory
from sellingpartner.storage.postgresql import connect_to, take_its_time
from sellingpartner.storage.together import Joined, Together

MEMORY = "sqlite://"
"""A database that lives as long as the process that opened it."""

PATIENCE_SECONDS = 10.0
"""How long the database may take over an answer, or somebody else over a lock, until it counts as away."""

_ANY_THREAD: dict[str, object] = {"check_same_thread": False}


class Turn(IntEnum):
    """What one process at a time does on a database; PostgreSQL keeps a lock of this number for it."""

    OPENING = 0x5350_4150_4901
    WORKING = 0x5350_4150_4902
    MAKING = 0x5350_4150_4903


class DatabaseUnusable(Exception):
    """The database cannot be opened or written; the message says which and why."""


class Database:
    """An engine with the market's transaction rules on it."""

    def __init__(
        self, url: str = MEMORY, *, patience_seconds: float = PATIENCE_SECONDS, is_draft: bool = False
    ) -> None:
        self._patience_seconds = patience_seconds
        self._is_draft = is_draft
        self._file: MarketFile | None = None
        try:
            self.url = make_url(url)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            self.is_memory = self.is_sqlite and self.url.database in {None, "", ":memory:"}
            self.engine = self._sqlite() if self.is_sqlite else connect_to(self.url, patience_seconds)
            self._reading = None if self.is_sqlite else connect_to(self.url, patience_seconds, only_reads=True)
        except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as reason:
            message = (
                f"{url!r} is not a database this market can use: {reason}. Write sqlite:///market.db or "
                "postgresql+psycopg://user:password@host/name."
            )
            raise DatabaseUnusable(message) from reason
        self._idle = sqlite.Idle(self.engine)
        self._glances = self._glancing()
        self._writer = _Place(patience_seconds)
        self._together: Together | None = None

    def _sqlite(self) -> Engine:
        if self.is_memory:
            engine = create_engine(self.url, poolclass=StaticPool, connect_args=_ANY_THREAD, hide_parameters=True)
            event.listen(engine, "connect", self._prepare)
            return engine
        if not str(self.url.database).startswith("file:"):
            self._file = MarketFile(str(self.url.database))
        return self._sqlite_file()

    def _sqlite_file(self, *, only_reads: bool = False) -> Engine:
        engine = create_engine(
            self.url,
            pool_size=16,
            max_overflow=48,
            pool_timeout=self._patience_seconds,
            connect_args=_ANY_THREAD | ({"factory": Attentive} if only_reads else {}),
            hide_parameters=True,
        )
        # Not after it is gone: SQLite would make an empty one.
        event.listen(engine, "do_connect", lambda *_: self._check_file())
        event.listen(engine, "connect", self._prepare)
        if only_reads:
            event.listen(engine, "connect", lambda made, _: sqlite.only_read(made))
        return engine

    def _prepare(self, made: sqlite3.Connection, _: object) -> None:
        sqlite.prepare(made, self._patience_seconds, is_draft=self._is_draft)

    def _glancing(self) -> Glances | None:
        has_log = self._file is not None and not self._is_draft
        return Glances(self._sqlite_file(only_reads=True)) if has_log else None

    def read(self) -> AbstractContextManager[Connection]:
        """Open a read, which writes nothing; it may raise `DatabaseAway`.

        On SQLite it sees one moment; on PostgreSQL each of its statements does (as in a transaction there), and
        whoever needs one for all of them takes a `snapshot`.
        """
        if self._reading is not None:
            return self._seen(self._reading)
        together = self._together_here()
        if together is not None and together.connection is not None:
            return Joined(together.connection)
        # An in-memory database has one connection for all threads, so its readers queue with its writers.
        return _Guarded(self._writer if self.is_memory else None, sqlite.Read(self._idle))

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Open a read that sees one moment through all its statements; it may raise `DatabaseAway`."""
        return self.read() if self.is_sqlite else self._seen(self.engine, "REPEATABLE READ")

    @contextmanager
    def making(self) -> Iterator[bool]:
        """Be the only process that carries out a work; whether one is. It needs no transaction to be open for it."""
        if self.is_sqlite:
            yield True
            return
        with telling_away, self.engine.connect() as connection:
            # A lock of the session: one of a transaction would end with the server's patience for those that idle.
            connection.execution_options(isolation_level="AUTOCOMMIT")
            turn = {"turn": Turn.MAKING}
            is_ours = bool(connection.execute(text("SELECT pg_try_advisory_lock(:turn)"), turn).scalar())
            try:
                yield is_ours
            finally:
                if is_ours:
                    connection.execute(text("SELECT pg_advisory_unlock(:turn)"), turn)

    def glance(self) -> AbstractContextManager[Connection] | None:
        """A read without a transaction, if there can be one: it may end with `ReadAnew` (`glance.py`)."""
        together = self._together_here()
        is_among_writes = together is not None and together.connection is not None
        found = None if self._glances is None or is_among_writes else self._glances.open()
        return None if found is None else _Guarded(None, found)

    def write(self, turn: Turn | None = None) -> AbstractContextManager[Connection]:
        """Open a transaction that is committed as a whole, or not at all if the block raises.

        Whoever names a turn waits for it: one is let in at a time, whatever process it is in. Raises `DatabaseAway`.
        """
        if self.is_sqlite:
            together = self._together_here()
            return self._write() if together is None else together.write()
        return self._begun(turn)

    def together(self) -> Together:
        """Have this thread's writes kept by one commit, at the end of the block; on SQLite, one thread at a time."""
        return Together(self._write, self._announce)

    @property
    def memory(self) -> Memory:
        """What a unit that is opened now remembers: what the writes do that it is a part of, or nothing yet."""
        together = self._together_here()
        return Memory() if together is None or together.connection is None else together.memory

    def _write(self) -> AbstractContextManager[Connection]:
        self._check_file()
        return _Guarded(self._writer, sqlite.Write(self._idle))

    def _announce(self, together: Together | None) -> None:
        self._together = together

    def _together_here(self) -> Together | None:
        """What this thread's writes are a part of, if anything."""
        together = self._together
        return together if together is not None and together.thread == get_ident() else None

    @contextmanager
    def _seen(self, engine: Engine, isolation: IsolationLevel | None = None) -> Iterator[Connection]:
        with telling_away, engine.connect() as connection:
            if isolation is not None:
                connection.execution_options(isolation_level=isolation)
            yield connection

    @contextmanager
    def _begun(self, turn: Turn | None) -> Iterator[Connection]:
        with telling_away, self.engine.connect() as connection, connection.begin():
            if turn is Turn.OPENING:
                take_its_time(connection)
            if turn is not None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn})
            yield connection
        note_kept()

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
        with telling_away, self._writer, self.engine.connect() as connection:
            sqlite.driver_of(connection).execute("PRAGMA foreign_keys=OFF")
            try:
                sqlite.tell(connection, "BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
                    _check_references(connection)
            finally:
                sqlite.roll_back(connection)
                sqlite.driver_of(connection).execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection to SQLite in no transaction, while nobody else of this process writes."""
        with telling_away, self._writer, self.engine.connect() as connection:
            yield connection

    def check(self) -> None:
        """Raise `DatabaseUnusable`, in one clear line, if the database cannot be opened and written."""
        try:
            with self.write():
                pass
        except DatabaseAway as away:
            message = f"The database {self.url.render_as_string()} cannot be used: {away.reason.rstrip('.')}."
            raise DatabaseUnusable(message) from away

    def share_statements(self, compiled: MutableMapping[Any, Compiled]) -> Self:
        """Keep what SQLAlchemy compiles with other databases of the kind: it would do so for each, 20 ms for a day."""
        self.engine.update_execution_options(compiled_cache=compiled)
        if self._reading is not None:
            self._reading.update_execution_options(compiled_cache=compiled)
        if self._glances is not None:
            self._glances.share_statements(compiled)
        return self

    def probe(self) -> None:
        """Ask the database for a sign of life; raises `DatabaseAway`."""
        self._check_file()
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def _check_file(self) -> None:
        if self._file is not None:
            self._file.check()

    def keep_private(self) -> None:
        """Let nobody else on this machine read a market's file: it holds personal data and secrets."""
        if self._file is not None:
            self._file.keep_private()

    def close(self) -> None:
        """Close every connection; one that is in a transaction closes when it ends."""
        self._idle.close()
        if self._glances is not None:
            self._glances.close()
        if self._reading is not None:
            self._reading.dispose()
        self.engine.dispose()


class _Place:
    """The only writer's place on an SQLite database, waited for no longer than for the database itself.

    Whoever waits for it stands in the door, through which everybody comes: so who leaves the place and comes back at
    once, as a long `advance` does, finds somebody before him.
    """

    __slots__ = ("_depth", "_door", "_owner", "_patience_seconds", "_place")

    def __init__(self, patience_seconds: float) -> None:
        self._door = Lock()
        self._place = Lock()
        self._owner: int | None = None
        self._depth = 0
        self._patience_seconds = patience_seconds

    def __enter__(self) -> None:
        me = get_ident()
        if self._owner != me:
            self._wait(self._door)
            try:
                self._wait(self._place)
            finally:
                self._door.release()
            self._owner = me
        self._depth += 1

    def _wait(self, lock: Lock) -> None:
        if not lock.acquire(timeout=self._patience_seconds):
            message = f"Another writer of this process has not ended for {self._patience_seconds:g} seconds."
            raise DatabaseAway(message)

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self._place.release()


class _Guarded:
    """A transaction on SQLite, one at a time in this process if it has a place; what it ends with tells absence."""

    __slots__ = ("_place", "_transaction")

    def __init__(self, place: _Place | None, transaction: sqlite.Transaction | Glance) -> None:
        self._place = place
        self._transaction = transaction

    def __enter__(self) -> Connection:
        if self._place is not None:
            self._place.__enter__()
        try:
            return self._transaction.__enter__()
        except BaseException as failure:
            self._leave(failure)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._transaction.__exit__(kind, failure, traceback)
        except BaseException as another:
            failure = another
            raise
        finally:
            self._leave(failure)

    def _leave(self, failure: BaseException | None) -> None:
        if self._place is not None:
            self._place.__exit__()
        if failure is not None:
            tell_away(failure)


def _check_references(connection: Connection) -> None:
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        message = f"Rows of {', '.join(sorted(broken))} would refer to rows that are gone."
        raise DatabaseUnusable(message)
