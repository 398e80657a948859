"""What a request and an answer are inside the server, whatever web server brings and takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from time import sleep
from typing import IO, Any, Protocol

import msgspec

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge, UnsupportedMediaType
from sellingpartner.contract.marketplaces import Region
from sellingpartner.server.gateway.amazon_hosts import is_sandbox, origin_for, region_of

SANDBOX = "/sandbox"
"""The base path below which a market's sandbox answers."""

LARGEST_BODY = 10 * 1024 * 1024
LARGEST_UPLOAD = 100 * 1024 * 1024
"""Assumed: the document of a feed, which is uploaded by its link, may have up to 100 MiB."""

UPLOADED_TO = "/documents/"
"""Below which paths files are uploaded that may be larger than other bodies (`documents_out.py`)."""

PIECE = 256 * 1024
"""How much of a file is held at a time."""

_MOST_DIGITS = 18  # of a length: more bytes than there are

Headers = list[tuple[str, str]]

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class BodyIncomplete(InvalidInput):
    """The body ended before the end that its sender announced, or its chunks did not end as chunks do."""


class BodyLate(InvalidInput):
    """The body was not there in time."""

    status = 408
    code = "RequestTimeout"


class HttpRequest:
    """A request as it arrived: the path is percent-decoded once, the query string is not.

    How it arrived is for the kinds below it to know: from a WSGI server (`wsgi.py`), or from granian itself
    (`process/reception.py`).
    """

    __slots__ = ("_file", "_public_url", "_received", "method", "path", "peer", "query", "region")

    method: str
    path: str
    query: str
    peer: str
    """The address that the request came from."""

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url
        self._received: bytes | None = None
        self._file: IO[bytes] | None = None
        self.region: Region | None = None
        """The region that was called, where it was called by a host of Amazon's."""

    def header(self, name: str) -> str | None:
        """A header's value, by its lower-case name."""
        raise NotImplementedError

    @property
    def origin(self) -> str:
        """Where the server is reached, for links in answers: by its public address, by a name of Amazon's, or itself.

        By no other name of the Host header, which clients get wrong and attackers choose.
        """
        return self._own_origin() if self._public_url is None else self._public_url

    def called_as(self, host: str) -> None:
        """Take in to which host a request was sent, where that is one of Amazon's.

        Those of its sandbox lead below the base path of ours; links begin with Amazon's names, so that they lead here.
        """
        amazons = origin_for(host)
        if amazons is None:
            return
        self.region = region_of(host)
        if self._public_url is None:
            self._public_url = amazons
        if is_sandbox(host):
            self.path = SANDBOX + self.path

    def enter(self, base: str) -> None:
        """Go below a base path: whoever answers there sees the path without it, and its links begin with it."""
        self._public_url = self.origin + base
        self.path = self.path.removeprefix(base) or "/"

    def _own_origin(self) -> str:
        raise NotImplementedError

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks, so that nobody knows beforehand how long it is."""
        return self.header("transfer-encoding") is not None

    @property
    def has_body(self) -> bool:
        """Whether the sender says that a body follows."""
        return (self.header("content-length") or "0") != "0" or self.is_chunked

    @property
    def declared_length(self) -> int | None:
        """How many bytes the body has, as its sender says: none unless said; None for what is no number."""
        declared = self.header("content-length") or "0"
        if not (declared.isascii() and declared.isdigit()):
            return None
        return int(declared) if len(declared) <= _MOST_DIGITS else 10**_MOST_DIGITS

    def take(self, body: bytes) -> None:
        """Keep the body, which has come whole; raises `BodyIncomplete` if it is shorter than was announced."""
        length = self.declared_length
        if not self.is_chunked and length is not None and len(body) < length <= LARGEST_BODY:
            message = f"The body ended after {len(body)} of the {length} bytes that its Content-Length promised."
            raise BodyIncomplete(message)
        self._received = body

    def body(self) -> bytes:
        """The body that was taken in, as it was meant; raises for more than 10 MiB, and for one that is compressed."""
        if not self.is_chunked:
            length = self.declared_length
            if length is None:
                message = "The Content-Length header must be a whole number."
                raise InvalidInput(message)
            if length > LARGEST_BODY:
                raise too_large()
        body = self._received or b""
        if len(body) > LARGEST_BODY:
            raise too_large()
        coding = self.header("content-encoding")
        if coding and coding.strip().lower() != "identity":
            raise UnsupportedMediaType(
                f"The body's Content-Encoding is {coding[:60]!r}; send it uncompressed."
            ).because("The body has a Content-Encoding; it must be sent uncompressed, without one.")
        return body

    @property
    def is_upload(self) -> bool:
        """Whether its body is a file: larger than others may be, and received into one."""
        return self.method == "PUT" and self.path.removeprefix(SANDBOX).startswith(UPLOADED_TO)

    def take_file(self, file: IO[bytes]) -> None:
        """Keep a body that has come whole into a file; it is closed when it has been read."""
        self._file = file

    def upload(self) -> Iterator[bytes]:
        """The body of an upload as it came, piece by piece, compressed or not."""
        if self._file is None:
            return iter([self._received or b""])
        return _read_out(self._file)


def _read_out(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def check_upload(request: HttpRequest) -> None:
    """Raise for a file that is larger than any may be, or whose length is no number, before any of it is received."""
    length = request.declared_length
    if length is None and not request.is_chunked:
        raise InvalidInput("The Content-Length header must be a whole number.")
    if length is not None and length > LARGEST_UPLOAD:
        raise file_too_large()


def file_too_large() -> RequestTooLarge:
    """What is said of an upload that is larger than any may be."""
    return RequestTooLarge(f"Your proposed upload exceeds the maximum allowed size, {LARGEST_UPLOAD} bytes.")


def too_large() -> RequestTooLarge:
    """What is said of a body that is larger than any may be."""
    return RequestTooLarge(f"The body is larger than {LARGEST_BODY} bytes, the most that a request may hold.")


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer leaves that is disturbed on its way."""

    delay_seconds: float = 0.0
    """So long it is held back, in the machine's time."""
    reset: bool = False
    """Whether the connection is reset, without a byte of it."""
    body_share: float = 1.0
    """How much of its body comes, though its whole length is announced."""


