"""Ready-made endpoints for ASGI (Starlette, FastAPI, Django, or nothing at all): `/login` and `/callback`.

application = Endpoints(flow, on_connected=welcome, otherwise=the_rest_of_the_application)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from sellingpartner.client.authorization import _pages
from sellingpartner.client.authorization._returning import Authorization
from sellingpartner.client.authorization.flow import AsyncAuthorizationFlow
from sellingpartner.client.vault.keys import SealBroken
from sellingpartner.contract.errors import NotConfigured, SellingPartnerError

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
OnConnected: TypeAlias = Callable[[Authorization, Scope], Awaitable[str | None]]
OnDenied: TypeAlias = Callable[[SellingPartnerError, Scope], Awaitable[str | None]]


class Endpoints:
    """`/login` sends a seller to consent, `/callback` takes them back. Both hooks may say where to send them then.

    `on_denied` hears of everything else than a grant: the seller's no, a state that is not right, a login that failed.
    A store that cannot be read is no such thing: it is raised.

    What has another path, or is not HTTP, goes to `otherwise`.
    """

    def __init__(
        self,
        flow: AsyncAuthorizationFlow,
        *,
        on_connected: OnConnected | None = None,
        on_denied: OnDenied | None = None,
        otherwise: Application | None = None,
    ) -> None:
        self._flow = flow
        self._on_connected = on_connected
        self._on_denied = on_denied
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        is_ours = scope["type"] == "http" and _path(scope) in {_pages.LOGIN, _pages.CALLBACK}
        if not is_ours and self._otherwise is not None:
            await self._otherwise(scope, receive, send)
            return
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":  # a websocket that nobody takes is closed
            await send({"type": "websocket.close", "code": 1000})
            return
        page = await self._answer(scope) if is_ours else _pages.not_here()
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in page.headers]
        await send({"type": "http.response.start", "status": page.status.value, "headers": headers})
        await send({"type": "http.response.body", "body": page.body})

    async def _answer(self, scope: Scope) -> _pages.Page:
        if scope["method"] != "GET":
            return _pages.not_so()
        # HTTP/2 may bring cookies in several headers (RFC 9113, 8.2.3).
        cookies = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
        query = scope.get("query_string", b"").decode("latin-1")
        if _path(scope) == _pages.LOGIN:
            return _pages.started(self._flow, query, cookies)
        return await self._taken_back(f"{_pages.CALLBACK}?{query}", cookies, scope)

    async def _taken_back(self, url: str, cookies: str, scope: Scope) -> _pages.Page:
        try:
            authorization = await self._flow.callback(url, session=_pages.session_in(self._flow, cookies))
        except (NotConfigured, SealBroken):  # no fault of the seller's, and nothing that a page could mend
            raise
        except SellingPartnerError as failure:
            target = None if self._on_denied is None else await self._on_denied(failure, scope)
            return _pages.failed(self._flow, failure, target)
        target = None if self._on_connected is None else await self._on_connected(authorization, scope)
        return _pages.connected(self._flow, authorization.seller_id, target)


def _path(scope: Scope) -> str:
    """The path below where this is mounted; servers and frameworks differ in whether `path` holds the mount."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


async def _live(receive: Receive, send: Send) -> None:
    """Nothing is to be done when a server starts or stops."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
