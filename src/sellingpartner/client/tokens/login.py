"""Login with Amazon: what is asked of the token endpoint, and what its answers mean."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeGuard
from urllib.parse import urlencode

import msgspec

from sellingpartner.client._shells.steps import Reply
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.client.wire import UNREADABLE, said_in
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import (
    AnswerUnreadable,
    AuthorizationRevoked,
    LoginFailed,
    NotConfigured,
    SellingPartnerError,
)
from sellingpartner.contract.scopes import SCOPES

FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "Accept": "application/json"}
AN_HOUR = 3600.0
"""How long Amazon's tokens last."""
_LONGEST_LIFE = 86400.0
_OK = 200
_SHOWN = 120

_ADVICE = {
    "invalid_client": "The client id or secret is wrong, or the secret has expired (Amazon's do after 180 days).",
    "invalid_grant": "The refresh token is not one of this application's, or was cut when it was copied.",
    "unauthorized_client": "The application may not ask for this kind of token.",
    "invalid_scope": "The application may not ask for this scope.",
}


class Granted(Discreet, msgspec.Struct):
    """What the token endpoint gave."""

    access_token: str
    expires_in: float = AN_HOUR
    refresh_token: str = ""
    scope: str | None = None

    @property
    def scopes(self) -> tuple[str, ...] | None:
        """What it allows; None where nobody says so in the API's scopes, as at Amazon."""
        named = tuple((self.scope or "").split())
        return named if any(scope in SCOPES for scope in named) else None


def form(credentials: Credentials, scope: str) -> bytes:
    """The body that asks for an access token: the seller's, or with a scope the application's own."""
    fields = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
    if scope:
        return _form({"grant_type": "client_credentials", "scope": scope, **fields})
    if not credentials.refresh_token:
        message = (
            "This call is for a seller, and there is no refresh token; set SP_API_REFRESH_TOKEN or give it in code."
        )
        raise NotConfigured(message)
    return _form({"grant_type": "refresh_token", "refresh_token": credentials.refresh_token, **fields})


def _form(fields: dict[str, str]) -> bytes:
    try:
        return urlencode(fields).encode()
    except UnicodeError:
        broken = next(name for name, value in fields.items() if not value.isprintable())
        message = f"{broken} holds half a letter; it was damaged on its way into the program."
        raise NotConfigured(message) from None


def granted(reply: Reply) -> Granted | SellingPartnerError:
    """What was given, or what is wrong with the answer."""
    try:
        said = msgspec.json.decode(reply.body)
    except UNREADABLE:
        return _unreadable(reply)
    token = said.get("access_token") if isinstance(said, dict) else None
    if not is_token(token):
        return _unreadable(reply)
    refresh_token, scope = said.get("refresh_token"), said.get("scope")
    return Granted(
        access_token=token,
        expires_in=lifetime(said.get("expires_in")),
        refresh_token=refresh_token if is_token(refresh_token) else "",
        scope=scope if isinstance(scope, str) else None,
    )


def is_token(said: object) -> TypeGuard[str]:
    """Whether it can be shown as a token."""
    return isinstance(said, str) and said != "" and said.isascii() and said.isprintable()


def lifetime(said: object) -> float:
    """Seconds that a token lasts, as far as what was said can be believed."""
    try:
        seconds = float(said) if isinstance(said, (str, int, float, Decimal)) else 0.0
    except UNREADABLE:
        return AN_HOUR
    return min(seconds, _LONGEST_LIFE) if seconds > 0 else AN_HOUR


def refused(reply: Reply, credentials: Credentials, endpoint: Endpoint) -> SellingPartnerError:
    """Why there is no token."""
    said = said_in(reply.body)
    if said is None:
        return _unreadable(reply)
    description = said.message or said.code or ""
    if said.code == "invalid_grant" and "revoked" in description:
        return _revoked(description, reply, credentials, endpoint)
    error = LoginFailed(description, code=said.code)
    error.status = reply.status
    error.advice = _ADVICE.get(error.code, "")
    error.request_id = reply.headers.get("x-amzn-requestid")
    return error


def _revoked(description: str, reply: Reply, credentials: Credentials, endpoint: Endpoint) -> AuthorizationRevoked:
    error = AuthorizationRevoked(message=description)
    error.code, error.status = "invalid_grant", reply.status
    error.request_id = reply.headers.get("x-amzn-requestid")
    error.authorize_url = authorize_url(credentials, endpoint)
    error.advice = advice_to_authorize(error.authorize_url)
    return error


def advice_to_authorize(url: str | None) -> str:
    """What is to be done about a grant that has ended."""
    return "The seller has to authorize the application again" + (f": {url}" if url else ".")


def authorize_url(credentials: Credentials, endpoint: Endpoint, *scopes: str) -> str | None:
    """Where to send the seller, if the application's id is known; Amazon's page takes no scopes."""
    if not credentials.application_id:
        return None
    asked = {"scope": " ".join(scopes)} if scopes and credentials.base_url else {}
    return endpoint.authorize_url(credentials.application_id, **asked)


def _unreadable(reply: Reply) -> SellingPartnerError:
    begins = "" if reply.status == _OK else f" that begins {reply.body[:_SHOWN].decode(errors='replace')!r}"
    error = AnswerUnreadable(f"Login with Amazon answered {reply.status} with something that is no token{begins}.")
    error.status = reply.status
    return error
