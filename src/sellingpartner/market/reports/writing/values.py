"""How cells are written: amounts, moments, days, yes and no.

Assumed: amounts are not padded, and have at least one decimal place, as was seen in order files (`14.0`, `89.95`).
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.time.business_days import calendars

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HUNDRED = 100


def decimal(minor: int, currency: str) -> str:
    """An amount with as few decimal places as it needs, but one: `14.0`, `89.95`, `1980.0`."""
    if not exponent_of(currency):
        return f"{minor}.0"
    whole, part = divmod(abs(minor), _HUNDRED)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:02d}" if part % 10 else f"{sign}{whole}.{part // 10}"


def padded(minor: int, currency: str) -> str:
    """An amount with two decimal places, whatever the currency: `24732.00`."""
    if not exponent_of(currency):
        return f"{minor}.00"
    whole, part = divmod(abs(minor), _HUNDRED)
    return f"{'-' if minor < 0 else ''}{whole}.{part:02d}"


def amount(money: Money | None) -> str:
    """An amount with the decimal places of its currency: `5.00`, `1980`; nothing for none."""
    return "" if money is None else str(money)


def plain(money: Money | None) -> str:
    """An amount without zeros that say nothing, as reports on listings have it: `5`, `39.95`; nothing for none."""
    text = amount(money)
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, places: int) -> str:
    """A number with so many decimal places."""
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def unless_zero(minor: int, currency: str) -> str:
    """An amount as `decimal` writes it; nothing for zero."""
    return decimal(minor, currency) if minor else ""


def moment(at: datetime | None) -> str:
    """A moment in UTC: `2025-07-30T08:34:47+00:00`; nothing for none."""
    return "" if at is None else at.isoformat()[:19] + "+00:00"


def moment_z(at: datetime | None) -> str:
    """A moment in UTC: `2020-11-12T12:44:17Z`; nothing for none."""
    return "" if at is None else at.isoformat()[:19] + "Z"


def local_moment(at: datetime | None, zone: tzinfo) -> str:
    """A moment by a clock, with that clock's offset: `2025-07-30T17:34:47+09:00`; nothing for none."""
    return "" if at is None else at.astimezone(zone).isoformat(timespec="seconds")


def named_day(at: datetime | None, zone: ZoneInfo) -> str:
    """A day by a clock: `10-Jul-2025`; nothing for none."""
    if at is None:
        return ""
    day = at.astimezone(zone)
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


@cache
def zone_of(marketplace_id: str) -> ZoneInfo:
    """The clock of a marketplace's country."""
    return calendars()[MARKETPLACES[marketplace_id].country_code].zone


def true_false(fact: bool) -> str:  # noqa: FBT001 - it is the value
    """A fact as `true` or `false`."""
    return "true" if fact else "false"


def y_n(fact: bool) -> str:  # noqa: FBT001 - it is the value
    """A fact as `Y` or `N`."""
    return "Y" if fact else "N"


def yes_no(fact: bool) -> str:  # noqa: FBT001 - it is the value
    """A fact as `Yes` or `No`."""
    return "Yes" if fact else "No"
