"""Grants in an encrypted SQLite file, for all processes of one machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from sellingpartner.client._shared_file import SharedFile
from sellingpartner.client.vault._sealed import SealedGrants
from sellingpartner.client.vault.keys import Keyring

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS grants (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS used_states (name TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID",
)


class SQLiteGrants(SealedGrants):
    """A `GrantStore` in a file that its owner alone may read, and that the keyring alone opens.

    Unlike a file of access tokens, which can be made again, it is written to the disk before a call returns.
    """

    def __init__(self, path: str | Path, keyring: Keyring, clock: Callable[[], float] = time.time) -> None:
        self._path = Path(path)
        self._file = SharedFile(path, *_SCHEMA, durable=True)
        super().__init__(_FileRows(self._file), keyring, clock)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()

    def __repr__(self) -> str:
        return f"SQLiteGrants({self._path})"


class _FileRows:
    def __init__(self, file: SharedFile) -> None:
        self._file = file

    def read(self, name: str) -> str | None:
        row = self._file.row("SELECT text FROM grants WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def all(self) -> list[tuple[str, str]]:
        return msgspec.convert(self._file.rows("SELECT name, text FROM grants ORDER BY name"), list[tuple[str, str]])

    def add(self, name: str, text: str) -> bool:
        return self._changes("INSERT INTO grants (name, text) VALUES (?, ?) ON CONFLICT DO NOTHING", name, text)

    def swap(self, name: str, old: str, new: str) -> bool:
        return self._changes("UPDATE grants SET text = ? WHERE name = ? AND text = ?", new, name, old)

    def remove(self, name: str) -> bool:
        return self._changes("DELETE FROM grants WHERE name = ?", name)

    def mark(self, name: str, until: float, now: float) -> bool:
        with self._file.alone() as connection:
            connection.execute("DELETE FROM used_states WHERE until <= ?", (now,))
            marked = connection.execute("INSERT INTO used_states VALUES (?, ?) ON CONFLICT DO NOTHING", (name, until))
            return marked.rowcount == 1

    def _changes(self, statement: str, *values: str) -> bool:
        with self._file.alone() as connection:
            return connection.execute(statement, values).rowcount == 1
