"""Whoever guesses at secrets, codes or tokens is let guess a hundred times a minute, and then waits for its end.

Counted is by address and client id, so that a stranger's guesses do not keep an application out. The count lives in the
process, by market time, as usage plans do. A seller's revoked grant is no guess: an application that has many of them
is not held up for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from sellingpartner.server.gateway.throttle import Limits

MOST = 100
_WINDOW = timedelta(minutes=1)
_LONGEST_NAME = 100
_SWEEP_AT = 10_000


class Failures:
    """How often whom a token was refused, within the minute."""

    def __init__(self, limits: Limits) -> None:
        self._most = {Limits.REAL: MOST, Limits.TIMES_TEN: 10 * MOST, Limits.OFF: None}[limits]
        self._counts: dict[tuple[str, str], tuple[int, datetime]] = {}
        self._lock = Lock()

    def wait(self, address: str, client_id: str, now: datetime) -> timedelta | None:
        """How long this client must wait at this address before it is heard again; None if it need not."""
        if self._most is None:
            return None
        with self._lock:
            count, ends = self._counts.get(_key(address, client_id), (0, now))
        return ends - now if count >= self._most and now < ends else None

    def count(self, address: str, client_id: str, now: datetime) -> None:
        """Count one more failure."""
        if self._most is None:
            return
        key = _key(address, client_id)
        with self._lock:
            count, ends = self._counts.get(key, (0, now))
            self._counts[key] = (1, now + _WINDOW) if now >= ends else (count + 1, ends)
            if len(self._counts) > _SWEEP_AT:
                self._sweep(now)

    def _sweep(self, now: datetime) -> None:
        """Forget minutes that are over; if that is not enough, all: memory is bounded, whoever invents client ids."""
        self._counts = {key: (count, ends) for key, (count, ends) in self._counts.items() if now < ends}
        if len(self._counts) > _SWEEP_AT // 2:
            self._counts.clear()


def _key(address: str, client_id: str) -> tuple[str, str]:
    return address, client_id[:_LONGEST_NAME]
