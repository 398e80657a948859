"""Since when and until when a list of money goes: the rule that both versions of Finances share."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

TWO_MINUTES = timedelta(minutes=2)
"""How long it takes until what was posted can be listed.

Differs: Amazon lists money up to 48 hours after an order; here it is listed two minutes after it was posted.
"""

LONGEST = timedelta(days=180)
"""A list of a longer time is empty."""


class Window(msgspec.Struct, frozen=True, array_like=True):
    """A time from `after` on, and before `before`."""

    after: datetime | None
    before: datetime

    @property
    def is_empty(self) -> bool:
        """Whether it is longer than any list goes."""
        return self.after is not None and self.before - self.after > LONGEST


def window_of(
    unit: UnitOfWork, names: tuple[str, str], after: datetime | None, before: datetime | None, *, alone: bool = False
) -> Window:
    """The time that is asked for; its end is two minutes ago where nobody says. Raises where it cannot be.

    `names` are what the API calls the two; `alone` says that the end may be given without the beginning.
    """
    latest = unit.now - TWO_MINUTES
    begins, ends = (moment_of(name, given) for name, given in zip(names, (after, before), strict=True))
    for name, given in zip(names, (begins, ends), strict=True):
        if given is not None and given > latest:
            message = f"{name} is {given:%Y-%m-%dT%H:%M:%SZ}; it must be more than two minutes ago."
            raise InvalidInput(message)
    if ends is not None and begins is None and not alone:
        message = f"{names[1]} is given without {names[0]}; give {names[0]} too."
        raise InvalidInput(message)
    if begins is not None and ends is not None and ends <= begins:
        message = f"{names[1]} is not after {names[0]}; it must be."
        raise InvalidInput(message)
    return Window(begins, latest if ends is None else ends)


def moment_of(name: str, given: datetime | None) -> datetime | None:
    """A time that was given, by the market's reckoning; raises `InvalidInput` for one beyond all that happens."""
    try:
        return None if given is None else in_utc(given)
    except OutOfBounds as reason:
        message = f"{name} is no time that can be listed. {reason}"
        raise InvalidInput(message) from reason
