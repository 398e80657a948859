"""What may be made to go wrong: a fault, where it strikes and when; together a rule.

    refuse, page, expired-link   instead of what was asked for, which does not happen
    reset                        before it (nothing happens) or after it (it has happened; nobody is told)
    drift, cut, corrupt          after it, with the body of the answer
    rate-header, clock-skew      after it, with the head of the answer
    delay                        on the way out
    notification                 when a notification leaves
    report, feed                 when the work on a report or a feed begins

All are values; what a rule has done so far is counted by the board (`board.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta

from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.contract.report_types import REPORT_TYPES

MISSING = "missing"
"""Said of a header that is to be left out."""
MOST_SECONDS = 60
"""How long an answer is held back at most."""

Share = Annotated[float, Meta(ge=0, lt=1)]
Seconds = Annotated[float, Meta(ge=0, le=3600)]
Pause = Annotated[float, Meta(gt=0, le=MOST_SECONDS)]
Probability = Annotated[float, Meta(gt=0, le=1)]
Count = Annotated[int, Meta(ge=1, le=2**53)]
Text = Annotated[str, Meta(max_length=300)]
HeaderText = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[!-~]([ -~]*[!-~])?$")]


class Fault(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What goes wrong; its tag says which kind it is, its first field is the one that matters most."""

    kind: ClassVar[str]
    about: ClassVar[str]
    """What it does, in a line for people."""
    bare: ClassVar[int] = 1
    """How many of its first fields may be said without their names."""


class Refuse(Fault, frozen=True, kw_only=True, tag="refuse"):
    """The call is refused with Amazon's body."""

    kind = "refuse"
    about = "refuses the call with Amazon's body; it does not happen"

    status: Annotated[int, Meta(ge=400, le=599)] = 503
    code: Text = ""
    """What fits the status unless said."""
    message: Text = ""
    retry_after: Annotated[int, Meta(ge=0, le=86_400)] | None = None
    """The seconds of a `Retry-After` header."""


class Page(Fault, frozen=True, kw_only=True, tag="page"):
    """A gateway in front answers with a page of HTML."""

    kind = "page"
    about = "answers with a gateway's page of HTML; the call does not happen"

    status: Annotated[int, Meta(ge=400, le=599)] = 502


class ExpiredLink(Fault, frozen=True, kw_only=True, tag="expired-link"):
    """A signed link (an upload, a document) answers as if its time were over."""

    kind = "expired-link"
    about = "has signed links of documents and uploads answer as expired"


class Reset(Fault, frozen=True, kw_only=True, tag="reset"):
    """The connection is reset, without a byte of an answer."""

    kind = "reset"
    about = "resets the connection, before the call happens or after it has"

    moment: Literal["before", "after"] = "before"


class Delay(Fault, frozen=True, kw_only=True, tag="delay"):
    """The answer is held back, in the machine's time."""

    kind = "delay"
    about = "holds the answer back, in the machine's time"

    seconds: Pause = 1.0
    spread: Literal["fixed", "uniform", "exponential", "lognormal"] = "fixed"
    """Always so long; or 0 to twice as long; or mostly shorter and sometimes much longer; the mean stays."""
    at_most: Pause = float(MOST_SECONDS)


class Cut(Fault, frozen=True, kw_only=True, tag="cut"):
    """The body ends early: its length is announced, a part of it comes."""

    kind = "cut"
    about = "ends the body early, behind a share of it"

    share: Share = 0.5


class Corrupt(Fault, frozen=True, kw_only=True, tag="corrupt"):
    """Some bytes of the body are other ones."""

    kind = "corrupt"
    about = "changes some bytes of the body"

    count: Annotated[int, Meta(ge=1, le=1000)] = 1


class RateHeader(Fault, frozen=True, kw_only=True, tag="rate-header"):
    """The header that tells the rate limit is missing, or says something else."""

    kind = "rate-header"
    about = "leaves x-amzn-RateLimit-Limit out, or has it say something else"

    value: HeaderText | None = None
    """Left out unless said, or where it is said that it is `missing`."""


class ClockSkew(Fault, frozen=True, kw_only=True, tag="clock-skew"):
    """The answer's `Date` is off."""

    kind = "clock-skew"
    about = "has the Date header be off by so many seconds"

    seconds: Annotated[float, Meta(ge=-31_536_000, le=31_536_000)] = 300.0


class Drift(Fault, frozen=True, kw_only=True, tag="drift"):
    """The answer is not quite what the contract says."""

    kind = "drift"
    about = "changes the answer's form: an unknown value, an extra or missing field, another type"

    change: Literal["enum", "extra", "missing", "type"] = "enum"
    path: Text = ""
    """Where, as wire names with a star for every entry of a list: `payload.Orders.*.OrderStatus`; else anywhere."""
    places: Annotated[int, Meta(ge=1, le=1000)] = 1
    """In how many places, as far as there are so many."""


class Notification(Fault, frozen=True, kw_only=True, tag="notification"):
    """What an application is told does not arrive as it was written."""

    kind = "notification"
    about = "has notifications be lost, delayed, duplicated or reordered"

    what: Literal["lost", "delayed", "duplicated", "reordered"] = "lost"
    seconds: Seconds = 60.0
    """How long a delayed one waits, in market time."""


