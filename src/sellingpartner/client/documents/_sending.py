"""Uploads a feed's content to the place that was made for it, under exactly the content type that was said there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from sellingpartner.client._exchange import retries
from sellingpartner.client._shells.steps import Reply, Steps, Upload
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents.failures import DocumentUnreachable
from sellingpartner.client.documents.progress import Progress
from sellingpartner.contract.errors import ConnectionFailed

_GOOD = range(200, 300)
_PASSING = frozenset({400, 401, 403, 408, 429, 500, 502, 503, 504})
"""What another place may help against; an upload link that has expired is refused with 403."""
_SHOWN = 300


class Place(msgspec.Struct, frozen=True):
    """An empty document, and where its content goes, for a short time."""

    document_id: str
    url: str


class Content(msgspec.Struct, frozen=True):
    """What is sent: bytes, or a file that is read while it is sent."""

    what: bytes | Path
    size: int
    content_type: str


def send(desk: Desk, content: Content, ask: Callable[[], Steps[Place]]) -> Steps[str]:
    """The id of a document that holds the content. Nothing is submitted by that, so a failed upload begins anew."""
    failures = 0
    while True:
        place = yield from ask()
        sent = _Sent(desk, content.size)
        headers = {
            "User-Agent": desk.context.user_agent,
            "Content-Type": content.content_type,
            "Content-Length": str(content.size),
        }
        outcome = yield from desk.carry(Upload(place.url, headers, content.what, sent=sent, **desk.times()))
        if isinstance(outcome, Reply) and outcome.status in _GOOD:
            return place.document_id
        failures += 1
        passes = not isinstance(outcome, Reply) or outcome.status in _PASSING
        if not passes or failures > desk.options.retries:
            if isinstance(outcome, Reply):
                shown = outcome.body[:_SHOWN].decode(errors="replace") or "nothing"
                raise DocumentUnreachable(
                    f"The upload was refused with {outcome.status}: {shown}. Nothing was submitted."
                )
            raise ConnectionFailed(f"The upload broke off: {outcome.reason}. Nothing was submitted.")
        yield from desk.pause(retries.pause(failures, desk.context.random), "retry")


class _Sent:
    """Counts what has been sent and says so."""

    def __init__(self, desk: Desk, total: int) -> None:
        self._desk = desk
        self._total = total
        self._done = 0

    def __call__(self, size: int) -> None:
        self._done += size
        self._desk.tell(Progress(stage="uploading", bytes_done=self._done, bytes_total=self._total))
