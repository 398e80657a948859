"""Why AWD refuses, in the form of Amazon: BAD_REQUEST and what was wrong.

Assumed: Amazon's model gives the code of a bad request alone; NOT_FOUND and CONFLICT are formed after it.
"""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.market.distribution.lifecycle import DEEDS
from sellingpartner.market.time.lifecycle import IllegalTransition, Lifecycle, State, advance
from sellingpartner.storage.events import Event

WRONG = "This exception is thrown when client inputs are invalid"


class BadRequest(InvalidInput):
    """What was sent is wrong."""

    code = "BAD_REQUEST"

    def __init__(self, message: str) -> None:
        super().__init__(message, details=WRONG)

    @property
    def told(self) -> str:
        """The message alone: the details are the same of all."""
        return self.message


class BoundsCrossed(BadRequest):
    """The least is more than the most."""


class NoSuchRegion(BadRequest):
    """AWD has no region of this name."""


class NotInThatState(Conflict):
    """An inbound order is in a state that does not allow it."""

    code = "CONFLICT"


class WrongState(BadRequest):
    """A shipment, or an order out of AWD, is in a state that does not allow it: of those Amazon knows no conflict."""


class _NotThere(NotFound):
    code = "NOT_FOUND"
    word = ""

    def __init__(self, named: str) -> None:
        super().__init__(f"{self.word} {named[:60]!r} does not exist.")


class NoSuchInbound(_NotThere):
    """The seller has no such inbound order."""

    word = "Inbound order"


class NoSuchShipment(_NotThere):
    """The seller has no such inbound shipment."""

    word = "Inbound shipment"


class NoSuchOutbound(_NotThere):
    """The seller has no such order out of AWD."""

    word = "Order"


def advanced(
    lifecycle: Lifecycle[State],
    state: State,
    fact: type[Event],
    *,
    subject: str,
    refused: type[NotInThatState | WrongState] = WrongState,
) -> State:
    """The state that a fact leads to; raises `WrongState`, or what is said instead."""
    try:
        return advance(lifecycle, state, fact, subject=subject, deed=DEEDS[fact])
    except IllegalTransition as reason:
        raise refused(reason.message) from None
