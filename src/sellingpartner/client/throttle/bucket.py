"""One usage plan, as seen from the caller's end: whose turn it is, and how long until the next.

The service keeps a bucket of `burst` tokens that fills at `rate` a second, and refuses a call that finds it empty.
This is its mirror, kept so that calls arrive when there is a token:

- Calls stand in a queue, higher priority first and then first come, first served. Each asks when its turn comes,
  sleeps that long, and asks again. Nobody has to be woken, so nobody can be forgotten; a place in the queue lapses
  when its holder does not come back, so a process that dies holds up nobody.
- The mirror sees a call leave and the service sees it arrive. What lies between is never the same twice, so the mirror
  keeps back one token (half of what is above the first, in a small bucket). A bucket of one has nothing to keep back:
  there the token counts as taken when the answer is in.
- A success names the rate, and it is believed. A 429 says that the bucket is empty, whatever the mirror thinks, and it
  is set to empty. If a token that came in after that was not there either, the pace gets a `cap`, which goes down with
  every such refusal and up again with every success: others may drink from the same bucket, or the rate that was named
  is too high.

Pure: `now` comes from the caller, in seconds, and may stand still or go backwards.
"""

from __future__ import annotations

from math import isfinite

import msgspec

LEASE = 15.0
"""Seconds after its time that a sleeper's place in the queue is kept."""
PATIENCE = 5.0
"""Nobody sleeps longer than this without looking again: rates are learned, and those in front may leave."""
_DOWN = 0.7
_UP = 1.05
_LEAST = 0.05
"""The part of a published rate below which no cap goes."""
_MEMORY = 60.0
"""Seconds that a 429 is remembered, or twenty tokens' time if that is longer."""
_UNPLANNED = 1.0
"""The rate to fall back to where none is published."""
_SHORTEST = 0.001
"""Nobody sleeps shorter than this: clocks may not tell less."""
_TINY = 1e-9


class Place(msgspec.Struct, array_like=True):
    """Somebody in the queue."""

    priority: int
    ticket: int
    lapses_at: float


class Bucket(msgspec.Struct):
    """The state of one usage plan; it can be stored and read back."""

    rate: float | None
    """Tokens a second; None while nobody knows."""
    burst: float
    level: float
    updated_at: float
    planned: float = _UNPLANNED
    """The published rate."""
    cap: float | None = None
    refused_at: float | None = None
    next_ticket: int = 1
    queue: list[Place] = msgspec.field(default_factory=list)

    @classmethod
    def full(cls, rate: float | None, burst: float, now: float) -> Bucket:
        """A bucket nobody has used."""
        made = cls(rate=rate, burst=max(burst, 1.0), level=0.0, updated_at=now, planned=rate or _UNPLANNED)
        made.level = made.capacity
        return made

    @property
    def capacity(self) -> float:
        """How much the mirror lets itself hold."""
        return self.burst - min(1.0, (self.burst - 1.0) / 2)

    @property
    def pace(self) -> float | None:
        """Tokens a second that may be counted on."""
        return self.rate if self.rate is None or self.cap is None else min(self.rate, self.cap)

    def join(self, priority: int, now: float) -> int:
        """Stand in the queue; the ticket is needed to ask and to leave."""
        ticket = self.next_ticket
        self.next_ticket += 1
        self._stand(Place(priority, ticket, now + LEASE))
        return ticket

    def ask(self, ticket: int, priority: int, now: float) -> float:
        """Take a token if it is this one's turn, which leaves the queue: 0.0. Else how long it will take."""
        self._fill(now)
        self._drop_lapsed(now)
        if self.pace is None:
            self.leave(ticket)
            return 0.0
        position = next((at for at, place in enumerate(self.queue) if place.ticket == ticket), None)
        if position is None:  # it came back too late and stands where it belongs
            position = self._stand(Place(priority, ticket, now + LEASE))
        if position == 0 and self.level >= 1.0 - _TINY:
            self.level -= 1.0
            del self.queue[0]
            return 0.0
        wait = max((position + 1.0 - self.level) / self.pace, _SHORTEST)
        self.queue[position].lapses_at = now + min(wait, PATIENCE) + LEASE
        return wait

    def leave(self, ticket: int) -> None:
        """Give up waiting; nothing happens if it does not wait."""
        self.queue = [place for place in self.queue if place.ticket != ticket]

    def answered(self, now: float, rate: float | None) -> None:
        """A call was let through, and the answer may have named the rate."""
        self._fill(now)
        if rate is not None and isfinite(rate) and rate > 0:
            self.rate = rate
        if self.cap is not None:
            self.cap *= _UP
            self.cap = None if self.rate is None or self.cap >= self.rate else self.cap
        if self.burst == 1.0:
            self.level = min(self.level, 0.0)

    def refused(self, now: float) -> float:
        """A call met an empty bucket; how long until there is a token again."""
        self._fill(now)
        self.level = min(self.level, 0.0)
        if self.pace is None:
            return 0.0
        since = None if self.refused_at is None else now - self.refused_at
        if since is None or since > max(_MEMORY, 20 / self.pace):
            self.refused_at = now
        elif since * self.pace >= 1.0 / 2:  # else it left before the mirror was set right
            self.refused_at = now
            self.cap = max(min(self.pace, self.planned) * _DOWN, self.planned * _LEAST)
        return 1.0 / self.pace

    def _fill(self, now: float) -> None:
        if self.pace is not None and now > self.updated_at:
            self.level = min(self.capacity, self.level + (now - self.updated_at) * self.pace)
        self.updated_at = now

    def _stand(self, place: Place) -> int:
        key = (-place.priority, place.ticket)
        at = next((i for i, other in enumerate(self.queue) if (-other.priority, other.ticket) > key), len(self.queue))
        self.queue.insert(at, place)
        return at

    def _drop_lapsed(self, now: float) -> None:
        if any(place.lapses_at < now for place in self.queue):
            self.queue = [place for place in self.queue if place.lapses_at >= now]
