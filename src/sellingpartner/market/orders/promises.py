"""When an order must leave and when it should arrive, by its service."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec


class Service(StrEnum):
    """The speed that the buyer paid for: Amazon's service level categories."""

    STANDARD = "Standard"
    EXPEDITED = "Expedited"
    FREE_ECONOMY = "FreeEconomy"
    SECOND_DAY = "SecondDay"
    NEXT_DAY = "NextDay"
    SAME_DAY = "SameDay"
    PRIORITY = "Priority"
    SCHEDULED = "Scheduled"


# Assumed: the days in transit, fewest and most, go by the service alone; Amazon's depend on route and carrier.
_TRANSIT = {
    Service.STANDARD: (3, 5),
    Service.EXPEDITED: (1, 3),
    Service.FREE_ECONOMY: (5, 8),
    Service.SECOND_DAY: (2, 2),
    Service.NEXT_DAY: (1, 1),
    Service.SAME_DAY: (0, 0),
    Service.PRIORITY: (1, 2),
    Service.SCHEDULED: (2, 4),
}

_LEVELS = {
    Service.STANDARD: "Std",
    Service.EXPEDITED: "Exp",
    Service.FREE_ECONOMY: "Econ",
    Service.SECOND_DAY: "Second",
    Service.NEXT_DAY: "NextDay",
    Service.SAME_DAY: "SameDay",
    Service.PRIORITY: "Priority",
    Service.SCHEDULED: "Scheduled",
}


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """The windows for shipping and for delivery."""

    earliest_ship_at: datetime
    latest_ship_at: datetime
    earliest_delivery_at: datetime
    latest_delivery_at: datetime


def promise(ordered_at: datetime, handling_days: int, service: Service) -> Promise:
    """What is promised to a buyer.

    Assumed: the days of a delivery promise are UTC days, begin and end at midnight, and all count, weekends too.
    """
    fewest, most = _TRANSIT[service]
    ship_by = _end(ordered_at + timedelta(days=handling_days))
    return Promise(
        earliest_ship_at=ordered_at,
        latest_ship_at=ship_by,
        earliest_delivery_at=_start(ordered_at + timedelta(days=max(fewest, 1))),
        latest_delivery_at=_end(ship_by + timedelta(days=most)),
    )


def days_in_transit(service: Service, luck: float) -> int:
    """How many days a parcel travels; `luck` is between 0 and 1."""
    fewest, most = _TRANSIT[service]
    return fewest + int(luck * (most - fewest + 1))


def level_name(service: Service, country_code: str) -> str:
    """The service level as an order names it: `Std US D2D Dom`.

    Assumed: outside the US the service level of an order has the same form, with that country's letters.
    """
    return f"{_LEVELS[service]} {country_code} D2D Dom"


def _start(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(0), moment.tzinfo)


def _end(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(23, 59, 59), moment.tzinfo)
