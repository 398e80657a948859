"""The market's control API, v1: how the market stands."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.market_v1.clock import MarketClock
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)


class Limits(OpenEnum):
    """How the usage plans of the API are kept: as Amazon's, not at all, or ten times as generous."""

    REAL = "real"
    OFF = "off"
    TIMES_TEN = "x10"


class DueFailure(Message, rename="camel"):
    """Something that was to happen and could not; it was set aside."""

    kind: str
    due_at: datetime
    failure: str


class DocumentsKept(Message, rename="camel"):
    """What is kept of documents of a kind."""

    purpose: str
    """REPORT, FEED, FEED_RESULT, QUERY or ERROR."""
    count: int
    bytes: int
    oldest_at: datetime


class MarketCounts(Message, rename="camel"):
    """How much there is in the market."""

    sellers: int
    applications: int
    grants: int
    """Those that are not revoked."""
    skus: int
    orders: dict[str, int]
    """By status; a status without orders is left out."""
    waiting: int
    """Things that are to happen later."""
    works: int = 0
    """Reports, feeds and queries that wait to be made."""
    documents: list[DocumentsKept] = []


class Condition(OpenEnum):
    """How a part of the market's process stands."""

    OK = "ok"
    FAILING = "failing"
    """It is tried again, and all is well when that succeeds."""
    STUCK = "stuck"
    """What it is doing does not end."""
    ENDED = "ended"
    """Only a restart of the server brings it back."""


class PartHealth(Message, rename="camel"):
    """How a part stands, since when, and why."""

    status: Condition
    since: datetime | None = None
    """By the clock of the machine, not of the market."""
    reason: str | None = None


class Health(Message, rename="camel"):
    """How the market's process stands: what `/health` answers, to everybody."""

    status: Condition
    """`ok`, or `failing` if anything but the log is not ok."""
    version: str
    now: datetime
    """The market's time."""
    database: PartHealth
    threads: dict[str, PartHealth]
    """What the market does by itself: time that passes, the log of calls, messages to queues."""
    log: PartHealth


class MarketStatus(Message, rename="camel"):
    """What the market is and how it stands."""

    version: str
    clock: MarketClock
    seed: int
    limits: Limits
    demo_world: bool
    counts: MarketCounts
    failures: list[DueFailure]
    health: Health


class GetMarketStatus(Request[MarketStatus]):
    """Get what the market is and how it stands."""

    operation = get("/market/v1/status", "getMarketStatus", statuses=_READS, scope=NONE)
