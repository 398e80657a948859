"""Days and moments as Amazon's files write them.

Assumed: in a report, a year of two digits is in this century, and a date with points has its day first unless it begins
with the year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import msgspec

from sellingpartner.client.documents._cells.habits import Order, world

_CLOCK = (
    r"(?:(?:,|T|\s)\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?(?:\s*(?P<zone>[A-Za-z]{1,5})?(?P<offset>[+-][0-9]{1,2}(?::?[0-9]{2})?)?)"
)
_NUMERIC = re.compile(r"(?P<a>[0-9]{1,4})(?P<by>[./-])(?P<b>[0-9]{1,2})(?P=by)(?P<c>[0-9]{1,4})" + _CLOCK)
_DAY_NAMED = re.compile(
    r"(?P<a>[0-9]{1,2})\.?[\s-]*(?:de\s+)?(?P<b>[^\W\d_]{3,12})\.?[\s,-]*(?:de\s+)?(?P<c>[0-9]{2,4})" + _CLOCK
)
_MONTH_NAMED = re.compile(r"(?P<b>[^\W\d_]{3,12})\.?[\s-]+(?P<a>[0-9]{1,2}),?[\s-]+(?P<c>[0-9]{4})" + _CLOCK)
EUROPE = frozenset({"BST", "WET", "WEST", "CET", "MET", "MEZ", "CEST", "MEST", "MESZ", "EET", "EEST", "AEST", "AEDT"})
"""Zones of countries that put the day first."""
_LONGEST = 60
_CENTURY = 2000
_YEAR, _SHORT = 4, 2
_NOON = 12


class Written(msgspec.Struct, frozen=True):
    """A date taken apart: what it is in each order that makes a day of it."""

    days: Mapping[Order, tuple[int, int, int]]
    clock: tuple[int, int, int, int]
    zone: str
    offset: str


def written(text: str) -> Written | None:
    """A date's parts; None for what is no date."""
    plain = text.strip()
    if len(plain) > _LONGEST:
        return None
    found = _NUMERIC.fullmatch(plain)
    if found:
        days = _numeric(found)
    else:
        found = _DAY_NAMED.fullmatch(plain) or _MONTH_NAMED.fullmatch(plain)
        month = _month(found["b"]) if found else None
        if found is None or month is None:
            return None
        days = {Order.DAY: (_year(found["c"]), month, int(found["a"]))}
    clock = _clock(found)
    days = {order: day for order, day in days.items() if _is_day(day)}
    return Written(days, clock, (found["zone"] or "").upper(), found["offset"] or "") if days and clock else None


def _numeric(found: re.Match[str]) -> dict[Order, tuple[int, int, int]]:
    a, b, c = found["a"], found["b"], found["c"]
    if len(a) == _YEAR:
        return {Order.YEAR: (int(a), int(b), int(c))}
    if len(c) not in {_SHORT, _YEAR} or len(a) > _SHORT:
        return {}
    days = {Order.DAY: (_year(c), int(b), int(a))}
    if found["by"] == ".":
        return days
    days[Order.MONTH] = (_year(c), int(a), int(b))
    if len(a) == len(c) == _SHORT:
        days[Order.YEAR] = (_year(a), int(b), int(c))
    if (found["zone"] or "").upper() in EUROPE and _is_day(days[Order.DAY]):
        return {Order.DAY: days[Order.DAY]}
    return days


def moment_of(found: Written, order: Order, zones: Mapping[str, float]) -> datetime | None:
    """The moment in this order; in no zone where none is said, and None where nobody knows the one that is."""
    try:
        naive = datetime(*found.days[order], *found.clock)  # noqa: DTZ001 - its zone follows
        if not found.zone and not found.offset:
            return naive
        hours = zones.get(found.zone or "UTC")
        if hours is None:
            return None
        ahead = timedelta(hours=hours) + _offset(found.offset)
        return naive.replace(tzinfo=timezone(ahead) if ahead else UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def _offset(text: str) -> timedelta:
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= _SHORT else (digits[:-2], digits[-2:])
    found = timedelta(hours=int(hours or 0), minutes=int(minutes))
    return -found if text.startswith("-") else found


def _clock(found: re.Match[str]) -> tuple[int, int, int, int] | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or "").lower()[:1]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour, minute, second, int((found["part"] or "0")[:6].ljust(6, "0"))


def _is_day(day: tuple[int, int, int]) -> bool:
    try:
        datetime(*day)  # noqa: DTZ001 - only whether there is such a day
    except ValueError:
        return False
    return True


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == _SHORT else 0)


@cache
def _month(name: str) -> int | None:
    """A month by how its name begins."""
    plain = unicodedata.normalize("NFD", name.lower().replace("\u00e4", "ae"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    months = world().months
    return next((months[letters[:size]] for size in (4, 3) if letters[:size] in months), None)
