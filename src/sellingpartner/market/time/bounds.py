"""The times that the market can work with: far from the calendar's ends, so that nobody's sum leaves it."""

from __future__ import annotations

from datetime import UTC, date, datetime

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Nothing is at this moment or after it; whoever asks for what is before it asks for everything."""

RULE = "It must be a time between the years 1 and 9999, in UTC."


class OutOfBounds(ValueError):
    """A time that no calendar here can say."""


def in_utc(moment: datetime) -> datetime:
    """A time in UTC, taken as such if it has no offset; raises `OutOfBounds`.

    The ends of the calendar are what clients send who mean no bound at all (.NET's DateTime.MinValue and MaxValue), so
    a time beyond the market's bounds is the bound.
    """
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise OutOfBounds(RULE) from None
    return min(max(moment, EARLIEST), LATEST)


def within(day: date) -> date:
    """A day, or the bound that it is beyond."""
    return min(max(day, EARLIEST.date()), LATEST.date())