class HttpAnswer(msgspec.Struct):
    """An answer on its way out."""

    status: int
    body: bytes = b""
    headers: Headers = []
    stream: Iterator[bytes] | None = None
    """The body piece by piece, where it may be too large to be held; its length is in the headers."""
    leaving: Leaving | None = None
    """How it is disturbed on its way; None, as nearly always, for not at all."""

    def send(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Hand it to the WSGI server; raises `ConnectionResetError` to have it end the connection without an answer."""
        if self.leaving is not None:
            return self._send_disturbed(self.leaving, start_response)
        start_response(self._status_line, self.headers)
        if self.stream is not None:
            return self.stream
        return [self.body] if self.body else []

    @property
    def _status_line(self) -> str:
        return _STATUS_LINES.get(self.status) or str(self.status)

    def _send_disturbed(self, leaving: Leaving, start_response: Callable[..., Any]) -> Iterable[bytes]:
        sleep(leaving.delay_seconds)
        if leaving.reset:
            message = "A fault was injected: the connection is reset."
            raise ConnectionResetError(message)
        if self.stream is not None:
            start_response(self._status_line, self.headers)
            return self.stream
        start_response(self._status_line, self.announced)
        return [self.part_sent]

    @property
    def part_sent(self) -> bytes:
        """What comes of its body."""
        share = 1.0 if self.leaving is None else self.leaving.body_share
        return self.body[: int(len(self.body) * share)]

    @property
    def announced(self) -> Headers:
        """Its headers, with the length of the whole body."""
        others = [each for each in self.headers if each[0].lower() != "content-length"]
        return [*others, ("Content-Length", str(len(self.body)))]


class Endpoint(Protocol):
    """Whatever answers requests below a prefix."""

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request; never raises."""
        ...
