"""Speeds of multi-channel orders: when one leaves and when it arrives, by speed, by where from and to where.

Assumed: the days of each speed grow with the zone that carriers count (`shipping/carriers/zones.py`), within what
Amazon tells of them: 3 to 5 working days, two, and the next one. What lies off the mainland is reached by no Priority.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.orders.promises import Service
from sellingpartner.market.shipping.carriers.zones import Spot, zone_between
from sellingpartner.market.time.business_days import calendars

_FARTHEST = {"US": 8}
_FARTHEST_ELSEWHERE = 2
_PICKED_WITHIN = timedelta(hours=4)
_WINDOW_DAYS = 7
_WINDOWS = ((8, 12), (14, 16), (16, 18), (18, 20), (19, 21))


class Speed(StrEnum):
    """How fast a fulfillment order is to be."""

    STANDARD = "Standard"
    EXPEDITED = "Expedited"
    PRIORITY = "Priority"
    SCHEDULED = "ScheduledDelivery"

    @property
    def service(self) -> Service:
        """What the order that it ships as calls it."""
        return _SERVICES[self]


_SERVICES = {
    Speed.STANDARD: Service.STANDARD,
    Speed.EXPEDITED: Service.EXPEDITED,
    Speed.PRIORITY: Service.PRIORITY,
    Speed.SCHEDULED: Service.SCHEDULED,
}


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """When a shipment is to leave and to arrive."""

    earliest_ship_at: datetime
    latest_ship_at: datetime
    earliest_arrival_at: datetime
    latest_arrival_at: datetime


class _Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    handling: int
    near: int
    far: int
    spread: int
    remote: int | None = None
    countries: tuple[str, ...] = ()


@cache
def _days() -> Mapping[Speed, _Days]:
    path = files("sellingpartner.market.outbound") / "speeds.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[Speed, _Days])


def speeds_in(country: str) -> tuple[Speed, ...]:
    """The speeds that a marketplace's country has."""
    return tuple(speed for speed, days in _days().items() if not days.countries or country in days.countries)


def promise(speed: Speed, start: Spot, end: Spot, now: datetime, *, extra_days: int = 0) -> Promise | None:
    """When something arrives that is ordered now; None where the speed does not reach.

    `extra_days` is what a feature costs: without Amazon's own carrier a parcel takes longer.
    """
    travelling = _travelling(_days()[speed], start, end)
    if travelling is None:
        return None
    days, calendar = _days()[speed], calendars()[start.country]
    begins_on = calendar.next_working(calendar.day_of(now))
    ships_on = calendar.after(begins_on, days.handling)
    last = calendar.after(ships_on, travelling + extra_days)
    first = calendar.after(begins_on, max(travelling + extra_days - days.spread, 1))
    latest_ship_at = calendar.ends(ships_on, now)
    return Promise(
        earliest_ship_at=min(now + _PICKED_WITHIN, latest_ship_at),
        latest_ship_at=latest_ship_at,
        earliest_arrival_at=calendar.begins(min(first, last), now),
        latest_arrival_at=calendar.ends(last, now),
    )


def windows(found: Promise, country: str) -> tuple[str, list[tuple[datetime, datetime]]]:
    """The hours among which a recipient may choose, and the time zone that they are of.

    Assumed: those of Japan's carriers, on the days of the week that follows the first day of arrival.
    """
    zone = calendars()[country].zone
    first = found.earliest_arrival_at.astimezone(zone).date()
    days = [first + timedelta(days=count) for count in range(_WINDOW_DAYS)]
    made = [
        (datetime.combine(day, time(begins), zone), datetime.combine(day, time(ends), zone))
        for day in days
        for begins, ends in _WINDOWS
    ]
    return zone.key, [(begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in made]


def _travelling(days: _Days, start: Spot, end: Spot) -> int | None:
    """How many working days a parcel is on its way; None where it does not go so fast."""
    farthest = _FARTHEST.get(start.country, _FARTHEST_ELSEWHERE)
    zone = zone_between(start, end)
    if start.country != end.country or zone > farthest:
        return days.remote
    if farthest == 1:
        return days.near
    return days.near + round((days.far - days.near) * (zone - 1) / (farthest - 1))
