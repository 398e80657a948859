"""Fetches a document from its link, which lives for five minutes and may break at any byte."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sellingpartner.client._exchange import retries
from sellingpartner.client._shells.steps import Broken, Fetch, Outcome, Reply, Steps
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents._landing import Landing
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents.failures import DocumentUnreachable
from sellingpartner.client.documents.progress import Progress
from sellingpartner.contract.errors import CallFailed, ConnectionFailed
from sellingpartner.counted import counted

_LIVES = 240.0
"""Seconds after which a link is not trusted to serve another connection: Amazon's live for 300."""
_OK = frozenset({200, 206})
_RANGE_WRONG = 416
_EXPIRED = frozenset({400, 401, 403})
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_MOST_REFUSALS = 2
_SHOWN = 200


class Link(msgspec.Struct, frozen=True):
    """Where a document is, for a short time."""

    url: str
    is_packed: bool


def land(desk: Desk, target: Target, ask: Callable[[], Steps[Link]]) -> Steps[str]:
    """Have a document at its target, all of it or nothing; its Content-Type comes back."""
    with target.kept_if_whole() as path:
        landing = Landing(
            path, lambda done, total: desk.tell(_downloading(done, total)), desk.options.max_document_bytes
        )
        try:
            yield from fetch(desk, landing, ask)
            landing.settle()
        finally:
            landing.discard()
    return landing.content_type


def _downloading(done: int, total: int | None) -> Progress:
    return Progress(stage="downloading", bytes_done=done, bytes_total=total)


def fetch(desk: Desk, landing: Landing, ask: Callable[[], Steps[Link]]) -> Steps[None]:
    """Have all of a document land; `ask` gets a link to it, and another one whenever the last does not serve."""
    failures = refusals = furthest = 0
    link: Link | None = None
    asked_at = 0.0
    while True:
        if link is None:
            link = yield from ask()
            asked_at = desk.context.clock()
        landing.is_packed = link.is_packed
        outcome = yield from desk.carry(Fetch(link.url, _headers(desk, landing), landing, **desk.times()))
        if _is_whole(outcome, landing):
            return
        if isinstance(outcome, Reply) and outcome.status in _EXPIRED:
            refusals += 1
            if refusals >= _MOST_REFUSALS:
                raise _unreachable(outcome, landing)
            link = None
            continue
        if landing.received > furthest:  # it gets on, though slowly
            furthest, failures, refusals = landing.received, 0, 0
        failures += 1
        if failures > desk.options.retries or (isinstance(outcome, Broken) and outcome.is_hopeless):
            raise _given_up(outcome, landing)
        if desk.context.clock() - asked_at > _LIVES:
            link = None
        yield from desk.pause(retries.pause(failures, desk.context.random), "retry")


def _is_whole(outcome: Outcome, landing: Landing) -> bool:
    """Whether that was all; raises if another attempt would help nobody."""
    if not isinstance(outcome, Reply):
        return False
    if outcome.status in _OK and landing.is_whole:
        return True
    if outcome.status == _RANGE_WRONG:
        landing.begin_anew()
    elif outcome.status not in _OK | _PASSING | _EXPIRED:
        raise _unreachable(outcome, landing)
    return False


def _headers(desk: Desk, landing: Landing) -> dict[str, str]:
    """No token and nothing of Amazon's: the link is signed, and what is not in its signature is refused."""
    # Bytes are counted and gone on from, so nobody is to pack them on their way.
    return {"User-Agent": desk.context.user_agent, "Accept-Encoding": "identity", **landing.range_headers}


def _unreachable(reply: Reply, landing: Landing) -> DocumentUnreachable:
    shown = reply.body[:_SHOWN].decode(errors="replace") or "nothing"
    return DocumentUnreachable(f"The document's link was refused with {reply.status}: {shown} ({_progress(landing)}).")


def _given_up(outcome: Outcome, landing: Landing) -> CallFailed:
    reason = outcome.reason if isinstance(outcome, Broken) else f"the answer was {outcome.status}, or too short"
    failed = ConnectionFailed(f"The document did not come: {reason} ({_progress(landing)}).")
    failed.may_have_arrived = True
    return failed


def _progress(landing: Landing) -> str:
    if landing.total is None:
        return f"{counted(landing.received, 'byte')} came"
    return f"{landing.received} of {counted(landing.total, 'byte')} came"
