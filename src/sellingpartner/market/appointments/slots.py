"""The times at which an appointment may begin, and for how many there is room.

Appointments of a service begin as far apart as one takes, by the clocks of the store from midnight on: of a service of
an hour at each full hour. A slot is one during all of which the store works; it is shown with 0 where it is full.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.market.appointments.capacity import Capacity, capacity_of
from sellingpartner.market.appointments.model import Resource, Window
from sellingpartner.market.services.model import Scheduling
from sellingpartner.storage.unit import UnitOfWork

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Slot(msgspec.Struct, frozen=True):
    """A time at which an appointment may begin, and how many more may."""

    window: Window
    capacity: int


def slots_of(
    unit: UnitOfWork, store: Resource, minutes: int, scheduling: Scheduling, begin: datetime, end: datetime
) -> list[Slot]:
    """All slots that lie between two moments, and have not begun.

    Where slots are made from working hours alone, what has been booked is not taken off; it can be booked no more.
    """
    begin = max(begin, unit.now)
    if begin >= end:
        return []
    there = capacity_of(unit, store, begin, end)
    shown = there.available if scheduling is Scheduling.REAL_TIME else there.scheduled
    length = timedelta(minutes=minutes)
    return [
        Slot(Window(starts_at, minutes), shown.least(starts_at, starts_at + length))
        for starts_at in beginnings(store.zone, minutes, begin, end - length)
        if starts_at > unit.now and there.scheduled.least(starts_at, starts_at + length) > 0
    ]


def why_not(unit: UnitOfWork, store: Resource, minutes: int, window: Window) -> str:
    """What keeps an appointment from being made at a time, which the caller holds; nothing, if it can be."""
    if window.starts_at not in set(beginnings(store.zone, minutes, window.starts_at, window.starts_at)):
        local = window.starts_at.astimezone(store.zone)
        return f"Appointments begin every {minutes} minutes by the clocks of the store, where it is {local:%H:%M} then."
    there: Capacity = capacity_of(unit, store, window.starts_at, window.ends_at)
    if there.scheduled.least(window.starts_at, window.ends_at) < 1:
        return "The store does not work then."
    if there.available.least(window.starts_at, window.ends_at) < 1:
        return "All that the store can do then is taken."
    return ""


def beginnings(zone: ZoneInfo, minutes: int, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments from one to another, both included, at which appointments begin, in UTC.

    A time that a change of clocks leaves out is none; one that comes twice is two.
    """
    day, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for moment in _of_day(day, zone, minutes):
            if begin <= moment <= end:
                yield moment
        day += _DAY


def _of_day(day: date, zone: ZoneInfo, minutes: int) -> list[datetime]:
    midnight, found = datetime(day.year, day.month, day.day), set()  # noqa: DTZ001 - by the clock on the wall
    first, last = (one.replace(tzinfo=zone).utcoffset() for one in (midnight, midnight + _DAY))
    changes = first != last
    for step in range(0, 24 * 60, minutes):
        wall = midnight + step * _MINUTE
        for fold in (0, 1) if changes else (0,):
            moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) == wall:
                found.add(moment)
    return sorted(found)
