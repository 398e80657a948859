"""Hours, days, weeks, months and years as a place's calendar and clock have them.

A day begins when its place's clock first shows it: where the clock is put forward or back, it has 23 or 25 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

MONDAY = 0
SUNDAY = 6

_HOUR = timedelta(hours=1)
_DAYS_OF_A_WEEK = 7


class Period(StrEnum):
    """What a stretch of time is divided into."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def edges_of(
    start: datetime, end: datetime, period: Period, zone: tzinfo, *, week_begins: int = MONDAY
) -> list[datetime]:
    """Where the periods that a stretch of time touches begin, and where the last of them ends; in UTC.

    They are whole periods: the first may begin before `start`, and the last may end after `end`, which is exclusive.
    """
    if period is Period.HOUR:
        return _hours(start, end, zone)
    day = _first_day(start.astimezone(zone).date(), period, week_begins)
    edges = [_beginning(day, zone)]
    while edges[-1] < end:
        day = _next_day(day, period)
        edge = _beginning(day, zone)
        if edge > edges[-1]:  # a place that changed sides of the date line left out a day
            edges.append(edge)
    return edges


def _hours(start: datetime, end: datetime, zone: tzinfo) -> list[datetime]:
    shown = start.astimezone(zone)
    into = timedelta(minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)
    edges = [start.astimezone(UTC) - into]
    while edges[-1] < end:
        edges.append(edges[-1] + _HOUR)
    return edges


def _beginning(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day. Of a midnight that the clock skips this is the moment at which it does so."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _first_day(day: date, period: Period, week_begins: int) -> date:
    if period is Period.WEEK:
        return day - timedelta(days=(day.weekday() - week_begins) % _DAYS_OF_A_WEEK)
    if period is Period.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period is Period.YEAR else day


def _next_day(day: date, period: Period) -> date:
    """The first day of the period that follows the one which begins on `day`."""
    if period is Period.YEAR:
        return day.replace(year=day.year + 1)
    if period is Period.MONTH:
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=_DAYS_OF_A_WEEK if period is Period.WEEK else 1)
