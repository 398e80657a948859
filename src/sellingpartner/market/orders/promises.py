"""When an order must leave and when it should arrive, by its service."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.time.business_days import calendars

OVERDUE_DAYS = 7
"""After so many working days an order that should have shipped is canceled, as Amazon announced for 2020-09-30."""


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


def promise(ordered_at: datetime, handling_days: int, service: Service, country_code: str) -> Promise:
    """What is promised to a buyer in a country's shop, in its working days and by its clock.

    Assumed: the days to handle and to travel are working days of the marketplace's country; what is ordered on a day
    that is none counts from the next one, and until midnight an order counts on its day.
    """
    calendar = calendars()[country_code]
    fewest, most = _TRANSIT[service]
    begins_on = calendar.next_working(calendar.day_of(ordered_at))
    ship_on = calendar.after(begins_on, handling_days)
    return Promise(
        earliest_ship_at=ordered_at,
        latest_ship_at=calendar.ends(ship_on, ordered_at),
        earliest_delivery_at=calendar.begins(calendar.after(begins_on, max(fewest, 1)), ordered_at),
        latest_delivery_at=calendar.ends(calendar.after(ship_on, most), ordered_at),
    )


def overdue_at(latest_ship_at: datetime, country_code: str) -> datetime:
    """When the market cancels what was not shipped: seven working days after the time to ship was over."""
    calendar = calendars()[country_code]
    return calendar.ends(calendar.after(calendar.day_of(latest_ship_at), OVERDUE_DAYS), latest_ship_at)


def days_in_transit(service: Service, luck: float) -> int:
    """How many days a parcel travels; `luck` is between 0 and 1."""
    fewest, most = _TRANSIT[service]
    return fewest + int(luck * (most - fewest + 1))


def level_name(service: Service, country_code: str) -> str:
    """The service level as an order names it: `Std US D2D Dom`.

    Assumed: outside the US the service level of an order has the same form, with that country's letters.
    """
    return f"{_LEVELS[service]} {country_code} D2D Dom"
