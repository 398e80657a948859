"""Whole requests and answers, in memory alone: for whoever wants to look at them, and only where that was asked for.

Tokens are left out. What else was sent is kept as it was, personal data too: so nothing of it is written down, and the
oldest goes when there is too much.
"""

from __future__ import annotations

from collections import deque
from threading import Lock
from urllib.parse import quote

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.server.gateway.http import Headers, HttpAnswer, HttpRequest
from sellingpartner.server.logging import without_secrets

MOST = 1_000
MOST_BYTES = 16 * 1024 * 1024

_SHOWN = ("host", "user-agent", "accept", "accept-encoding", "content-type", "content-length", "x-amz-date")
_HIDDEN = ("authorization", "x-amz-access-token", "x-amz-security-token", "cookie")
HIDDEN = "..."


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One request with its answer."""

    request_id: str
    method: str
    url: str
    request_headers: Headers
    request_body: bytes
    status: int
    answer_headers: Headers
    answer_body: bytes

    @property
    def size(self) -> int:
        """How many bytes it is of, more or less."""
        headers = sum(len(name) + len(value) for name, value in (*self.request_headers, *self.answer_headers))
        return len(self.url) + headers + len(self.request_body) + len(self.answer_body)


class Recorder:
    """Keeps the latest calls, so many and so much of them."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: deque[Recorded] = deque()
        self._bytes = 0
        self._lock = Lock()

    def take(self, request_id: str, http: HttpRequest, answer: HttpAnswer) -> None:
        """Keep a call."""
        query = f"?{http.query}" if http.query else ""
        recorded = Recorded(
            request_id=request_id,
            method=http.method,
            url=without_secrets(f"{http.origin}{quote(http.path)}{query}"),
            request_headers=_headers_of(http),
            request_body=_discreet(_body_of(http)),
            status=answer.status,
            answer_headers=list(answer.headers),
            answer_body=_discreet(answer.body),
        )
        with self._lock:
            self._kept.append(recorded)
            self._bytes += recorded.size
            while len(self._kept) > self._most or self._bytes > self._most_bytes:
                self._bytes -= self._kept.popleft().size

    def recorded(self) -> list[Recorded]:
        """What is kept, the oldest first."""
        with self._lock:
            return list(self._kept)


def _headers_of(http: HttpRequest) -> Headers:
    shown = [(name, value) for name in _SHOWN if (value := http.header(name)) is not None]
    return [*shown, *((name, HIDDEN) for name in _HIDDEN if http.header(name) is not None)]


def _body_of(http: HttpRequest) -> bytes:
    try:
        return http.body() if http.has_body else b""
    except SellingPartnerError:  # one that nobody could read
        return b""


def _discreet(body: bytes) -> bytes:
    try:
        return without_secrets(body.decode()).encode()
    except UnicodeDecodeError:
        return body
