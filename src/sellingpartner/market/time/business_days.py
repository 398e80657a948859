"""The working days of a marketplace's country, by its own clock.

Assumed: public holidays are those that fall on the same date or weekday each year or go by Easter; what goes by the
moon or is proclaimed is a working day here, and none is moved off a weekend.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)
_WEEK = 7

Weekday = Annotated[int, msgspec.Meta(ge=0, le=6)]


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country's calendar as the file has it."""

    zone: str
    holidays: tuple[str, ...]
    weekend: tuple[Weekday, ...] = (5, 6)


class BusinessCalendar:
    """When a country works."""

    def __init__(self, kept: _Kept) -> None:
        self.zone = ZoneInfo(kept.zone)
        self._holidays = kept.holidays
        self._weekend = frozenset(kept.weekend)
        self._years: dict[int, frozenset[date]] = {}

    def day_of(self, moment: datetime) -> date:
        """The day that it is in the country at a moment."""
        return moment.astimezone(self.zone).date()

    def works_on(self, day: date) -> bool:
        """Whether a day is neither of the weekend nor a holiday."""
        return day.weekday() not in self._weekend and day not in self._in(day.year)

    def next_working(self, day: date) -> date:
        """A day if it is a working day, else the next one that is."""
        while not self.works_on(day):
            day += _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The day that comes so many working days after another; none after is the day itself, if it works."""
        return _after(self, day, count)

    def between(self, day: date, other: date) -> int:
        """How many working days after a day another one comes, or the first after it that works; none if it is over."""
        day, other = self.next_working(day), self.next_working(other)
        count = 0
        while day < other:
            day = self.next_working(day + _DAY)
            count += 1
        return count

    def begins(self, day: date, like: datetime) -> datetime:
        """The first moment of a day, in the time zone of another moment."""
        return datetime.combine(day, time(0), self.zone).astimezone(like.tzinfo)

    def ends(self, day: date, like: datetime) -> datetime:
        """The last second of a day, in the time zone of another moment."""
        return datetime.combine(day, _LAST_SECOND, self.zone).astimezone(like.tzinfo)

    def _in(self, year: int) -> frozenset[date]:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = frozenset(_date_of(said, year) for said in self._holidays)
        return found


@lru_cache(maxsize=4_000)  # orders of a day promise the same days
def _after(calendar: BusinessCalendar, day: date, count: int) -> date:
    day = calendar.next_working(day)
    for _ in range(count):
        day = calendar.next_working(day + _DAY)
    return day


@cache
def calendars() -> dict[str, BusinessCalendar]:
    """The calendar of each marketplace's country."""
    place = files("sellingpartner.market.time") / "calendars.toml"
    kept = msgspec.toml.decode(place.read_bytes(), type=dict[str, _Kept])
    return {country: BusinessCalendar(one) for country, one in kept.items()}


def _date_of(said: str, year: int) -> date:
    """When a holiday is in a year: `12-25`, `11-thu-4`, `05-mon-last` or `easter+1`."""
    if said.startswith("easter"):
        return _easter(year) + timedelta(days=int(said.removeprefix("easter")))
    month, day, *which = said.split("-")
    if not which:
        return date(year, int(month), int(day))
    weekday = _WEEKDAYS.index(day)
    if which == ["last"]:
        last = date(year, int(month), monthrange(year, int(month))[1])
        return last - timedelta(days=(last.weekday() - weekday) % _WEEK)
    first = date(year, int(month), 1)
    return first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (int(which[0]) - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the computation of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)
