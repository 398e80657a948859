"""Hours of a store, or of somebody who works for it, as people write them: `--opens 09:00 --closes 17:00`."""

from __future__ import annotations

import re

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.market_v1 import OpeningHours, WeekDay

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def opening_hours(opens: str | None, closes: str | None, days: list[str] | None, capacity: int) -> OpeningHours | None:
    """What was said of them, None if nothing was; raises `CannotDo` that says how hours and days are written."""
    if opens is None and closes is None:
        return None
    for option, said in (("--opens", opens), ("--closes", closes)):
        if said is not None and _TIME.fullmatch(said) is None:
            message = f"{option} is {said!r}; write a time of the day as 09:00."
            raise CannotDo(message)
    week = [_week_day(one) for one in days or ()]
    return OpeningHours(opens=opens or "00:00", closes=closes or "00:00", days=week, capacity=capacity)


def _week_day(said: str) -> WeekDay:
    known = [one.value for one in WeekDay]
    if said.upper() not in known:
        message = f"--day is {said!r}; it takes {', '.join(one.lower() for one in known)}."
        raise CannotDo(message)
    return WeekDay(said.upper())
