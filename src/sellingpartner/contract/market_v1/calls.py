"""The market's control API, v1: the log of calls."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from sellingpartner.contract.market_v1.deliveries import Delivery
from sellingpartner.contract.market_v1.status import Limits
from sellingpartner.contract.message import Message, OpenEnum, named
from sellingpartner.contract.operation import Request, get
from sellingpartner.contract.scopes import NONE

WATCHING = "x-spapi-watching"
"""The header of a read that a tool repeats by itself, to see what is new: one that is answered is not in the log of calls."""

_READS = (200, 400, 403, 500, 503)


class Call(Message, rename="camel"):
    """One call and its answer; `code` and `reason` say why it was refused."""

    number: int | None = None
    """Its place in the log: calls are numbered in the order in which they are written down."""
    at: datetime
    request_id: str
    method: str
    path: str
    operation: str | None = None
    api: str | None = None
    scope: str | None = None
    """The scope that the call needed."""
    application_id: str | None = None
    application: str | None = None
    """What the application is called."""
    seller_id: str | None = None
    status: int
    code: str | None = None
    reason: str | None = None
    milliseconds: float
    agent: str | None = None
    """The program that called, as its User-Agent says."""
    unknown_parameters: list[str] | None = None
    """Parameters of the query that the operation does not have, by their names."""
    size: int | None = None
    """How many bytes the answer's body has."""
    left: float | None = None
    """How many calls its usage plan would have taken at once after it."""
    burst: int | None = None
    """How many it takes at once at most."""
    elements: list[str] | None = None
    """The personal data that a restricted data token opened for it."""
    fault: str | None = None
    """The fault that was injected into it: the rule's number and kind."""


class Calls(Message):
    """The log of calls."""

    requests: list[Call]
    latest: int = 0
    """The number of the latest call that was looked at: what comes next is `after` it."""


class ListRequests(Request[Calls], rename="camel"):
    """List calls of any API of the market: the latest, newest first, or those after a number, in order."""

    operation = get("/market/v1/requests", "listRequests", statuses=_READS, scope=NONE)

    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said; of those after a number, the first so many."""
    after: Annotated[int, Meta(ge=0)] | None = None
    """Only those that were written down after the call of this number."""
    refused: bool | None = None
    """Only those that were refused."""
    application_id: str | None = None
    seller_id: str | None = None
    operation_name: str | None = named("operation", default=None)
    """Only calls of this operation, by its name."""
    status: Annotated[int, Meta(ge=0, le=599)] | None = None
    """Only those that were answered with this status."""
    faulty: bool | None = None
    """Only those into which a fault was injected."""


class PlanUsage(Message, rename="camel"):
    """How much of a usage plan is used up: the bucket of one application, seller and operation."""

    application_id: str
    seller_id: str | None = None
    operation: str
    api: str
    left: float
    """How many calls it would take at once now."""
    burst: int
    """How many at most."""
    per_second: float
    """How many come back in a second of market time."""
    full_in_seconds: float
    """In how many seconds of market time it is full again, if nobody calls."""


class Usage(Message, rename="camel"):
    """The usage plans that are not wholly unused, the nearest to empty first."""

    limits: Limits
    """How the plans are kept; where that is off, nothing is counted."""
    plans: list[PlanUsage]


class ListUsage(Request[Usage], rename="camel"):
    """List how much of its usage plans each application has used up."""

    operation = get("/market/v1/usage", "listUsage", statuses=_READS, scope=NONE)

    application_id: str | None = None
    seller_id: str | None = None


class CallersGrant(Message, rename="camel"):
    """What the application holds of the seller, at the moment of asking."""

    stands: bool
    """Whether any grant of the seller to the application is good."""
    scopes: list[str]
    needed: list[str]
    """The scopes of which the operation needs one; none where any grant will do."""


class FactOfCall(Message, rename="camel"):
    """Something that a call brought about."""

    at: datetime
    kind: str
    seller_id: str | None = None
    values: dict[str, Any]


class CallStory(Message, rename="camel"):
    """One call, with all that is known of it."""

    call: Call
    advice: list[str]
    """What to do about it, a sentence each."""
    application: str | None = None
    """The caller's name."""
    seller: str | None = None
    grant: CallersGrant | None = None
    facts: list[FactOfCall]
    notifications: list[Delivery]
    """What was written to be sent because of it, without what it holds."""
    neighbors: list[Call]
    """What the same application called just before and after it."""


class GetRequest(Request[CallStory], rename="camel"):
    """Get one call, with all that is known of it."""

    operation = get("/market/v1/requests/{requestId}", "getRequest", statuses=(*_READS, 404), scope=NONE)

    request_id: str


class Severity(OpenEnum):
    """How bad a habit of a caller is."""

    ERROR = "error"
    """Amazon refuses it."""
    WARNING = "warning"
    """It works, and will harm one day."""
    NOTE = "note"


class LintFinding(Message, rename="camel"):
    """A habit of a caller that Amazon would not like, or will not."""

    rule: str
    severity: Severity
    application_id: str
    application: str | None = None
    """What the application is called."""
    operation: str | None = None
    api: str | None = None
    calls: int
    """How many calls show it."""
    example: str | None = None
    """The id of the latest such request."""
    advice: str


class LintReport(Message):
    """What was found in the log of calls."""

    findings: list[LintFinding]
    calls: int
    """How many calls were looked at."""


class LintCalls(Request[LintReport], rename="camel"):
    """Look through the log for what an application's calls could do better."""

    operation = get("/market/v1/lint", "lintCalls", statuses=(*_READS, 404), scope=NONE)

    application_id: str | None = None


class RecordedHeader(Message):
    """A header of a request or an answer."""

    name: str
    value: str


class Recording(Message, rename="camel"):
    """A whole call, without tokens."""

    request_id: str
    method: str
    url: str
    request_headers: list[RecordedHeader]
    request_body: str = ""
    answer_headers: list[RecordedHeader]
    answer_body: str = ""
    is_base64: bool = False
    """Whether the answer's body is no text, and is given in Base64."""


class Recordings(Message, rename="camel"):
    """The latest calls, whole."""

    is_recording: bool
    """Whether the market keeps any: `spapi serve --record` has it do so."""
    recordings: list[Recording]


class ListRecordings(Request[Recordings], rename="camel"):
    """List the latest calls of Amazon's operations, whole and without tokens, the oldest first."""

    operation = get("/market/v1/recordings", "listRecordings", statuses=_READS, scope=NONE)
