"""The same on ASGI: `python examples/app/asgi_app.py`."""

from __future__ import annotations

import desk
from granian import Granian
from granian.constants import Interfaces

from sellingpartner import AsyncSellers
from sellingpartner.client.authorization import AsyncAuthorizationFlow, Authorization
from sellingpartner.client.authorization.asgi import Endpoints, Receive, Scope, Send
from sellingpartner.contract.errors import AuthorizationRevoked, ScopeMissing, SellingPartnerError

flow = AsyncAuthorizationFlow(**desk.FLOW)
sellers = AsyncSellers.from_store(desk.GRANTS, flow.application)


async def orders(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Show every seller's orders, or how to connect again."""
    parts = []
    for grant in desk.known_sellers():
        try:
            parts.append(desk.orders_of(grant.seller_id, await sellers[grant.seller_id].send(desk.question())))
        except (AuthorizationRevoked, ScopeMissing) as lost:
            parts.append(desk.gone(grant.seller_id, lost.message))
        except SellingPartnerError as failure:
            parts.append(desk.trouble(grant.seller_id, str(failure)))
    html = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": html})
    await send({"type": "http.response.body", "body": desk.page(parts)})


async def home(_authorization: Authorization, _scope: Scope) -> str:
    """Where a seller goes who has connected."""
    return "/"


app = Endpoints(flow, on_connected=home, otherwise=orders)


if __name__ == "__main__":
    print(f"http://127.0.0.1:{desk.PORT}/")
    Granian("asgi_app:app", address=desk.HOST, port=desk.PORT, interface=Interfaces.ASGI).serve()
