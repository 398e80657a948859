"""Several writes of one thread on SQLite, kept by one commit; each may be refused by itself.

A commit writes every page that was changed, and most of the pages that one order changes are those that the next one
changes too: counters, the ends of tables and of their indexes. So several writes cost less together than one by one.
Each has a savepoint, but for the first, before which there is nothing to go back to.

    with database.together() as together:
        ...  # every `database.write()` of this thread is a part of it, every `database.read()` sees what they wrote

Whoever was told that a write was done before the block has ended was told too soon.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import get_ident
from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from sellingpartner.storage.away import DatabaseAway, tell_away
from sellingpartner.storage.memory import Memory
from sellingpartner.storage.sqlite import driver_of, note_undone, tell

_SAVEPOINT = "SAVEPOINT write"
_UNDO = "ROLLBACK TO write"
_RELEASE = "RELEASE write"


class Together:
    """The writes of the thread that made it, until it is ended."""

    def __init__(
        self,
        begun: Callable[[], AbstractContextManager[Connection]],
        announce: Callable[[Together | None], None],
    ) -> None:
        self._begun = begun
        self._announce = announce
        self._transaction: AbstractContextManager[Connection] | None = None
        self.thread = get_ident()
        self.connection: Connection | None = None
        """What they are written on; None as long as nothing is."""
        self.memory = Memory()
        """What they remember: they are one transaction, so what one of them has read the next need not read again."""
        self.done = 0
        """How many have ended well."""
        self.lost: DatabaseAway | None = None
        """Why nothing of them is kept, where the database has given the transaction up."""

    def __enter__(self) -> Self:
        """From here on this thread's writes are parts of it."""
        self._announce(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit what was written; raises `DatabaseAway` if nothing of it is kept."""
        self._announce(None)
        transaction, self._transaction, self.connection = self._transaction, None, None
        if self.lost is not None:
            kind, failure = type(self.lost), self.lost
        if transaction is not None:
            transaction.__exit__(kind, failure, traceback)
        if self.lost is not None:
            raise self.lost

    def write(self) -> AbstractContextManager[Connection]:
        """One more write."""
        return _Part(self) if self.connection is not None else _First(self)

    def begin(self) -> Connection:
        """Begin the transaction."""
        transaction = self._begun()
        self.connection = transaction.__enter__()
        self._transaction = transaction
        return self.connection

    def begin_anew(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Undo all that was written, which is what has just failed; whoever writes next begins."""
        self.memory.forget_all()
        transaction, self._transaction, self.connection = self._transaction, None, None
        if transaction is not None:
            transaction.__exit__(kind, failure, traceback)


class _First:
    """The write that begins the transaction."""

    __slots__ = ("_together",)

    def __init__(self, together: Together) -> None:
        self._together = together

    def __enter__(self) -> Connection:
        return self._together.begin()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self._together.done += 1
        else:
            self._together.begin_anew(kind, failure, traceback)


class _Part:
    """A later write."""

    __slots__ = ("_connection", "_together")

    def __init__(self, together: Together) -> None:
        assert together.connection is not None  # noqa: S101 - it is a later one
        self._connection = together.connection
        self._together = together

    def __enter__(self) -> Connection:
        if self._together.lost is not None:
            raise self._together.lost
        tell(self._connection, _SAVEPOINT)
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            tell(self._connection, _RELEASE)
            self._together.done += 1
            return
        self._undo()
        if failure is not None:
            tell_away(failure)

    def _undo(self) -> None:
        """Undo this write alone; where SQLite has undone all of them, say so."""
        self._together.memory.forget_all()
        connection = self._connection
        try:
            if not connection.invalidated and driver_of(connection).in_transaction:
                tell(connection, _UNDO)
                note_undone(connection)
                tell(connection, _RELEASE)
                return
        except (SQLAlchemyError, sqlite3.Error):
            pass
        self._together.lost = DatabaseAway("The database gave up a transaction of several writes.")


class Joined:
    """A read among writes that are kept together: it sees them, and ends nothing."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Connection:
        """Nothing is begun."""
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing is ended; what failed tells absence."""
        if failure is not None:
            tell_away(failure)
