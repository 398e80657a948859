"""Connect sellers and show their orders, on WSGI: `python examples/app/wsgi_app.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import desk

from sellingpartner import Sellers
from sellingpartner.client.authorization import AuthorizationFlow
from sellingpartner.client.authorization.wsgi import Endpoints
from sellingpartner.contract.errors import AuthorizationRevoked, ScopeMissing, SellingPartnerError

flow = AuthorizationFlow(**desk.FLOW)
sellers = Sellers.from_store(desk.GRANTS, flow.application)


def orders(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Show every seller's orders, or how to connect again."""
    parts = []
    for grant in desk.known_sellers():
        try:
            parts.append(desk.orders_of(grant.seller_id, sellers[grant.seller_id].send(desk.question())))
        except (AuthorizationRevoked, ScopeMissing) as lost:
            parts.append(desk.gone(grant.seller_id, lost.message))
        except SellingPartnerError as failure:
            parts.append(desk.trouble(grant.seller_id, str(failure)))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [desk.page(parts)]


app = Endpoints(flow, on_connected=lambda _authorization, _environ: "/", otherwise=orders)


class Handler(WSGIRequestHandler):
    """Logs paths alone: the query of /callback holds a code."""

    def log_request(self, code: int | str = "-", _size: int | str = "-") -> None:
        """Say what was asked for, and how it was answered."""
        self.log_message("%s %s %s", self.command, self.path.partition("?")[0], code)


if __name__ == "__main__":
    print(f"http://127.0.0.1:{desk.PORT}/")
    with make_server(desk.HOST, desk.PORT, app, handler_class=Handler) as server, suppress(KeyboardInterrupt):
        server.serve_forever()
