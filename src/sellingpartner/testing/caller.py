"""A caller in the same process: it speaks HTTP to the server through WSGI, without a socket."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from sellingpartner.client.wire import decode, encode
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Token = Callable[[], str]
"""Gives a token that is valid at the market's present moment."""


class Reply(msgspec.Struct, frozen=True):
    """A raw answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever the server said
        """The body, decoded."""
        return msgspec.json.decode(self.body)


class Caller:
    """Somebody with a token, or without one."""

    def __init__(
        self, app: Wsgi, token: str | Token | None = None, *, seller_id: str = "", marketplace_id: str = ""
    ) -> None:
        self._app = app
        self._token = token
        self.seller_id = seller_id
        self.marketplace_id = marketplace_id

    @property
    def app(self) -> Wsgi:
        """Whom the calls are made to."""
        return self._app

    @property
    def token(self) -> str | None:
        """The token that is shown with each call."""
        return self._token() if callable(self._token) else self._token

    def send(self, request: Request[Answer]) -> Answer:
        """Make a typed call; the typed answer comes back, or the error is raised."""
        wire = encode(request)
        reply = self.call(wire.method, wire.target, headers=wire.headers, body=wire.body)
        return decode(type(request), reply.status, reply.body)

    def call(
        self, method: str, target: str, *, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Reply:
        """Send anything at all; `target` is a percent-encoded path with its query."""
        sent = dict(headers or {})
        if (token := self.token) is not None:
            sent.setdefault("x-amz-access-token", token)
        path, _, query = target.partition("?")
        started: list[tuple[str, list[tuple[str, str]]]] = []
        environ = _environ(method, unquote(path, "latin-1"), query, sent, body or b"")
        answer = b"".join(self._app(environ, lambda status, answer_headers: started.append((status, answer_headers))))
        status, answer_headers = started[0]
        return Reply(int(status.split()[0]), {name.lower(): value for name, value in answer_headers}, answer)

    def calling(self, app: Wsgi) -> Caller:
        """The same caller, who calls another server."""
        return Caller(app, self._token, seller_id=self.seller_id, marketplace_id=self.marketplace_id)

    def with_token(self, token: str) -> Caller:
        """The same caller with another token."""
        return Caller(self._app, token, seller_id=self.seller_id, marketplace_id=self.marketplace_id)


def _environ(method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
    return environ
