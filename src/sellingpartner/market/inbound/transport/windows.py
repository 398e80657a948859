"""When a load may arrive: the delivery windows of a shipment, and when a truck of the seller's may come to the dock.

Assumed: windows are a week wide and begin at midnight, each a day after the last, for the five weeks from the day after
the load is ready. One in ten is crowded and fewer are full; all are good for three weeks.

Differs: no delivery window is rewarded by a discount, as some of Amazon's are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

import msgspec

_DAY = timedelta(days=1)
_WIDE = timedelta(days=7)
_COUNT = 35
_GOOD_FOR = timedelta(days=21)

_OPENS, _CLOSES, _SUNDAY = 7, 19, 6
_SLOT = timedelta(hours=2)
_FREE = 0.75
_FARTHEST = timedelta(days=14)
SLOTS_LAST = timedelta(hours=24)
"""Assumed: how long slots at the dock stay open once they were worked out."""


class Availability(StrEnum):
    """Whether a center has room for a load in a window."""

    AVAILABLE = "AVAILABLE"
    CONGESTED = "CONGESTED"
    BLOCKED = "BLOCKED"


_LUCK = (
    (0.03, Availability.BLOCKED),
    (0.13, Availability.CONGESTED),
    (1.0, Availability.AVAILABLE),
)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a load may arrive."""

    starts_at: datetime
    ends_at: datetime
    availability: Availability
    valid_until: datetime


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A time at the dock."""

    starts_at: datetime
    ends_at: datetime


def windows(luck: Random, ready_at: datetime, now: datetime) -> Iterator[Window]:
    """The windows of a load that is ready at a moment, the soonest first."""
    first = datetime.combine(max(ready_at, now).astimezone(UTC).date() + _DAY, time(), UTC)
    until = datetime.combine(now.astimezone(UTC).date(), time(), UTC) + _GOOD_FOR
    for place in range(_COUNT):
        starts_at, drawn = first + place * _DAY, luck.random()
        yield Window(
            starts_at=starts_at,
            ends_at=starts_at + _WIDE,
            availability=next(kind for most, kind in _LUCK if drawn <= most),
            valid_until=max(until, first + _WIDE),
        )


def dock_slots(
    luck: Random, zone: ZoneInfo, wanted_from: datetime, wanted_to: datetime, now: datetime
) -> Iterator[Slot]:
    """The free slots of a center between two moments, from tomorrow on and for a fortnight at most; none on Sundays."""
    day = now.astimezone(zone).date() + _DAY
    last = min(wanted_to, now + _FARTHEST).astimezone(zone).date()
    while day <= last:
        for hour in range(_OPENS, _CLOSES, 2) if day.weekday() != _SUNDAY else ():
            starts_at = datetime.combine(day, time(hour), zone).astimezone(UTC)
            is_free = luck.random() < _FREE
            if is_free and starts_at >= wanted_from and starts_at + _SLOT <= wanted_to:
                yield Slot(starts_at=starts_at, ends_at=starts_at + _SLOT)
        day += _DAY
