"""A request as a WSGI server (PEP 3333) brings it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sellingpartner.counted import counted
from sellingpartner.server.gateway.http import LARGEST_BODY, PIECE, BodyIncomplete, HttpRequest, check_upload

Environ = Mapping[str, Any]

_MOST_DRAINED = 8 * LARGEST_BODY
_PIECE = 256 * 1024


class WsgiRequest(HttpRequest):
    """A request and its WSGI environment.

    WSGI hands bytes over as Latin-1; path and query are text in UTF-8 here, and what was no UTF-8 is U+FFFD.
    """

    __slots__ = ("_environ",)

    def __init__(self, environ: Environ, public_url: str | None = None) -> None:
        super().__init__(public_url)
        self._environ = environ
        self.method = environ["REQUEST_METHOD"]
        self.path = _text(environ.get("PATH_INFO") or "/")
        self.query = _text(environ.get("QUERY_STRING", ""))
        self.peer = environ.get("REMOTE_ADDR", "")
        self.called_as(environ.get("HTTP_HOST", ""))

    def header(self, name: str) -> str | None:
        """A header's value, by its lower-case name."""
        value: str | None = self._environ.get(_key(name))
        return value

    def _own_origin(self) -> str:
        environ = self._environ
        scheme = environ.get("wsgi.url_scheme", "http")
        return f"{scheme}://{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"

    def receive(self) -> None:
        """Take the body in; raises for one that does not come whole. What else is wrong with it, `body` says."""
        source = self._environ["wsgi.input"]
        length = self.declared_length
        if self.is_chunked:
            self.take(self._chunks())
        elif length is None:
            return
        elif length > LARGEST_BODY:
            self._drain(length)
        else:
            self.take(source.read(length))  # and nothing behind it: a server may wait for ever for that

    def upload(self) -> Iterator[bytes]:
        """The body of an upload, read from the server piece by piece as it is wanted; raises as `body` does."""
        if self._received is not None or not self.has_body:
            return super().upload()
        check_upload(self)
        if self.is_chunked:
            self.receive()
            return super().upload()
        return self._pieces(self.declared_length or 0)

    def _pieces(self, left: int) -> Iterator[bytes]:
        while left:
            piece = self._environ["wsgi.input"].read(min(left, PIECE))
            if not piece:
                message = f"The body ended {counted(left, 'byte')} before the end that its Content-Length promised."
                raise BodyIncomplete(message)
            left -= len(piece)
            yield piece

    def body(self) -> bytes:
        """The body; it is taken in now, if it was not before."""
        if self._received is None and self.has_body:
            self.receive()
        return super().body()

    def _chunks(self) -> bytes:
        # Asked for so many bytes, some servers give out what came of broken chunks as if they had ended well; asked for
        # all of them, they give out nothing.
        chunks: bytes = self._environ["wsgi.input"].read()
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
