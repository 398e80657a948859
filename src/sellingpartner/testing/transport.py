"""Ways from this package's client, or any that httpx2 carries, to a market in the same process, without a socket.

They answer for `http://market.test` and for Amazon's own names, so that a client that knows nothing of a market finds
it. Any other host is refused: a test never reaches the network. Nobody waits in process, so a delay shorter than the
request's timeout takes no time at all.
"""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import httpx2

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.counted import counted
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.http import HttpAnswer, Leaving

MARKET_URL = "http://market.test"
"""The address of a market in the same process."""

_HOST = "market.test"
_PORTS = {"http": 80, "https": 443}
_BARE = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})


class InProcess(httpx2.BaseTransport):
    """The way to a market for synchronous clients: `httpx2.Client(transport=InProcess(market.server))`."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """See httpx2; raises `ConnectError` for a host that is not the market's."""
        _check_host(request)
        return _answered(self._server, request, request.read())


class AsyncInProcess(httpx2.AsyncBaseTransport):
    """The same for asynchronous clients."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """See httpx2; raises `ConnectError` for a host that is not the market's."""
        _check_host(request)
        return _answered(self._server, request, await request.aread())


def _answered(server: Server, request: httpx2.Request, body: bytes) -> httpx2.Response:
    answer = server.answer_to(_environ(request, body))
    if answer.leaving is not None:
        answer = _arrived(request, answer, answer.leaving)
    if answer.stream is not None:  # read when its receiver wants it, as from a socket
        stream = httpx2.ByteStream(b"".join(answer.stream))
        return httpx2.Response(answer.status, headers=answer.headers, stream=stream)
    content = b"" if request.method == "HEAD" else answer.body
    return httpx2.Response(answer.status, headers=answer.headers, content=content)


def _arrived(request: httpx2.Request, answer: HttpAnswer, leaving: Leaving) -> HttpAnswer:
    """The answer, if it arrives in spite of what disturbs it; raises what a client on a socket would meet."""
    patience = request.extensions.get("timeout", {}).get("read")
    if patience is not None and leaving.delay_seconds > patience:
        raise httpx2.ReadTimeout("The read operation timed out", request=request)
    if leaving.reset:
        raise httpx2.ReadError("[Errno 104] Connection reset by peer", request=request)
    if answer.part_sent != answer.body:
        message = (
            f"peer closed connection without sending complete message body (received "
            f"{counted(len(answer.part_sent), 'byte')}, expected {len(answer.body)})"
        )
        raise httpx2.RemoteProtocolError(message, request=request)
    return answer


def _check_host(request: httpx2.Request) -> None:
    host = request.url.host
    if host != _HOST and host not in HOSTS:
        message = (
            f"A test's market never reaches the network, and {host} is neither {_HOST} nor a host of the Selling"
            " Partner API. A program that wants an address of this machine takes market_url."
        )
        raise httpx2.ConnectError(message, request=request)


def _environ(request: httpx2.Request, body: bytes) -> dict[str, Any]:
    """The request as a WSGI server would bring it."""
    url = request.url
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote(url.raw_path.partition(b"?")[0].decode("ascii"), "latin-1"),
        "QUERY_STRING": url.query.decode("ascii"),
        "SERVER_NAME": url.host,
        "SERVER_PORT": str(url.port or _PORTS[url.scheme]),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(body),
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in _BARE else f"HTTP_{key}"] = value
    if "HTTP_TRANSFER_ENCODING" in environ:  # the body is here as a whole
        del environ["HTTP_TRANSFER_ENCODING"]
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ
