"""What a request and an answer are inside the server: nothing of WSGI beyond this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Protocol

import msgspec

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge, UnsupportedMediaType

LARGEST_BODY = 10 * 1024 * 1024
_MOST_DRAINED = 8 * LARGEST_BODY
_PIECE = 256 * 1024
_MOST_DIGITS = 18  # of a length: more bytes than there are

Environ = Mapping[str, Any]
Headers = list[tuple[str, str]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class BodyIncomplete(InvalidInput):
    """The body ended before the end that its sender announced, or its chunks did not end as chunks do."""


class HttpRequest:
    """A request as it arrived: the path is percent-decoded once, the query string is not.

    WSGI (PEP 3333) hands bytes over as Latin-1; both are text in UTF-8 here, and what was no UTF-8 is U+FFFD.
    """

    __slots__ = ("_environ", "_public_url", "_received", "method", "path", "query")

    def __init__(self, environ: Environ, public_url: str | None = None) -> None:
        self._environ = environ
        self._public_url = public_url
        self._received: bytes | None = None
        self.method: str = environ["REQUEST_METHOD"]
        self.path: str = _text(environ.get("PATH_INFO") or "/")
        self.query: str = _text(environ.get("QUERY_STRING", ""))

    def header(self, name: str) -> str | None:
        """A header's value, by its lower-case name."""
        value: str | None = self._environ.get(_key(name))
        return value

    @property
    def peer(self) -> str:
        """The address that the request came from."""
        address: str = self._environ.get("REMOTE_ADDR", "")
        return address

    @property
    def origin(self) -> str:
        """Where the server is reached, for links in answers: by its public address, or as it was reached itself.

        Not from the Host header, which clients get wrong and attackers choose.
        """
        if self._public_url is not None:
            return self._public_url
        environ = self._environ
        scheme = environ.get("wsgi.url_scheme", "http")
        return f"{scheme}://{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"

    @property
    def declared_length(self) -> int | None:
        """How many bytes the body has, as its sender says: none unless said; None for what is no number."""
        declared = self.header("content-length") or "0"
        if not (declared.isascii() and declared.isdigit()):
            return None
        return int(declared) if len(declared) <= _MOST_DIGITS else 10**_MOST_DIGITS

    @property
    def has_body(self) -> bool:
        """Whether the sender says that a body follows."""
        environ = self._environ
        return (environ.get("CONTENT_LENGTH") or "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ

    def receive(self) -> None:
        """Take the body in; raises for one that does not come whole. What else is wrong with it, `body` says."""
        if "HTTP_TRANSFER_ENCODING" not in self._environ:
            declared = self.declared_length
            if declared is None:
                return
            if declared > LARGEST_BODY:
                self._drain(declared)
                return
        self._received = self._read()

    def body(self) -> bytes:
        """The body as it was meant; raises for more than 10 MiB, and for one that is compressed."""
        if self._received is None:
            declared = self.declared_length
            if declared is None:
                message = "The Content-Length header must be a whole number."
                raise InvalidInput(message)
            if declared > LARGEST_BODY:
                raise _too_large()
            self._received = self._read()
        if len(self._received) > LARGEST_BODY:
            raise _too_large()
        coding = self.header("content-encoding")
        if coding and coding.strip().lower() != "identity":
            raise UnsupportedMediaType(
                f"The body's Content-Encoding is {coding[:60]!r}; send it uncompressed."
            ).because("The body has a Content-Encoding; it must be sent uncompressed, without one.")
        return self._received

    def _read(self) -> bytes:
        """The whole body, and nothing behind its end: a server may wait for ever for that (PEP 3333)."""
        source = self._environ["wsgi.input"]
        if "HTTP_TRANSFER_ENCODING" not in self._environ:
            length = self.declared_length or 0
            body: bytes = source.read(length) if length else b""
            if len(body) < length:
                message = f"The body ended after {len(body)} of the {length} bytes that its Content-Length promised."
                raise BodyIncomplete(message)
            return body
        # Asked for so many bytes, granian gives out what came of broken chunks as if they had ended well; asked for all
        # of them, it gives out nothing.
        chunks: bytes = source.read()
        if not chunks:
            message = "The body's chunks held nothing, or did not end as chunks do; a body of none has no chunks."
            raise BodyIncomplete(message)
        return chunks

    def _drain(self, left: int) -> None:
        """Read on to the end of a body that is too large, up to a bound.

        Whoever is cut off while sending sees a broken connection and not the answer; some clients then repeat for ever.
        """
        left = min(left, _MOST_DRAINED)
        while left > 0:
            size = len(self._environ["wsgi.input"].read(min(left, _PIECE)))
            left -= size or left


@cache
def _key(name: str) -> str:
    """What WSGI calls a header. The names are the contract's and the server's own, so they are few."""
    key = name.upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def _text(native: str) -> str:
    if native.isascii():
        return native
    try:
        return native.encode("latin-1").decode(errors="replace")
    except UnicodeEncodeError:  # a server that decoded it already, against PEP 3333
        return native.encode(errors="replace").decode()


def _too_large() -> RequestTooLarge:
    return RequestTooLarge(f"The body is larger than {LARGEST_BODY} bytes, the most that a request may hold.")


class HttpAnswer(msgspec.Struct):
    """An answer on its way out."""

    status: int
    body: bytes = b""
    headers: Headers = []

    def send(self, start_response: Callable[..., Any]) -> list[bytes]:
        """Hand it to the WSGI server."""
        start_response(_STATUS_LINES.get(self.status) or str(self.status), self.headers)
        return [self.body] if self.body else []


class Endpoint(Protocol):
    """Whatever answers requests below a prefix."""

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request; never raises."""
        ...
