"""The times that the market can work with: far from the calendar's ends, so that nobody's sum leaves it."""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class OutOfBounds(ValueError):
    """A time that the market cannot work with."""


def in_utc(moment: datetime) -> datetime:
    """A time in UTC, taken as such if it has no offset; raises `OutOfBounds`."""
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise OutOfBounds(RULE) from None
    if not EARLIEST <= moment < LATEST:
        raise OutOfBounds(RULE)
    return moment


RULE = f"It must be a time between the years {EARLIEST.year} and {LATEST.year - 1}."
