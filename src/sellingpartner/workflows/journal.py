"""What a fulfillment was about to do, kept through a crash: the API does not tell of everything.

A package is `begun` before anything leaves, `handed` once its tracking number is known, `confirmed` once the API has
it.
One process at a time: the file is held for as long as it is open, and let go of by whatever ends the process.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

BEGUN, HANDED, CONFIRMED = "begun", "handed", "confirmed"
UNTOLD, TELLING, TOLD = "", "telling", "told"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS packages (
    order_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    units TEXT NOT NULL,
    known TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    carrier_code TEXT NOT NULL DEFAULT '',
    carrier_name TEXT,
    method TEXT,
    tracking_number TEXT NOT NULL DEFAULT '',
    shipment_id TEXT,
    told TEXT NOT NULL DEFAULT '',
    is_done INTEGER NOT NULL DEFAULT 0,
    seen TEXT NOT NULL DEFAULT '',
    is_arrived INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, reference)
)
"""
_ADDED = {"seen": "TEXT NOT NULL DEFAULT ''", "is_arrived": "INTEGER NOT NULL DEFAULT 0"}
"""Columns that a journal of an older version lacks."""


class JournalBusy(Exception):
    """Another process works with this journal."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A package of an order, as far as it came."""

    order_id: str
    reference: str
    state: str
    units: dict[str, int]
    known: tuple[str, ...]
    """The packages that the order had when this one was begun."""
    begun_at: datetime
    carrier_code: str = ""
    carrier_name: str | None = None
    method: str | None = None
    tracking_number: str = ""
    shipment_id: str | None = None
    """A bought label's shipment."""
    told: str = UNTOLD
    seen: str = ""
    """Where the package was when it was looked at last."""


class Journal:
    """The packages that a fulfillment began; in a file, or in memory for one run alone."""

    def __init__(self, path: Path | str | None = None) -> None:
        self._name = ":memory:" if path is None else str(path)
        self._connection = sqlite3.connect(self._name, timeout=0, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute(_SCHEMA)
            self._add_columns()
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as reason:
            self._connection.close()
            if "locked" not in str(reason):
                raise
            message = f"Another process works with the journal {self._name}; let it end, or name another journal."
            raise JournalBusy(message) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def begin(self, order_id: str, reference: str, units: dict[str, int], known: tuple[str, ...]) -> None:
        """Say that this package is about to leave."""
        values = (order_id, reference, BEGUN, _text(units), _text(known), datetime.now(UTC).isoformat())
        self._connection.execute(
            "INSERT OR REPLACE INTO packages (order_id, reference, state, units, known, begun_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )

    def forget(self, order_id: str, reference: str) -> None:
        """Say that this package did not leave after all."""
        self._connection.execute("DELETE FROM packages WHERE order_id = ? AND reference = ?", (order_id, reference))

    def note(self, order_id: str, reference: str, **values: str | int | None) -> None:
        """Write down what is known of a package: columns by name."""
        names = ", ".join(f"{name} = ?" for name in values)
        known = (*values.values(), order_id, reference)
        self._connection.execute(f"UPDATE packages SET {names} WHERE order_id = ? AND reference = ?", known)  # noqa: S608 - names of our own

    def open_entries(self) -> list[Entry]:
        """The packages that were begun and are not done, the oldest first."""
        rows = self._connection.execute("SELECT * FROM packages WHERE is_done = 0 ORDER BY begun_at, order_id")
        return [_entry(row) for row in rows]

    def open_entry(self, order_id: str) -> Entry | None:
        """The package of an order that was begun and is not done."""
        rows = self._connection.execute(
            "SELECT * FROM packages WHERE order_id = ? AND is_done = 0 ORDER BY begun_at LIMIT 1", (order_id,)
        )
        return next(map(_entry, rows), None)

    def under_way(self) -> list[Entry]:
        """The packages that have left and, as far as is known, not arrived; the oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM packages WHERE is_done = 1 AND is_arrived = 0 AND state = ? ORDER BY begun_at, order_id",
            (CONFIRMED,),
        )
        return [_entry(row) for row in rows]

    def _add_columns(self) -> None:
        there = {row["name"] for row in self._connection.execute("PRAGMA table_info(packages)")}
        for name, kind in _ADDED.items():
            if name not in there:
                self._connection.execute(f"ALTER TABLE packages ADD COLUMN {name} {kind}")

    def entries_of(self, order_id: str) -> list[Entry]:
        """The packages of an order that were begun here, done or not."""
        rows = self._connection.execute("SELECT * FROM packages WHERE order_id = ? ORDER BY begun_at", (order_id,))
        return [_entry(row) for row in rows]


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        order_id=row["order_id"],
        reference=row["reference"],
        state=row["state"],
        units=msgspec.json.decode(row["units"], type=dict[str, int]),
        known=msgspec.json.decode(row["known"], type=tuple[str, ...]),
        begun_at=datetime.fromisoformat(row["begun_at"]),
        carrier_code=row["carrier_code"],
        carrier_name=row["carrier_name"],
        method=row["method"],
        tracking_number=row["tracking_number"],
        shipment_id=row["shipment_id"],
        told=row["told"],
        seen=row["seen"],
    )
