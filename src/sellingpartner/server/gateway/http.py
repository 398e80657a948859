"""What a request and an answer are inside the server: nothing of WSGI beyond this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Protocol

import msgspec

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge

LARGEST_BODY = 10 * 1024 * 1024
_MOST_DRAINED = 8 * LARGEST_BODY
_PIECE = 256 * 1024

Environ = Mapping[str, Any]
Headers = list[tuple[str, str]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class HttpRequest:
    """A request as it arrived: the path is percent-decoded once, the query string is not.

    WSGI (PEP 3333) hands bytes over as Latin-1; both are text in UTF-8 here, and what was no UTF-8 is U+FFFD.
    """

    __slots__ = ("_environ", "_is_read", "_public_url", "_received", "_taken", "method", "path", "query")

    def __init__(self, environ: Environ, public_url: str | None = None) -> None:
        self._environ = environ
        self._public_url = public_url
        self._is_read = False
        self._received: bytes | None = None
        self._taken = 0
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

    def receive(self) -> None:
        """Take the body in, however slowly it comes; what is wrong with it is said when it is asked for."""
        declared = self.header("content-length") or "0"
        if self.has_body and declared.isdecimal() and int(declared) <= LARGEST_BODY:
            self._read()

    def body(self) -> bytes:
        """The body; raises `RequestTooLarge` for more than 10 MiB."""
        declared = self.header("content-length") or "0"
        if not declared.isdecimal():
            message = "The Content-Length header must be a whole number."
            raise InvalidInput(message)
        if int(declared) > LARGEST_BODY:
            raise _too_large()
        body = self._read()
        if len(body) > LARGEST_BODY:
            raise _too_large()
        self._is_read = True
        return body

    def _read(self) -> bytes:
        if self._received is None:
            self._received = self._take(LARGEST_BODY + 1)
        return self._received

    def _take(self, most: int) -> bytes:
        """The next bytes of the body, and none behind its end: a server may wait for ever for those (PEP 3333)."""
        end = self._end()
        piece: bytes = self._environ["wsgi.input"].read(most if end is None else min(most, end - self._taken))
        self._taken += len(piece)
        return piece

    def _end(self) -> int | None:
        """Where the sender says that the body ends; None where the server says it, as it must for chunks."""
        if self._environ.get("wsgi.input_terminated") or self.header("transfer-encoding") is not None:
            return None
        declared = self.header("content-length") or "0"
        return int(declared) if declared.isdecimal() else 0

    @property
    def has_body(self) -> bool:
        """Whether the sender says that a body follows."""
        return (self.header("content-length") or "0") != "0" or self.header("transfer-encoding") is not None

    def drain(self) -> None:
        """Read on to the end of the body, up to a bound.

        Whoever is cut off while sending sees a broken connection and not the answer; some clients then repeat for ever.
        """
        if self._is_read or not self.has_body:
            return
        self._is_read = True
        for _ in range(_MOST_DRAINED // _PIECE):
            if len(self._take(_PIECE)) < _PIECE:
                return


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
