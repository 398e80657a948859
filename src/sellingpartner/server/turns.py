"""Calls on SQLite take turns.

The driver lets go of the interpreter at every statement, and threads that wrestle for it there cost a quarter of the
throughput (docs/performance.md); there is one writer anyway. What may take long takes no turn: the body of a request is
received before, and whoever moves the clock holds up nobody. PostgreSQL's answers take time in which others can work:
there calls run side by side.

Whoever needs another lock besides takes the turn first, or two threads may wait for each other.
"""

from __future__ import annotations

from threading import Lock

from sellingpartner.market.market import Market


class Turns:
    """One turn at a time; or, where calls run side by side, no turns at all."""

    __slots__ = ("_lock",)

    def __init__(self, lock: Lock | None = None) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        if self._lock is not None:
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.leave()

    @property
    def are_taken(self) -> bool:
        """Whether there are any."""
        return self._lock is not None

    def take_within(self, seconds: float) -> bool:
        """Take the turn if it comes so soon; False where there are none, for then a call may take its time."""
        return self._lock is not None and self._lock.acquire(timeout=seconds)

    def leave(self) -> None:
        """Give the turn back."""
        if self._lock is not None:
            self._lock.release()


def turns_on(market: Market) -> Turns:
    """What calls on this market take turns by."""
    return Turns(Lock() if market.database.is_sqlite else None)
