"""Days, weeks, months and quarters of a marketplace, by its own clock. A week begins on Sunday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.time.business_days import BusinessCalendar, calendars

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONTHS = 12
_MONTHS_OF_A_QUARTER = 3
_NOW = datetime(2000, 1, 1, tzinfo=UTC)


class Period(StrEnum):
    """How long a stretch is that data are added up over."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    RANGE = "RANGE"


class Stretch(NamedTuple):
    """Days from a first to a last one, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def calendar_of(marketplace_id: str) -> BusinessCalendar:
    """The calendar by which a marketplace counts its days."""
    return calendars()[MARKETPLACES[marketplace_id].country_code]


def today_in(marketplace_id: str, moment: datetime) -> date:
    """The day that it is in a marketplace."""
    return calendar_of(marketplace_id).day_of(moment)


def bounds_of(marketplace_id: str, stretch: Stretch) -> list[datetime]:
    """When each day of a stretch begins, and when the last one is over: one moment more than there are days."""
    calendar = calendar_of(marketplace_id)
    return [calendar.begins(stretch.first + number * _DAY, _NOW) for number in range(stretch.days + 1)]


def begins(period: Period, day: date) -> date:
    """The first day of the period that a day is in."""
    match period:
        case Period.WEEK:
            return day - timedelta(days=(day.weekday() + 1) % 7)
        case Period.MONTH:
            return day.replace(day=1)
        case Period.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % _MONTHS_OF_A_QUARTER, day=1)
        case _:
            return day


def ends(period: Period, day: date) -> date:
    """The last day of the period that a day is in."""
    first = begins(period, day)
    match period:
        case Period.WEEK:
            return first + _WEEK - _DAY
        case Period.MONTH:
            return _months_on(first, 1) - _DAY
        case Period.QUARTER:
            return _months_on(first, _MONTHS_OF_A_QUARTER) - _DAY
        case _:
            return day


def divided(stretch: Stretch, period: Period) -> list[Stretch]:
    """A stretch in its periods, in order; what it begins or ends in the middle of is cut off there."""
    if period is Period.RANGE:
        return [stretch]
    parts = []
    first = stretch.first
    while first <= stretch.last:
        last = min(ends(period, first), stretch.last)
        parts.append(Stretch(first, last))
        first = last + _DAY
    return parts


def widened(stretch: Stretch, period: Period) -> Stretch:
    """A stretch that holds every period whole that it touches."""
    return Stretch(begins(period, stretch.first), ends(period, stretch.last))


def narrowed(stretch: Stretch, period: Period) -> Stretch | None:
    """A stretch of the periods alone that are whole in it; None if none is."""
    first = stretch.first if begins(period, stretch.first) == stretch.first else ends(period, stretch.first) + _DAY
    last = stretch.last if ends(period, stretch.last) == stretch.last else begins(period, stretch.last) - _DAY
    return Stretch(first, last) if first <= last else None


def is_whole(stretch: Stretch, period: Period) -> bool:
    """Whether a stretch begins and ends with a period."""
    return widened(stretch, period) == stretch


def _months_on(first: date, count: int) -> date:
    year, month = divmod(first.year * _MONTHS + first.month - 1 + count, _MONTHS)
    return date(year, month + 1, 1)


def indexes(parts: Sequence[Stretch]) -> list[int]:
    """For each day of stretches that follow one another, in which of them it is."""
    return [number for number, part in enumerate(parts) for _ in range(part.days)]
