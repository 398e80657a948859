"""What an application sees of a seller at a consent page, and flows of either kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from sellingpartner.client.authorization import AsyncAuthorizationFlow, Authorization, AuthorizationFlow

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


def form(content: bytes) -> dict[str, Any]:
    """What was sent to the token endpoint."""
    return {name: value for name, (value,) in parse_qs(content.decode(), strict_parsing=True).items()}
