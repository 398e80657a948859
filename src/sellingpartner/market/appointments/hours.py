"""When a resource works: records of its schedule, and the times that each of them stands for.

A record is one range, or a range of the day that comes again on some days. What comes again does so by the clock on the
wall of the store: nine o'clock stays nine o'clock when the clocks are changed, so the time in UTC moves by an hour. A
time that a change of clocks leaves out is the one an hour later; of an hour that comes twice, the first is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

_DAY = timedelta(days=1)


class Day(StrEnum):
    """A day of the week."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"


_WEEK = list(Day)


class Recurrence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """On which days a range comes again, and until when; every day, if no days are said."""

    ends_at: datetime
    days_of_week: tuple[Day, ...] = ()
    days_of_month: tuple[int, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether it comes on a day."""
        if not self.days_of_week and not self.days_of_month:
            return True
        return _WEEK[day.weekday()] in self.days_of_week or day.day in self.days_of_month


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That so many can be had from one time to another, once or again and again."""

    starts_at: datetime
    ends_at: datetime
    recurrence: Recurrence | None = None
    capacity: int = 1

    @property
    def last_at(self) -> datetime:
        """A time after which it says nothing."""
        if self.recurrence is None:
            return self.ends_at
        return max(self.recurrence.ends_at, self.starts_at) + (self.ends_at - self.starts_at) + _DAY


class Range(NamedTuple):
    """From one moment to another, the second one excluded."""

    starts_at: datetime
    ends_at: datetime


def on_the_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks of a zone first show a time of a day, or would if it were not left out."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def ranges_of(record: Record, zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Range]:
    """The ranges of a record that touch a time, one after the other, in UTC."""
    if record.recurrence is None:
        if record.starts_at < end and record.ends_at > begin:
            yield Range(record.starts_at, record.ends_at)
        return
    again = record.recurrence
    opens, closes = record.starts_at.astimezone(zone), record.ends_at.astimezone(zone)
    nights = closes.date() - opens.date()
    day = max(opens.date(), begin.astimezone(zone).date() - nights - _DAY)
    last = min(again.ends_at.astimezone(zone).date(), end.astimezone(zone).date())
    while day <= last:
        if again.holds(day):
            found = Range(on_the_wall(day, opens.time(), zone), on_the_wall(day + nights, closes.time(), zone))
            if found.starts_at <= again.ends_at and found.starts_at < end and begin < found.ends_at > found.starts_at:
                yield found
        day += _DAY


def is_within(inner: Record, outer: Record, zone: ZoneInfo) -> bool:
    """Whether whatever one record says is overridden by another one: so that the first may be forgotten."""
    if outer.recurrence is None:
        return outer.starts_at <= inner.starts_at and outer.ends_at >= inner.last_at
    if inner.recurrence is None:
        return False
    mine, others = inner.recurrence, outer.recurrence
    days = (
        (not others.days_of_week and not others.days_of_month)
        or (
            bool(mine.days_of_week or mine.days_of_month)
            and set(mine.days_of_week) <= set(others.days_of_week)
            and set(mine.days_of_month) <= set(others.days_of_month)
        )
    )  # fmt: skip
    first, second = (one.starts_at.astimezone(zone) for one in (inner, outer))
    length, longer = (one.ends_at - one.starts_at for one in (inner, outer))
    return (
        days
        and first.time() == second.time()
        and length <= longer
        and second.date() <= first.date()
        and others.ends_at >= mine.ends_at
    )