class JobFault(Fault, frozen=True, kw_only=True):
    """A job that takes long comes to no good end; each kind of job has a fault of its own."""

    bare = 2

    what: Literal["stuck", "fatal"] = "stuck"
    type: Text = ""
    """Its type, or the beginning of several with a star; each unless said."""
    status: Literal["IN_QUEUE", "IN_PROGRESS"] = "IN_PROGRESS"
    """Where one is stuck: until the rule is taken away, or its time is over."""

    @property
    def is_stuck(self) -> bool:
        """Whether the job stays where it is, and does not end."""
        return self.what == "stuck"

    @property
    def holds_in_queue(self) -> bool:
        """Whether it does not even begin."""
        return self.is_stuck and self.status == "IN_QUEUE"

    def takes(self, job_type: str) -> bool:
        """Whether a job is one of those."""
        return not self.type or _fits(self.type, job_type)


class ReportFault(JobFault, frozen=True, kw_only=True, tag="report"):
    """A report is never done, or ends FATAL."""

    kind = "report"
    about = "has reports be stuck in the queue or at work, or end FATAL"


class FeedFault(JobFault, frozen=True, kw_only=True, tag="feed"):
    """A feed is never done, or ends FATAL, and nothing of it was carried out."""

    kind = "feed"
    about = "has feeds be stuck in the queue or at work, or end FATAL"


AnyFault: TypeAlias = (
    Refuse
    | Page
    | ExpiredLink
    | Reset
    | Delay
    | Cut
    | Corrupt
    | RateHeader
    | ClockSkew
    | Drift
    | Notification
    | ReportFault
    | FeedFault
)

KINDS: dict[str, type[AnyFault]] = {
    one.kind: one
    for one in (
        Refuse, Page, Reset, Delay, Cut, Corrupt, RateHeader, ClockSkew, Drift, ExpiredLink, Notification, ReportFault,
        FeedFault,
    )
}  # fmt: skip
"""Every kind of fault by its name."""

JOB_TYPES: dict[str, Iterable[str]] = {ReportFault.kind: REPORT_TYPES, FeedFault.kind: FEED_TYPES}
"""Each kind of fault of a job, with the types that there are of such jobs."""


TOKEN, DOCUMENT = "token", "document"
PLACES = (TOKEN, DOCUMENT)
"""What stands for an operation where there is none: where tokens are given out, and where signed links lead."""


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule looks at: a call, a notification that leaves, or a job that begins."""

    operation: str = ""
    """The operation's name, or one of the `PLACES`."""
    api: str = ""
    """The API with its version: "orders v0"."""
    seller_id: str = ""
    application_id: str = ""
    notification_type: str = ""


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a rule concerns; every call of an operation unless said."""

    operation: Text | None = None
    """An operation's name, or the beginning of several with a star: `get*`. The `PLACES` must be named."""
    api: Text | None = None
    """An API (`orders`), or one version of it (`orders v0`)."""
    seller_id: Text | None = None
    application_id: Text | None = None
    notification_type: Text | None = None

    def takes(self, called: Called) -> bool:
        """Whether a call is one of those."""
        return (
            (called.operation not in PLACES if self.operation is None else _fits(self.operation, called.operation))
            and (self.api is None or self.api in {called.api, called.api.partition(" ")[0]})
            and self.seller_id in {None, called.seller_id}
            and self.application_id in {None, called.application_id}
            and self.notification_type in {None, called.notification_type}
        )


class When(msgspec.Struct, frozen=True, kw_only=True):
    """How often a rule strikes; at each of its calls unless said. Moments are the market's."""

    probability: Probability = 1.0
    nth: tuple[Count, ...] = ()
    """Only the first, the third, ... of its calls."""
    every: Count | None = None
    """Only each so-many-th of its calls."""
    times: Count | None = None
    """So many times, and no more."""
    since: datetime | None = None
    until: datetime | None = None

    def is_open(self, now: datetime, struck: int) -> bool:
        """Whether it may strike at a moment, after so many strikes."""
        return (
            (self.times is None or struck < self.times)
            and (self.since is None or now >= self.since)
            and (self.until is None or now < self.until)
        )

    def picks(self, n: int) -> bool:
        """Whether the n-th of its calls may be struck."""
        return (not self.nth or n in self.nth) and (self.every is None or n % self.every == 0)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: what goes wrong, where and when."""

    fault: AnyFault
    where: Where = Where()
    when: When = When()
    note: Text = ""
    """What it is for, in the words of whoever made it."""
    rule_id: int = 0
    """Its number among the market's; 0 for one that is of a single call."""

    @property
    def is_of_calls(self) -> bool:
        """Whether it strikes calls: the board counts those, and others count in their own transactions."""
        return not isinstance(self.fault, Notification | JobFault)


class Counts(msgspec.Struct, frozen=True):
    """What a rule has met and done."""

    matched: int = 0
    struck: int = 0


def _fits(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
