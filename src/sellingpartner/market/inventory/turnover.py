"""How long stock at Amazon has lasted: what lay there of a SKU in the last days, by what left to buyers in them.

It is counted in whole days until a midnight (UTC), so that it is the same whenever it is asked on the day that begins
there. What was counted before need not be counted again: `Counted` is all that the next day's count needs of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import msgspec

SHORT, LONG, WEEK = 30, 90, 7
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Turnover(NamedTuple):
    """For how many days a SKU's stock has lasted at the pace of the last 30 and 90 days, and what left in a week."""

    short: Decimal | None
    """None where nothing left in those days."""
    long: Decimal | None
    units_of_week: int
    first_came_at: datetime | None
    """When units of it first came."""


class Day(NamedTuple):
    """What a day was for a SKU."""

    lying: int = 0
    """Units that lay there, times the microseconds for which they did."""
    shipped: int = 0
    """Units that left to buyers."""


class Counted(msgspec.Struct, frozen=True):
    """The movements of a SKU that have been counted, summed up."""

    until: datetime = _LONG_AGO
    """A midnight: what moved before it has been counted."""
    units: int = 0
    """How many lie there then."""
    first_came_at: datetime | None = None
    days: tuple[Day, ...] = ()
    """The last days, 90 of them at most; the latest is the last."""

    @property
    def turnover(self) -> Turnover:
        """What that comes to."""
        week = sum(day.shipped for day in self.days[-WEEK:])
        return Turnover(self._lasts(SHORT), self._lasts(LONG), week, self.first_came_at)

    def _lasts(self, days: int) -> Decimal | None:
        """For how many days the average stock of the last days would have lasted."""
        shipped = sum(day.shipped for day in self.days[-days:])
        lying = sum(day.lying for day in self.days[-days:])
        return Decimal(lying) / Decimal(shipped * (_DAY // _MICROSECOND)) if shipped > 0 else None


NOTHING = Counted()


def midnight(moment: datetime) -> datetime:
    """The midnight with which a moment's day began."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


class Counting:
    """Counts on from what has been counted to a later midnight, movement by movement, in the order of time."""

    def __init__(self, until: datetime, before: Counted = NOTHING) -> None:
        self._until, self._begins = until, until - LONG * _DAY
        self._units, self._came_at = before.units, before.first_came_at
        self._lying, self._shipped = [0] * LONG, [0] * LONG
        moved_on = (until - before.until) // _DAY
        for number, day in enumerate(before.days, LONG - moved_on - len(before.days)):
            if number >= 0:
                self._lying[number], self._shipped[number] = day
        self._since = max(before.until, self._begins)

    def add(self, moment: datetime, change: int, *, is_shipped: bool) -> None:
        """Count a movement of units that can be sold; what moved at the midnight or later is left to the next day."""
        if moment >= self._until:
            return
        if self._came_at is None and change > 0:
            self._came_at = moment
        self._lie_until(moment)
        self._units += change
        if is_shipped and moment >= self._begins:
            self._shipped[(moment - self._begins) // _DAY] -= change

    @property
    def counted(self) -> Counted:
        """What has been counted once all movements are."""
        self._lie_until(self._until)
        return Counted(self._until, self._units, self._came_at, tuple(map(Day, self._lying, self._shipped)))

    def _lie_until(self, moment: datetime) -> None:
        """Have the units that are there lie until a moment, day by day."""
        while moment > self._since:
            day = (self._since - self._begins) // _DAY
            end = min(moment, self._begins + (day + 1) * _DAY)
            self._lying[day] += self._units * ((end - self._since) // _MICROSECOND)
            self._since = end
