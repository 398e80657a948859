"""Moments as people write them at the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sellingpartner.cli.failures import CannotDo

_AGO = re.compile(r"(\d{1,5})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def moment_of(text: str, option: str) -> datetime:
    """A date, a time (UTC unless it says its zone), or how long ago: `2026-11-02`, `2026-11-02T09:00`, `30d`."""
    ago = _AGO.fullmatch(text)
    if ago:
        return datetime.now(UTC).replace(microsecond=0) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        message = f"{option} is {text!r}; write 2026-11-02, 2026-11-02T09:00:00Z, or how long ago: 30d, 12h, 15m."
        raise CannotDo(message) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
