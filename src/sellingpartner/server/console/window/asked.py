"""What a query or a form asks for, read: raises `InvalidInput` that says what would be right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.server.console.fields import Fields

_LONGEST = 200
_MOST_DIGITS = 15
_MOST_MINOR = 10**11
_DAY = timedelta(days=1)
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)


def text(fields: Fields, name: str, *, longest: int = _LONGEST) -> str:
    """Some words on one line, or nothing."""
    said = fields.one(name).strip()
    if len(said) > longest or not said.isprintable():
        message = f"{name} must be one line of at most {longest} characters that can be printed."
        raise InvalidInput(message)
    return said


def needed(fields: Fields, name: str, *, longest: int = _LONGEST) -> str:
    """Some words on one line, which must be there."""
    said = text(fields, name, longest=longest)
    if not said:
        message = f"{name} is empty; fill it in."
        raise InvalidInput(message)
    return said


def in_path(values: Sequence[str], place: int = 0) -> str:
    """A part of the address that names something; what cannot be printed names nothing."""
    said = values[place]
    if len(said) > _LONGEST or not said.isprintable():
        message = "There is no such thing: the address names it by what no name has."
        raise NotFound(message)
    return said


def choice(fields: Fields, name: str, known: Collection[str]) -> str:
    """One of some words, or nothing."""
    said = text(fields, name)
    if said and said not in known:
        message = f"{name} cannot be {said!r}; it can be {', '.join(known)}."
        raise InvalidInput(message)
    return said


def number(fields: Fields, name: str, *, least: int = 0, most: int = 2**31 - 1) -> int | None:
    """A whole number, or None."""
    said = text(fields, name)
    if not said:
        return None
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    if not is_number or not least <= int(said) <= most:
        message = f"{name} is {said[:40]!r}; it must be a whole number from {least} to {most}."
        raise InvalidInput(message)
    return int(said)


def money(fields: Fields, name: str, currency: str) -> Money | None:
    """An amount above zero in major units, as exact as its currency; None if none is said."""
    said = text(fields, name)
    if not said:
        return None
    try:
        found = Decimal(said) if said.isascii() and len(said) <= _MOST_DIGITS else Decimal(0)
        minor = minor_units(found, currency, most=_MOST_MINOR)
        if minor is not None and minor > 0:
            return Money(minor, currency)
    except ArithmeticError:  # what is no number, or none of this size
        pass
    message = f"{name} is {said[:40]!r}; write an amount above zero in {currency}, such as {Money(1999, currency)}."
    raise InvalidInput(message)


def day(fields: Fields, name: str, *, is_end: bool = False) -> datetime | None:
    """The beginning of a day in UTC, or its end; None if none is said."""
    said = text(fields, name)
    if not said:
        return None
    try:
        found = datetime.combine(datetime.strptime(said, "%Y-%m-%d").date(), time(), UTC)  # noqa: DTZ007 - a date
    except ValueError:
        message = f"{name} is {said[:40]!r}; write a day as 2026-11-02."
        raise InvalidInput(message) from None
    _check_year(name, found)
    return found + _DAY - timedelta(microseconds=1) if is_end else found


def moment(fields: Fields, name: str) -> datetime | None:
    """A moment in UTC, to the minute or the second; None if none is said."""
    said = text(fields, name)
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"{name} is {said[:40]!r}; write a moment in UTC as 2026-11-02T09:00."
        raise InvalidInput(message) from None
    _check_year(name, found)
    return found


def _check_year(name: str, moment: datetime) -> None:
    if not _FIRST <= moment <= _LAST:
        message = f"{name} must lie between the years {_FIRST.year} and {_LAST.year}."
        raise InvalidInput(message)
