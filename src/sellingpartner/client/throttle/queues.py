"""Keeps calls under Amazon's usage plans: one queue for each application, seller and operation.

`MemoryThrottle` serves the threads and tasks of a process, `SQLiteThrottle` all processes that open one file. Write a
`Throttle` of your own for what is shared more widely.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

import msgspec

from sellingpartner.client._shared_file import SharedFile
from sellingpartner.client.throttle.bucket import Bucket
from sellingpartner.contract.operation import Rate

Result = TypeVar("Result")

_SLOWEST, _FASTEST = 1 / 86400, 1000.0
"""Amazon's published plans lie between one call in three minutes and 80 a second."""


class Throttle(Protocol):
    """Whose turn it is. `key` names a usage plan; `limit` is what the contract says of it."""

    def enter(self, key: str, limit: Rate | None, priority: int) -> tuple[int, float]:
        """Stand in the queue: a ticket, and how long to wait. At 0.0 the token is taken."""
        ...

    def ask(self, key: str, limit: Rate | None, ticket: int, priority: int) -> float:
        """Ask again after waiting: how much longer. At 0.0 the token is taken."""
        ...

    def leave(self, key: str, ticket: int) -> None:
        """Give up waiting."""
        ...

    def answered(self, key: str, rate: float | None) -> None:
        """A call was let through; `rate` is the one that its answer named, if it did."""
        ...

    def refused(self, key: str) -> float | None:
        """A call met an empty bucket: when there is a token again, or None if nobody knows."""
        ...


class MemoryThrottle:
    """For the threads and tasks of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[str, Bucket] = {}

    def enter(self, key: str, limit: Rate | None, priority: int) -> tuple[int, float]:
        """See `Throttle`."""
        with self._lock:
            bucket, now = self._bucket(key, limit), self._clock()
            ticket = bucket.join(priority, now)
            return ticket, bucket.ask(ticket, priority, now)

    def ask(self, key: str, limit: Rate | None, ticket: int, priority: int) -> float:
        """See `Throttle`."""
        with self._lock:
            return self._bucket(key, limit).ask(ticket, priority, self._clock())

    def leave(self, key: str, ticket: int) -> None:
        """See `Throttle`."""
        with self._lock:
            if key in self._buckets:
                self._buckets[key].leave(ticket)

    def answered(self, key: str, rate: float | None) -> None:
        """See `Throttle`."""
        with self._lock:
            if key in self._buckets:
                self._buckets[key].answered(self._clock(), rate)

    def refused(self, key: str) -> float | None:
        """See `Throttle`."""
        with self._lock:
            return self._buckets[key].refused(self._clock()) or None if key in self._buckets else None

    def _bucket(self, key: str, limit: Rate | None) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = full(limit, self._clock())
        return bucket


class SQLiteThrottle:
    """For all processes that open one file, on one machine."""

    def __init__(self, path: str | Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._file = SharedFile(
            path, "CREATE TABLE IF NOT EXISTS buckets (key TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID"
        )

    def enter(self, key: str, limit: Rate | None, priority: int) -> tuple[int, float]:
        """See `Throttle`."""

        def change(bucket: Bucket, now: float) -> tuple[int, float]:
            ticket = bucket.join(priority, now)
            return ticket, bucket.ask(ticket, priority, now)

        return self._change(key, limit, change)

    def ask(self, key: str, limit: Rate | None, ticket: int, priority: int) -> float:
        """See `Throttle`."""
        return self._change(key, limit, lambda bucket, now: bucket.ask(ticket, priority, now))

    def leave(self, key: str, ticket: int) -> None:
        """See `Throttle`."""
        self._change(key, None, lambda bucket, _: bucket.leave(ticket))

    def answered(self, key: str, rate: float | None) -> None:
        """See `Throttle`."""
        self._change(key, None, lambda bucket, now: bucket.answered(now, rate))

    def refused(self, key: str) -> float | None:
        """See `Throttle`."""
        return self._change(key, None, lambda bucket, now: bucket.refused(now)) or None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _change(self, key: str, limit: Rate | None, change: Callable[[Bucket, float], Result]) -> Result:
        with self._file.alone() as connection:
            now = self._clock()
            row = connection.execute("SELECT state FROM buckets WHERE key = ?", (key,)).fetchone()
            bucket = full(limit, now) if row is None else _read(row[0]) or full(limit, now)
            result = change(bucket, now)
            connection.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?)", (key, msgspec.json.encode(bucket)))
            return result


class Unthrottled:
    """Lets every call go at once; a 429 is then met by pauses alone."""

    def enter(self, key: str, limit: Rate | None, priority: int) -> tuple[int, float]:  # noqa: ARG002 - a Throttle's
        """See `Throttle`."""
        return 0, 0.0

    def ask(self, key: str, limit: Rate | None, ticket: int, priority: int) -> float:  # noqa: ARG002 - a Throttle's
        """See `Throttle`."""
        return 0.0

    def leave(self, key: str, ticket: int) -> None:
        """See `Throttle`."""

    def answered(self, key: str, rate: float | None) -> None:
        """See `Throttle`."""

    def refused(self, key: str) -> float | None:  # noqa: ARG002 - a Throttle's
        """See `Throttle`."""
        return None


def _read(state: bytes) -> Bucket | None:
    """A bucket as it was kept; None for what another version kept, or what was damaged."""
    try:
        return msgspec.json.decode(state, type=Bucket)
    except ValueError:
        return None


def full(limit: Rate | None, now: float) -> Bucket:
    """A bucket that nobody has used.

    Assumed: where Amazon publishes no usage plan, the client begins with a bucket of one token.
    """
    return Bucket.full(limit.per_second, limit.burst, now) if limit else Bucket.full(None, 1.0, now)


def rate_named(headers: dict[str, str]) -> float | None:
    """The rate that an answer names, if it can be read and believed: one a day to a thousand a second."""
    with suppress(KeyError, ValueError):
        rate = float(headers["x-amzn-ratelimit-limit"])
        return rate if _SLOWEST <= rate <= _FASTEST else None
    return None
