"""Login with Amazon: what is asked of the token endpoint, and what its answers mean."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from sellingpartner.client._shells.steps import Reply
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import Endpoint
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
    expires_in: float = 3600.0
    refresh_token: str = ""
    scope: str | None = None

    @property
    def scopes(self) -> tuple[str, ...] | None:
        """What it allows; None where nobody says so in the API's scopes, as at Amazon."""
        named = tuple((self.scope or "").split())
        return named if any(scope in SCOPES for scope in named) else None


class _Refused(msgspec.Struct):
    error: str
    error_description: str | None = None


def form(credentials: Credentials, scope: str) -> bytes:
    """The body that asks for an access token: the seller's, or with a scope the application's own."""
    fields = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
    if scope:
        return urlencode({"grant_type": "client_credentials", "scope": scope, **fields}).encode()
    if not credentials.refresh_token:
        message = (
            "This call is for a seller, and there is no refresh token; set SP_API_REFRESH_TOKEN or give it in code."
        )
        raise NotConfigured(message)
    return urlencode({"grant_type": "refresh_token", "refresh_token": credentials.refresh_token, **fields}).encode()


def granted(reply: Reply) -> Granted | SellingPartnerError:
    """What was given, or what is wrong with the answer."""
    try:
        return msgspec.json.decode(reply.body, type=Granted, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _unreadable(reply)


def refused(reply: Reply, credentials: Credentials, endpoint: Endpoint) -> SellingPartnerError:
    """Why there is no token."""
    try:
        said = msgspec.json.decode(reply.body, type=_Refused)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _unreadable(reply)
    description = said.error_description or said.error
    if said.error == "invalid_grant" and "revoked" in description:
        return _revoked(description, reply, credentials, endpoint)
    error = LoginFailed(description, code=said.error)
    error.status = reply.status
    error.advice = _ADVICE.get(said.error, "")
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
