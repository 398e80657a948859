"""A database that is away, told from a defect of ours.

Whatever leaves a transaction because the database cannot be used at the moment (it is gone, silent, locked, full,
read-only or broken) leaves it as `DatabaseAway`, an error of the API like any other: whoever answers a call
answers 503 without knowing of databases. A statement that is wrong stays what the driver made of it: a defect.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from sellingpartner.contract.errors import ServiceUnavailable

_FAILURES = (DBAPIError, NoConnection, sqlite3.Error)

_MESSAGE = "The market cannot use its database at the moment; try again."
_LONGEST = 300

_SET_BACK = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a transaction that it ended for another one's sake: serialization failure, deadlock."""

# PostgreSQL's codes, whole or by their class: connections, transactions set back, resources, locks, intervention,
# system and internal errors; a server that only reads, and one that ended a session for its timeouts; a login or a
# database that are no more.
_SQLSTATES = ("08", "40", "53", "55P03", "57", "58", "XX", "25006", "25P03", "25P04", "28", "3D000")

_SQLITE_CODES = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class DatabaseAway(ServiceUnavailable):
    """The database cannot be used at the moment; the request log says why, and strangers are not told."""

    def __init__(self, reason: str, *, was_set_back: bool = False) -> None:
        super().__init__(_MESSAGE)
        self.reason = " ".join(reason.split())[:_LONGEST]
        self.was_set_back = was_set_back
        """Whether a transaction was ended for another one's sake: it may be tried again, from its beginning."""


def away(failure: Exception) -> DatabaseAway | None:
    """What a failure says of the database; None if it is a defect."""
    if isinstance(failure, NoConnection):
        return DatabaseAway("No connection to the database came free in time.")
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    if not _is_away(failure, cause):
        return None
    return DatabaseAway(str(cause), was_set_back=getattr(cause, "sqlstate", None) in _SET_BACK)


def _is_away(failure: Exception, cause: BaseException | None) -> bool:
    if isinstance(failure, DBAPIError) and failure.connection_invalidated:
        return True
    sqlstate = getattr(cause, "sqlstate", None)
    if sqlstate is not None:
        return str(sqlstate).startswith(_SQLSTATES)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_CODES
    # A connection that broke, or was never made, has no code.
    return isinstance(failure, (OperationalError, InterfaceError, sqlite3.OperationalError))


def tell_away(failure: BaseException) -> None:
    """Raise `DatabaseAway` from a failure that says so; return if it is a defect, or none of a database at all."""
    if isinstance(failure, _FAILURES):
        found = away(failure)
        if found is not None:
            raise found from failure


class _Telling:
    """A block that is left by `DatabaseAway` wherever the database, and no defect, ended it."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> None:
        if failure is not None:
            tell_away(failure)


telling_away = _Telling()
