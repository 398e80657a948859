"""The market's control API, v1: market time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

Span = Annotated[float, Meta(ge=0)]
Speed = Annotated[float, Meta(gt=0, le=100_000)]
_READS = (200, 400, 403, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)


class ClockMode(OpenEnum):
    """Whether market time runs."""

    LIVE = "live"
    FROZEN = "frozen"


class MarketClock(Message, rename="camel"):
    """Market time."""

    now: datetime
    mode: ClockMode
    next_due_at: datetime | None = None
    """When the next thing happens by itself."""
    advancing_to: datetime | None = None
    """Where time is on its way to, while somebody advances it; `now` is how far it is."""
    happened: int | None = None
    """How many due things have happened on the way."""
    speed: float | None = None
    """How many times as fast as the machine's clock it runs, where that is not once."""
    renewed: str | None = None
    """That the market's ready credentials were near their end and were renewed, and where they are."""


class GetClock(Request[MarketClock]):
    """Get market time."""

    operation = get("/market/v1/clock", "getClock", statuses=_READS, scope=NONE)


class Happening(Message, rename="camel"):
    """How often a thing happened."""

    kind: str
    count: int


class StoppedBy(Message, rename="camel"):
    """The thing at which time was to stop."""

    kind: str
    at: datetime
    order_id: str | None = None


class AdvancedClock(MarketClock, rename="camel"):
    """Market time after it was moved."""

    happened: int
    """How many due things happened on the way."""
    kinds: list[Happening] | None = None
    """Which, the most frequent first."""
    is_stopped: bool = False
    """Whether somebody stopped it on the way; then `now` is where it stands."""
    stopped_by: StoppedBy | None = None
    """What it was to stop at, if that happened; then `now` is when."""


class AdvanceClockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How far to go."""

    by: str | None = None
    seconds: Span | None = None
    minutes: Span | None = None
    hours: Span | None = None
    days: Span | None = None
    until: str | None = None
    order_id: str | None = None


class AdvanceClock(Request[AdvancedClock], rename="camel"):
    """Let market time pass at once: everything that is due on the way happens, in order."""

    operation = post(
        "/market/v1/clock/advance", "advanceClock", statuses=_COMMANDS, body=AdvanceClockSpecification, scope=NONE
    )

    by: str | None = None
    """An ISO 8601 duration, such as P3D or PT90M; it and the others are added up."""
    seconds: Span | None = None
    minutes: Span | None = None
    hours: Span | None = None
    days: Span | None = None
    until: str | None = None
    """Stop at the first thing of this kind, such as OrderShipped; then 30 days at most, unless said otherwise."""
    order_id: str | None = None
    """Only a thing that is about this order."""


class TravelClockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Where to go."""

    to: datetime


class TravelClock(Request[AdvancedClock], rename="camel"):
    """Go to a later moment: everything that is due on the way happens, and the clock runs or stands as before."""

    operation = post(
        "/market/v1/clock/travel", "travelClock", statuses=(*_COMMANDS, 409), body=TravelClockSpecification, scope=NONE
    )

    to: datetime


class FreezeClockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Where to stop."""

    at: datetime | None = None


class FreezeClock(Request[MarketClock], rename="camel"):
    """Stop market time, here or at a later moment that it goes to first."""

    operation = post(
        "/market/v1/clock/freeze", "freezeClock", statuses=_COMMANDS, body=FreezeClockSpecification, scope=NONE
    )

    at: datetime | None = None


class StopClock(Request[MarketClock]):
    """Have time that is being advanced stand where it is."""

    operation = post("/market/v1/clock/stop", "stopClock", statuses=(*_COMMANDS, 409), scope=NONE)


class RunClockSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How fast to run."""

    speed: Speed | None = None


class RunClock(Request[MarketClock], rename="camel"):
    """Let market time run on from where it stands."""

    operation = post("/market/v1/clock/live", "runClock", statuses=_COMMANDS, body=RunClockSpecification, scope=NONE)

    speed: Speed | None = None
    """How many times as fast as the machine's clock; once unless said. At 1440 a minute is a day."""
