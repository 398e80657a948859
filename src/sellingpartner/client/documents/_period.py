"""The time that a report is about: moments that everybody reads alike."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeAlias

from sellingpartner.contract.errors import InvalidInput

Moment: TypeAlias = datetime | date | str
"""A datetime with a zone, its text in ISO 8601, or a date, which is its first moment in UTC."""


def period(since: Moment | None, until: Moment | None) -> tuple[datetime | None, datetime | None]:
    """Both ends, or an error that says which is wrong."""
    begin, end = _moment("since", since), _moment("until", until)
    if begin is not None and end is not None and begin >= end:
        raise InvalidInput(f"since ({begin.isoformat()}) is not before until ({end.isoformat()}).")
    return begin, end


def _moment(name: str, given: Moment | None) -> datetime | None:
    if given is None:
        return None
    found = _read(name, given) if isinstance(given, str) else given
    if not isinstance(found, datetime):
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    if found.tzinfo is None:
        raise InvalidInput(
            f"{name} ({found.isoformat()}) has no time zone, and Amazon's day is not everybody's; write"
            f" {found.isoformat()}Z or datetime(..., tzinfo=UTC) if UTC is meant."
        )
    return found.astimezone(UTC)


def _read(name: str, text: str) -> datetime | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"{name} is {text!r}, which is no moment; write 2026-01-31T00:00:00Z, or 2026-01-31 for"
            " its first moment in UTC."
        ) from None
