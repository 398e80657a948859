"""What the text in a cell means: a number, a moment, yes or no. Nothing here raises; what means nothing is None.

Assumed: numbers have a dot or a comma before their fraction, whichever comes last; one comma before exactly three
digits could be either and is not read. Dates are ISO 8601, or have the day first where dots or a European zone say so;
`01/02/2026` alone could be two days and is not read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "JST": 9, "SGT": 8,
    "AEST": 10, "AEDT": 11,
}  # fmt: skip
"""The zones that reports name, in hours from UTC."""
_DAY_FIRST = frozenset({"GMT", "BST", "WET", "WEST", "CET", "MEZ", "CEST", "MESZ", "EET", "EEST", "AEST", "AEDT"})
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"false", "no", "n", "0"})
_AMBIGUOUS = re.compile(r"[+-]?\d{1,3},\d{3}")
_EUROPEAN = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?")
_DIGITS = 40
_MONTHS = 12


def number(text: str) -> Decimal | None:
    """A number in whichever of the two notations."""
    plain = text.strip().replace("\xa0", "").replace(" ", "")
    if _AMBIGUOUS.fullmatch(plain):
        return None
    mark = "," if plain.rfind(",") > plain.rfind(".") else "."
    if plain.count(mark) > 1:  # then it parts thousands, and there is no fraction
        mark = ""
    plain = "".join("." if sign == mark else sign for sign in plain if sign not in ",." or sign == mark)
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < _DIGITS else None


def whole(text: str) -> int | None:
    """A number without a fraction."""
    found = number(text)
    return int(found) if found is not None and found == int(found) else None


def fraction(text: str) -> float | None:
    """A number as a float, for who wants one."""
    found = number(text)
    return None if found is None else float(found)


def truth(text: str) -> bool | None:
    """Yes or no."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def moment(text: str) -> datetime | None:
    """A moment; one that names no zone is in none, and the caller says what that means."""
    plain = text.strip()
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    body, _, name = plain.rpartition(" ")
    if name.upper() not in ZONES:
        return _european(plain, None)
    zone = timezone(timedelta(hours=ZONES[name.upper()])) if ZONES[name.upper()] else UTC
    try:
        return datetime.fromisoformat(body).replace(tzinfo=zone)
    except ValueError:
        found = _european(body, name.upper())
    return found.replace(tzinfo=zone) if found else None


def day(text: str) -> date | None:
    """A day; of a moment, the day that it names."""
    found = moment(text)
    return found.date() if found else None


def _european(text: str, zone: str | None) -> datetime | None:
    """27.02.2026, or 27/02/2026 where it can be nothing else."""
    found = _EUROPEAN.fullmatch(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and zone not in _DAY_FIRST and first <= _MONTHS:
        return None
    try:
        return datetime.fromisoformat(f"{found[4]}-{second:02}-{first:02}T{(found[5] or '00:00').zfill(5)}")
    except ValueError:
        return None
