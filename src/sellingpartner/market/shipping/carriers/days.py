"""When a parcel leaves and when it arrives, by its carrier's cut-off, working days and hours.

Assumed: carriers keep no holidays, and what is to leave after a cut-off leaves at ten o'clock of the next working day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.market.shipping.carriers.services import Carrier, Offered

_OPENS = time(10)
_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


class Window(msgspec.Struct, frozen=True):
    """From when to when a parcel is to arrive."""

    earliest: datetime
    latest: datetime


def leaves_at(carrier: Carrier, wanted: datetime) -> datetime:
    """When a parcel leaves that is wanted to leave at a moment: never on a weekend, never after the cut-off."""
    zone = _zone(carrier.time_zone)
    local = wanted.astimezone(zone)
    if local.weekday() < _SATURDAY and local.time() <= carrier.cut_off:
        return wanted
    day = local.date() + (_DAY if local.time() > carrier.cut_off else timedelta(0))
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return datetime.combine(day, _OPENS, zone).astimezone(wanted.tzinfo)


def day_of(carrier: Carrier, moment: datetime) -> date:
    """What day it is where a carrier is."""
    return moment.astimezone(_zone(carrier.time_zone)).date()


@lru_cache(maxsize=4096)
def arrives_from(offered: Offered, start: date, days: int) -> Window:
    """When a parcel arrives that leaves on a day and is so many working days on the way: all that do arrive alike."""
    last = _working_day(offered, start, days)
    first = _working_day(offered, start, max(min(days, 1), days - offered.service.spread))
    zone, hour = _zone(offered.carrier.time_zone), offered.service.hour
    return Window(*(datetime.combine(day, hour, zone).astimezone(UTC) for day in (first, last)))


def works_on(offered: Offered, weekday: int) -> bool:
    """Whether a service delivers on a day of the week; 0 is Monday."""
    service = offered.service
    if service.only_on_saturday:
        return weekday == _SATURDAY
    if weekday == _SATURDAY:
        return service.delivers_on_saturday or offered.carrier.delivers_on_saturday
    return weekday != _SUNDAY or service.delivers_on_sunday


def _working_day(offered: Offered, start: date, days: int) -> date:
    """The day that comes so many working days after another one, and is itself one."""
    day, left = start, days
    while left > 0 or not works_on(offered, day.weekday()):
        day += _DAY
        if works_on(offered, day.weekday()) or (offered.service.only_on_saturday and day.weekday() < _SATURDAY):
            left -= 1
    return day
