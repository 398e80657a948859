"""The way that time goes when it is advanced: where to, what has happened on it, and whether it is to end early."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from threading import Event

import msgspec

from sellingpartner.market.time.worker import Done


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """How far time went, and what happened meanwhile."""

    reached: datetime
    happened: int
    kinds: dict[str, int]
    """How many due things of each kind, the most frequent first."""
    is_stopped: bool
    """Whether somebody stopped it before it was there."""


class Way:
    """One at a time is gone; anybody may ask about it, or have it end."""

    def __init__(self) -> None:
        self.to: datetime | None = None
        """Where time is going; None while nobody advances it."""
        self._happened = 0
        self._kinds: Counter[str] = Counter()
        self._is_to_stop = Event()

    @property
    def happened(self) -> int:
        """How many due things have happened on it."""
        return self._happened

    @property
    def is_to_stop(self) -> bool:
        """Whether it is to end where it is."""
        return self._is_to_stop.is_set()

    def begin(self, moment: datetime) -> None:
        """Set out."""
        self._happened, self._kinds = 0, Counter()
        self._is_to_stop.clear()
        self.to = moment

    def add(self, done: Done) -> None:
        """Count what a batch has done."""
        self._happened += done.count
        self._kinds.update(done.kinds)

    def stop(self) -> bool:
        """Have it end after the batch that is at work; whether there is a way to end."""
        if self.to is None:
            return False
        self._is_to_stop.set()
        return True

    def end(self, reached: datetime) -> Journey:
        """Be there, or as far as it came."""
        return Journey(
            reached=reached,
            happened=self._happened,
            kinds=dict(self._kinds.most_common()),
            is_stopped=self.is_to_stop,
        )
