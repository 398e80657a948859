"""The way that time goes when it is advanced: where to, what has happened on it, and whether it is to end early."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from threading import Event

import msgspec

from sellingpartner.market.time.stops import StopAt, Stopped, stopped_by
from sellingpartner.market.time.worker import Done
from sellingpartner.storage.events import events
from sellingpartner.storage.unit import UnitOfWork


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """How far time went, and what happened meanwhile."""

    reached: datetime
    happened: int
    kinds: dict[str, int]
    """How many due things of each kind, the most frequent first."""
    is_stopped: bool
    """Whether somebody stopped it before it was there."""
    stopped_by: Stopped | None = None
    """The thing at which it was to stop, if that happened."""


class Way:
    """One at a time is gone; anybody may ask about it, or have it end."""

    def __init__(self) -> None:
        self.to: datetime | None = None
        """Where time is going; None while nobody advances it."""
        self._happened = 0
        self._kinds: Counter[str] = Counter()
        self._is_to_stop = Event()
        self.until: StopAt | None = None
        """What it is to stop at; None where it is to go on, and once it has happened."""
        self._stopped_by: Stopped | None = None

    @property
    def happened(self) -> int:
        """How many due things have happened on it."""
        return self._happened

    @property
    def is_to_stop(self) -> bool:
        """Whether it is to end where it is."""
        return self._is_to_stop.is_set()

    def begin(self, moment: datetime, until: StopAt | None = None) -> None:
        """Set out."""
        self._happened, self._kinds = 0, Counter()
        self.until, self._stopped_by = until, None
        self._is_to_stop.clear()
        self.to = moment

    def add(self, done: Done) -> None:
        """Count what a batch has done."""
        self._happened += done.count
        self._kinds.update(done.kinds)
        if done.stopped_by is not None:
            self.until, self._stopped_by = None, done.stopped_by

    def see(self, unit: UnitOfWork) -> None:
        """Look at what a call makes happen meanwhile: that may be what time is to stop at, too."""
        until = self.until
        if until is not None and (found := stopped_by(until, unit.rows_staged(events))) is not None:
            self.until, self._stopped_by = None, found

    @property
    def has_come(self) -> bool:
        """Whether it is where it was to stop."""
        return self._stopped_by is not None

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
            stopped_by=self._stopped_by,
        )
