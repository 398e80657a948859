"""A small SQLite file that threads and processes change one at a time; it is never torn, and lost only if it may be."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sellingpartner.contract.errors import StoreFailed

_BUSY_SECONDS = 30.0
_OWNER_ONLY = 0o600


class SharedFile:
    """One connection, used by one thread at a time; it is opened when first needed, and anew after a fork."""

    def __init__(self, path: str | Path, *schema: str, durable: bool = False) -> None:
        self._path = Path(path)
        self._schema = schema
        self._durable = durable  # else the disk is not waited for: what was written last may be lost with the power
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other thread or process runs beside."""
        with self._lock, self._named():
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # a full disk may have ended it
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def row(self, query: str, parameters: tuple[object, ...]) -> tuple[object, ...] | None:
        """One row, read without holding anybody up."""
        with self._lock, self._named():
            found: tuple[object, ...] | None = self._open().execute(query, parameters).fetchone()
            return found

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """All rows, read without holding anybody up."""
        with self._lock, self._named():
            return self._open().execute(query).fetchall()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say which file it is that fails."""
        try:
            yield
        except sqlite3.Error as failure:
            message = f"{self._path} cannot be used: {failure}."
            raise StoreFailed(message) from failure

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, _OWNER_ONLY))  # SQLite's side files take its mode
            connection = sqlite3.connect(
                self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA synchronous={'FULL' if self._durable else 'OFF'}")
            for statement in self._schema:
                connection.execute(statement)
            self._connection, self._process = connection, os.getpid()
        return self._connection
