"""Times as the operations of Services are given them: texts in ISO 8601, in a query or in a body."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.appointments.questions import rules
from sellingpartner.market.appointments.refusals import InvalidParameters
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

_LONGEST = 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment_of(text: str) -> datetime | None:
    """The moment that a text says, in UTC where it names no offset; None if it says none."""
    text = text.strip().replace(" ", "+")  # a plus sign that a client left as it is in a query
    try:
        return in_utc(datetime.fromisoformat(text)) if len(text) <= _LONGEST else None
    except (ValueError, OutOfBounds):
        return None


def bound_of(name: str, text: str | None) -> datetime | None:
    """A bound of a list; raises `InvalidInput`."""
    if text is None:
        return None
    found = moment_of(text)
    if found is None:
        message = f"{name} is not a valid ISO date/time object"
        raise InvalidInput(message, details=f"{name} is {text[:_LONGEST]!r}; write it as 2026-11-02T09:00:00Z.")
    return found


def day_of(text: str | None) -> str | None:
    """A date without a time, which is meant by the clocks of each store; None for anything else."""
    return text if text is not None and _DAY.fullmatch(text) and moment_of(text) is not None else None


def bounded(moment: datetime, name: str) -> datetime:
    """A moment of a body, in UTC; raises `InvalidParameters`."""
    try:
        return in_utc(moment)
    except OutOfBounds as reason:
        raise InvalidParameters(name, is_missing=True, why=str(reason)) from None


def range_of(unit: UnitOfWork, start: str | None, end: str | None, word: str = "") -> tuple[datetime, datetime]:
    """From when to when slots are wanted; from now on for some days, if that is not said. Raises `InvalidInput`."""
    days = rules().days
    if start is None and end is None:
        return unit.now, unit.now + timedelta(days=days.usual_slots)
    found = []
    for name, text in (("Start Time", start), ("End Time", end)):
        if text is None:
            missing = "startTime" if start is None else "endTime"
            raise InvalidParameters(missing, is_missing=True, why="startTime and endTime come together.")
        moment = moment_of(text)
        if moment is None:
            message = f"{word}{name} is not a valid ISO date/time object"
            raise InvalidInput(message, details=f"It is {text[:_LONGEST]!r}; write it as 2026-11-02T09:00:00Z.")
        found.append(moment)
    begin, until = found
    if until <= begin:
        message = f"{word}End Time should be after {word}Start Time"
        raise InvalidInput(message)
    if until - begin > timedelta(days=days.most_slots):
        message = f"{word}End Time should be at most {days.most_slots} days after {word}Start Time"
        raise InvalidInput(message)
    return begin, until
