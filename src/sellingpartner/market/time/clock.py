"""The market's one clock: live, frozen, or moved. No other module asks the operating system for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Column, Float, Integer, String, Table, bindparam, select
from sqlalchemy.engine import Connection

from sellingpartner.market.time.bounds import LATEST
from sellingpartner.storage.columns import Instant, instant_of, metadata
from sellingpartner.storage.prepared import Prepared, Question

clocks = Table(
    "clocks",
    metadata,
    Column("clock_id", Integer, primary_key=True, autoincrement=False),
    Column("mode", String(10), nullable=False),
    Column("market_at", Instant, nullable=False),
    Column("real_at", Instant, nullable=False),
    Column("speed", Float, nullable=False),
)
_THE_CLOCK = 1
_SECOND = timedelta(seconds=1)


class _Row(NamedTuple):
    mode: str
    market_at: datetime
    real_at: datetime
    speed: float


_this = clocks.c.clock_id == _THE_CLOCK
_known = Question(select(*(clocks.c[name] for name in _Row.__annotations__)).where(_this), _Row)
_set = Prepared(clocks.update().where(_this).values({name: bindparam(f"new_{name}") for name in _Row.__annotations__}))

FASTEST = 100_000.0
"""How many times as fast as the machine's clock a market's may run."""


class Mode(StrEnum):
    """Whether market time runs."""

    LIVE = "live"
    FROZEN = "frozen"


def real_now() -> datetime:
    """The operating system's time."""
    return instant_of(time.time_ns() // 1000)


Reading = tuple[Mode, datetime, datetime, float]


class Clock:
    """Market time: what the market showed at one real moment, and whether it has run since, and how fast."""

    __slots__ = ("_market_at", "_real_at", "mode", "speed")

    def __init__(self, mode: Mode = Mode.LIVE, market_at: datetime | None = None) -> None:
        self.mode = mode
        self.speed = 1.0
        """How much market time passes in a second of the machine's, while it runs."""
        self._real_at = real_now()
        self._market_at = market_at or self._real_at

    def now(self) -> datetime:
        """The present moment of the market, in UTC."""
        if self.mode is Mode.FROZEN:
            return self._market_at
        passed = real_now() - self._real_at
        if self.speed != 1.0:
            if passed / _SECOND * self.speed >= (LATEST - self._market_at) / _SECOND:  # no sum leaves the calendar
                return LATEST
            passed *= self.speed
        return self._market_at + passed

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, here or at a later moment."""
        self._set(Mode.FROZEN, at or self.now())

    def live(self, speed: float = 1.0) -> None:
        """Let the clock run on from where it stands."""
        self._set(Mode.LIVE, self.now())
        self.speed = speed

    def move_to(self, moment: datetime) -> None:
        """Go forward to a moment; the clock keeps running or standing as it did. It never goes back."""
        self._set(self.mode, max(moment, self.now()))

    def seconds_until(self, moment: datetime) -> float | None:
        """How long, in real seconds, until a moment comes; None if the clock stands before it."""
        left = (moment - self.now()) / _SECOND
        if left <= 0:
            return 0.0
        return None if self.mode is Mode.FROZEN else left / self.speed

    def reading(self) -> Reading:
        """How it is set, to be able to come back to it."""
        return self.mode, self._market_at, self._real_at, self.speed

    def set_back(self, reading: Reading) -> None:
        """Undo a change that could not be kept."""
        self.mode, self._market_at, self._real_at, self.speed = reading

    def _set(self, mode: Mode, market_at: datetime) -> None:
        self._market_at = market_at.astimezone(UTC)
        self._real_at = real_now()
        self.mode = mode

    def save(self, connection: Connection) -> None:
        """Write the clock to the database, so that the next process goes on from it."""
        self._write(connection, self._market_at, self._real_at)

    def save_reached(self, connection: Connection, moment: datetime) -> None:
        """Write that the market has come to a moment, if the clock still stands before it.

        For the transaction in which things happened at that moment: if the process dies next, time has not gone back.
        """
        if moment > self.now():
            self._write(connection, moment, real_now())

    def _write(self, connection: Connection, market_at: datetime, real_at: datetime) -> None:
        row = {"mode": self.mode.value, "market_at": market_at, "real_at": real_at, "speed": self.speed}
        if _set.run(connection, {f"new_{name}": value for name, value in row.items()}) == 0:
            connection.execute(clocks.insert().values(clock_id=_THE_CLOCK, **row))

    @classmethod
    def load(cls, connection: Connection) -> Clock | None:
        """The clock as the last process left it; a live one has run on in the meantime."""
        row = _known.first(connection, {})
        if row is None:
            return None
        clock = cls(Mode(row.mode), row.market_at)
        clock._real_at = row.real_at
        clock.speed = row.speed
        return clock
