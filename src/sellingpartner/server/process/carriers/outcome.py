"""What became of a message that was to be sent, and what every carrier is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from sellingpartner.market.notifications.model import Delivery, Lane


class NotSent(Exception):
    """A message could not be sent; the text says why and, if it lies with the market, what to do."""


class Fate(StrEnum):
    """What became of a message."""

    ARRIVED = "ARRIVED"
    KEPT = "KEPT"
    """Nothing is sent by this market."""
    FAILED = "FAILED"
    """It may be tried again."""
    REFUSED = "REFUSED"
    """It is the message itself that is refused: to try it again would be in vain."""
    UNTRIED = "UNTRIED"
    """One before it failed."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a message, and why."""

    fate: Fate
    reason: str = ""


ARRIVED, KEPT, UNTRIED = Outcome(Fate.ARRIVED), Outcome(Fate.KEPT), Outcome(Fate.UNTRIED)


class Carrier(Protocol):
    """Takes messages to one kind of destination; for many threads, each with a lane of its own."""

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Send messages, in order; one outcome each. Raises `NotSent` if none of them arrived."""

    def look(self, lane: Lane) -> None:
        """See whether messages could be sent there, without sending one; raises `NotSent`."""


class Keeping:
    """Sends nothing: what would have been sent stays in the market, where it can be looked at."""

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:  # noqa: ARG002 - a carrier's form
        """Leave it where it is."""
        return [KEPT] * len(leaving)

    def look(self, lane: Lane) -> None:
        """Look at nothing."""
