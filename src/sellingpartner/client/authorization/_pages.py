"""What the ready-made endpoints say, whatever serves them: where to go, which cookie to keep, what went wrong.

The cookie holds the browser's session and nothing else. It is out of reach for scripts, is not sent with what other
sites post or embed, lives as long as a state, and over https is bound to this very host by its name (`__Host-`).
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape
from http import HTTPStatus
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from sellingpartner.client.authorization._asking import read_query
from sellingpartner.client.authorization._state import new_session
from sellingpartner.client.credentials import Credentials
from sellingpartner.contract.errors import (
    AccessDenied,
    AuthorizationFailed,
    CallFailed,
    LoginFailed,
    NotConfigured,
    ScopeInvalid,
    SellingPartnerError,
)

LOGIN = "/login"
CALLBACK = "/callback"
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
_APPSTORE = "amazon_callback_uri"
_QUIET = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
]


class Page(NamedTuple):
    """An answer."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    body: bytes


class Starts(Protocol):
    """The part of a flow that needs no input or output."""

    @property
    def application(self) -> Credentials:
        """Whose sellers come."""
        ...

    @property
    def redirect_uri(self) -> str:
        """Where sellers come back to."""
        ...

    def url(self, *, session: str, seller_hint: str = "", marketplace: str | None = None) -> str:
        """Where to send the browser."""
        ...

    def login(self, request_url: str, *, session: str) -> str:
        """Where to send a browser that comes from the appstore."""
        ...


def started(flow: Starts, query: str, cookies: str) -> Page:
    """Send the seller to consent. `?seller=ID` lets only that one come back, `?marketplace=DE` says where to sign in.

    A session that the browser has already is used again, so that two tabs do not get into each other's way.
    """
    session = session_in(flow, cookies) or new_session()
    request_url = f"{LOGIN}?{query}"
    try:
        asked = read_query(request_url)
        if _APPSTORE in asked:
            target = flow.login(request_url, session=session)
        else:
            marketplace = asked.get("marketplace") or None
            target = flow.url(session=session, seller_hint=asked.get("seller", ""), marketplace=marketplace)
    except SellingPartnerError as failure:
        return failed(flow, failure)
    return _moved(target, _cookie(flow, session))


def connected(flow: Starts, seller_id: str, target: str | None) -> Page:
    """The seller has let the application in; the session has done its work."""
    if target:
        return _moved(target, _cookie(flow, ""))
    text = f"<h1>Connected</h1><p>Seller {escape(seller_id)} has let this application in.</p>"
    return _page(HTTPStatus.OK, text, _cookie(flow, ""))


def failed(flow: Starts, failure: SellingPartnerError, target: str | None = None) -> Page:
    """The seller has not; what was wrong, and a way to begin again.

    The session ends where the consent page was answered. It stays where anybody may have made up the address: that must
    not get in the way of a seller who is at the consent page in another tab.
    """
    done = [_cookie(flow, "")] if isinstance(failure, AccessDenied | ScopeInvalid) else []
    if target:
        return _moved(target, *done)
    heading = "Not connected" if isinstance(failure, AccessDenied) else "This did not work"
    text = f'<h1>{heading}</h1><p>{escape(failure.message)}</p><p><a href="login">Start again</a></p>'
    return _page(_status(failure), text, *done)


def not_here() -> Page:
    """Nothing is served under this path."""
    return _page(HTTPStatus.NOT_FOUND, "<h1>Nothing is here</h1>")


def not_so() -> Page:
    """Browsers come by GET."""
    page = _page(HTTPStatus.METHOD_NOT_ALLOWED, "<h1>Not so</h1><p>This address is asked by GET.</p>")
    page.headers.append(("Allow", "GET"))
    return page


def session_in(flow: Starts, cookies: str) -> str | None:
    """The browser's session, if it brought one of ours."""
    name = _name(flow)
    for pair in cookies.split(";"):
        given, _, value = pair.strip().partition("=")
        if given == name and _SESSION.fullmatch(value):
            return value
    return None


def _status(failure: SellingPartnerError) -> HTTPStatus:
    if isinstance(failure, AccessDenied):
        return HTTPStatus.FORBIDDEN
    if isinstance(failure, AuthorizationFailed | NotConfigured):
        return HTTPStatus.BAD_REQUEST
    upstream = isinstance(failure, CallFailed | LoginFailed)
    return HTTPStatus.BAD_GATEWAY if upstream else HTTPStatus.INTERNAL_SERVER_ERROR


def _moved(target: str, *headers: tuple[str, str]) -> Page:
    return Page(HTTPStatus.SEE_OTHER, [("Location", target), *_QUIET, *headers, ("Content-Length", "0")], b"")


def _page(status: HTTPStatus, text: str, *headers: tuple[str, str]) -> Page:
    body = f'<!doctype html><html lang="en"><title>Authorization</title>{text}</html>'.encode()
    told = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Page(status, [*told, *_QUIET, *headers], body)


def _cookie(flow: Starts, session: str) -> tuple[str, str]:
    """Set the session, or with an empty one take it away."""
    secure = "; Secure" if _is_https(flow) else ""
    seconds = 600 if session else 0
    return "Set-Cookie", f"{_name(flow)}={session}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def _name(flow: Starts) -> str:
    """A name that neither the market has nor another application: a browser tells hosts apart, not their ports."""
    mine = sha256((flow.application.application_id or "").encode()).hexdigest()[:8]
    name = f"spapi-connecting-{mine}"
    return f"__Host-{name}" if _is_https(flow) else name


def _is_https(flow: Starts) -> bool:
    """By the address that sellers come back to: behind a proxy, the request itself does not know."""
    return urlsplit(flow.redirect_uri).scheme == "https"
