"""A seller at the consent page, as far as the application's side sees one; and flows of either kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from sellingpartner.client.authorization import AsyncAuthorizationFlow, Authorization, AuthorizationFlow
from sellingpartner.market.accounts.codes import issue_code
from sellingpartner.testing import TestMarket

REDIRECT_URI = "http://127.0.0.1:8080/callback"
SESSION = "a-session-that-nobody-can-guess-0123456789a"


class Flow:
    """Either kind of flow, whose callbacks are carried out."""

    def __init__(self, flow: AuthorizationFlow | AsyncAuthorizationFlow) -> None:
        self.flow = flow
        self.url = flow.url
        self.login = flow.login

    def callback(self, request_url: str, session: str | None = SESSION) -> Authorization:
        if isinstance(self.flow, AuthorizationFlow):
            return self.flow.callback(request_url, session=session)
        return asyncio.run(self.flow.callback(request_url, session=session))


Begin = Callable[..., Flow]
"""Makes a flow over a script, or over a WSGI application; the keywords are a flow's fields."""


def parameters(url: str) -> dict[str, str]:
    """What stands in an address's query, each once."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def back(url: str, **more: str) -> str:
    """The way back from the consent page at `url`, with the state that it was given."""
    return f"{REDIRECT_URI}?{urlencode({'state': parameters(url)['state'], **more})}"


def approve(market: TestMarket, url: str, scopes: tuple[str, ...] | None = None, **more: str) -> str:
    """The seller consents, to all that was asked or to some of it."""
    asked = parameters(url)
    given = tuple(asked["scope"].split()) if scopes is None and "scope" in asked else scopes
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        code = issue_code(
            unit,
            asked["application_id"],
            seller_id,
            asked["redirect_uri"],
            given,
            challenge=asked.get("code_challenge"),
        )
    names = {"code": code, "spapi_oauth_code": code, "selling_partner_id": seller_id}
    return back(url, **(names | more))


def form(content: bytes) -> dict[str, Any]:
    """What was sent to the token endpoint."""
    return {name: value for name, (value,) in parse_qs(content.decode(), strict_parsing=True).items()}
