"""Usage plans: a token bucket for each application, seller and operation, refilled by market time.

Buckets live in the process: they are a promise about load, not about data, and start full. Because they follow the
market's clock, a test that froze it meets the limit exactly, and passes it by advancing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from threading import Lock
from typing import NamedTuple

from sellingpartner.contract.errors import QuotaExceeded
from sellingpartner.contract.operation import Operation, Rate
from sellingpartner.market.accounts.model import Caller

UNDOCUMENTED = Rate(1.0, burst=5)
"""Assumed: an operation whose usage plan Amazon does not state gets one call a second and a burst of five."""

_SWEEP_AT = 100_000
_ONE = 1 - 1e-9
"""A token, less what adding fractions up may lose: ten tenths are one."""


class Limits(StrEnum):
    """How the usage plans are kept: as Amazon's, not at all, or ten times as generous."""

    REAL = "real"
    OFF = "off"
    TIMES_TEN = "x10"


class Standing(NamedTuple):
    """How full a bucket is."""

    application_id: str
    seller_id: str
    operation: Operation
    left: float
    rate: Rate

    @property
    def full_in_seconds(self) -> float:
        """How long until it is full again, in market time, if nobody calls."""
        return (self.rate.burst - self.left) / self.rate.per_second


class Throttle:
    """The buckets of one process."""

    def __init__(self, limits: Limits = Limits.REAL) -> None:
        self.limits = limits
        self._factor = 10 if limits is Limits.TIMES_TEN else 1
        self._buckets: dict[tuple[str, str, str], tuple[float, datetime]] = {}
        self._operations: dict[str, Operation] = {}
        self._lock = Lock()

    def rate_of(self, operation: Operation) -> Rate:
        """The plan that holds for an operation here."""
        rate = operation.rate or UNDOCUMENTED
        return rate if self._factor == 1 else Rate(rate.per_second * self._factor, rate.burst * self._factor)

    def spend(self, operation: Operation, caller: Caller, now: datetime) -> float | None:
        """Take one token; returns how much is left, None without limits. Raises `QuotaExceeded` if there is none."""
        if self.limits is Limits.OFF:
            return None
        rate = self.rate_of(operation)
        key = (caller.application_id, caller.seller_id, operation.key)
        self._operations[operation.key] = operation
        with self._lock:
            left, at = self._buckets.get(key, (float(rate.burst), now))
            now = max(now, at)  # another thread may have read the clock later and come here sooner
            left = min(float(rate.burst), left + (now - at).total_seconds() * rate.per_second)
            if left < _ONE:
                self._buckets[key] = (left, now)
                wait = (1 - left) / rate.per_second
                raise QuotaExceeded().because(
                    f"The bucket of {operation.name} (rate {rate.per_second}/s, burst {rate.burst}) is empty; "
                    f"the next token comes in {wait:.1f} s of market time."
                )
            left = max(0.0, left - 1)
            self._buckets[key] = (left, now)
            if len(self._buckets) > _SWEEP_AT:
                self._buckets.clear()  # whoever was waiting gets a full bucket: memory is bounded, nobody is harmed
        return left

    def clear(self) -> None:
        """Fill every bucket: the market is another one."""
        with self._lock:
            self._buckets.clear()

    def standings(self, now: datetime) -> list[Standing]:
        """Every bucket that is not full, the nearest to empty first."""
        with self._lock:
            buckets = list(self._buckets.items())
        found = []
        for (application_id, seller_id, key), (left, at) in buckets:
            operation = self._operations[key]
            rate = self.rate_of(operation)
            refilled = left + max(0.0, (now - at).total_seconds()) * rate.per_second
            if refilled < rate.burst * _ONE:
                found.append(Standing(application_id, seller_id, operation, refilled, rate))
        return sorted(found, key=lambda one: one.left / one.rate.burst)
