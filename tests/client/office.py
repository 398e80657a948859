"""A scripted Amazon for jobs: routes with a list of answers each, of which the last goes on being given."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import httpx2
from scripted import CREDENTIALS, Caller, Connect, Said, Script, answer, given

from sellingpartner.client import MemoryThrottle, MemoryTokens
from sellingpartner.client._exchange.exchange import Exchange

Given = Said | Callable[[httpx2.Request], Said]
REPORTS = "/reports/2021-06-30/reports"
FEEDS = "/feeds/2021-06-30"
KIOSK = "/dataKiosk/2023-11-15"
DOCUMENT = "http://documents.test/one?X-Amz-Signature=5ec2e7"
US = "ATVPDKIKX0DER"
JP = "A1VC38T7YXB528"
TYPE = "GET_SELLER_FEEDBACK_DATA"


class Office(Script):
    """Notes every call as `GET /path`, and answers from the routes that it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.routes: dict[str, list[Given]] = {}
        self.calls: list[str] = []

    def on(self, route: str, *answers: Given) -> Office:
        self.routes[route] = list(answers)
        return self

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        route = f"{request.method} {request.url.path}"
        if route == "POST /auth/o2/token":
            return super().__call__(request)
        self.calls.append(route)
        self.requests.append(request)
        answers = self.routes[route]
        return given(answers.pop(0) if len(answers) > 1 else answers[0], request)

    def asked(self, route: str) -> list[httpx2.Request]:
        """The requests that a route got."""
        return [request for request in self.requests if f"{request.method} {request.url.path}" == route]

    def report(self, *states: str, body: bytes = b"", kind: str = TYPE, **more: Any) -> Office:  # noqa: ANN401
        """A report that goes through these states and comes to this document."""
        headers = {"Content-Type": "text/plain; charset=UTF-8", **more.pop("headers", {})}
        self.on(f"POST {REPORTS}", answer({"reportId": "5001"}, 202))
        self.on(f"GET {REPORTS}/5001", *(report(state, kind, **more) for state in states))
        self.on(f"DELETE {REPORTS}/5001", answer({}))
        self.on("GET /reports/2021-06-30/documents/doc-1", link())
        self.on("GET /one", lambda _: served(body, headers=headers))
        return self


def report(state: str, kind: str = TYPE, **more: Any) -> httpx2.Response:  # noqa: ANN401
    """What getReport says."""
    found = {
        "reportId": "5001",
        "reportType": kind,
        "marketplaceIds": [US],
        "createdTime": "2026-11-02T09:00:00Z",
        "processingStatus": state,
    }
    if state == "DONE":
        found["reportDocumentId"] = "doc-1"
    return answer(found | more)


def link(url: str = DOCUMENT, *, packed: bool = False) -> httpx2.Response:
    """What getReportDocument says."""
    named = {"reportDocumentId": "doc-1", "url": url}
    return answer(named | {"compressionAlgorithm": "GZIP"} if packed else named)


def served(body: bytes, status: int = 200, *, headers: dict[str, str] | None = None) -> httpx2.Response:
    """An answer whose body is still to be read."""
    named = {"Content-Length": str(len(body)), **(headers or {})}
    return httpx2.Response(status, headers=named, stream=httpx2.ByteStream(body))


def expired(_: httpx2.Request) -> httpx2.Response:
    """What a link says after its five minutes."""
    return httpx2.Response(
        403, content=b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
    )


class Broken(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that breaks off."""

    def __init__(self, begins: bytes) -> None:
        self._begins = begins

    def __iter__(self) -> Iterator[bytes]:
        yield self._begins
        raise httpx2.ReadError("Connection reset by peer")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def breaks_off(body: bytes, after: int, **headers: str) -> httpx2.Response:
    """An answer of which so many bytes come."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    said = {"Content-Length": str(len(body)), "ETag": '"e1"', **names}
    return httpx2.Response(200, headers=said, stream=Broken(body[:after]))


def with_ranges(body: bytes, **headers: str) -> Callable[[httpx2.Request], httpx2.Response]:
    """A server that goes on where it is asked to."""

    def answered(request: httpx2.Request) -> httpx2.Response:
        wanted = request.headers.get("range")
        named = {"ETag": '"e1"', **{name.replace("_", "-"): value for name, value in headers.items()}}
        if wanted is None or request.headers.get("if-range") != '"e1"':
            return served(body, headers=named)
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        named["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return served(body[start:], 206, headers=named)

    return answered


def packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)


class Even(Random):
    """Luck that is none."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


class Waits:
    """What the clients waited for; `then` happens at the next wait."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.seconds: list[float] = []
        self.then: Callable[[], None] | None = None

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.seconds.append(round(seconds, 3))
        self.now += seconds
        if self.then is not None:
            self.then()

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


def on_clock(connect: Connect, office: Office, waits: Waits, **fields: Any) -> Caller:  # noqa: ANN401 - a client's fields
    fields = {
        "throttle": MemoryThrottle(waits.clock),
        "token_store": MemoryTokens(waits.clock),
        "marketplace": "US",
        **fields,
    }
    made = connect(office, CREDENTIALS, **fields)
    parts = made.client._parts  # noqa: SLF001 - only the clock is another
    context = replace(parts.context, clock=waits.clock, wall=waits.clock, random=Even(1))
    made.client._parts = replace(parts, context=context, exchange=Exchange(context))  # noqa: SLF001
    return made
