"""A gateway with a handler of the test's own, whatever this market has built by itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sellingpartner.contract.operation import Request
from sellingpartner.server.gateway import handlers, pipeline
from sellingpartner.server.gateway.decode import Decoder
from sellingpartner.server.gateway.handlers import Handled
from sellingpartner.server.gateway.wsgi import WsgiRequest

Serve = Callable[..., None]
Decode = Callable[..., Any]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Let a function (unit, request, caller) answer an operation, or with None let nothing answer it."""
    mine: dict[str, Handled | None] = {}
    built = handlers.handler_of
    monkeypatch.setattr(pipeline, "handler_of", lambda key: mine[key] if key in mine else built(key))

    def register(
        request: type[Request[Any]], function: Callable[..., Any] | None, *, reads: bool | None = None
    ) -> None:
        operation = request.operation
        reads_only = operation.method == "GET" if reads is None else reads
        if function is None:
            mine[operation.key] = None
            return
        mine[operation.key] = Handled(request, lambda *given: function(*given[:3]), reads_only)

    return register


@pytest.fixture
def decode() -> Decode:
    """Read a request of an operation as the gateway does."""

    def read(
        request: type[Request[Any]],
        query: str = "",
        *,
        path: Sequence[str] = (),
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - whatever the contract says
        environ = {
            "REQUEST_METHOD": request.operation.method,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **(headers or {}),
        }
        return Decoder(request).decode(WsgiRequest(environ), list(path))

    return read
