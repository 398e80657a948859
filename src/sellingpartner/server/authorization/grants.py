"""The three grants of the token endpoint (RFC 6749, 4.1.3, 4.4 and 6): oauthlib runs them, the accounts answer it.

authorization_code   code, redirect_uri, code_verifier   a new grant: access token and refresh token
refresh_token        refresh_token, scope                another access token; the refresh token stays as it is
client_credentials   scope                               a grantless access token: for the application, without a seller

A code that was asked for with a PKCE challenge is exchanged for the verifier alone (RFC 7636, 4.6). A verifier where
there was no challenge is refused: somebody took the challenge out on the way (RFC 9700, 2.1.1).
"""

from __future__ import annotations

import logging
import re
from typing import Any, NoReturn, TypeAlias

import msgspec
from oauthlib.oauth2.rfc6749 import errors
from oauthlib.oauth2.rfc6749.endpoints.token import TokenEndpoint
from oauthlib.oauth2.rfc6749.grant_types import AuthorizationCodeGrant, ClientCredentialsGrant, RefreshTokenGrant
from oauthlib.oauth2.rfc6749.request_validator import RequestValidator
from oauthlib.oauth2.rfc6749.tokens import BearerToken

from sellingpartner.contract.errors import NotFound, Unauthorized
from sellingpartner.contract.scopes import GRANTLESS_SCOPES, SCOPES
from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.codes import CodeRefused, code_of, redeem_code
from sellingpartner.market.accounts.model import Actor, ActorKind, Application, Caller, Code, TokenKind
from sellingpartner.market.accounts.questions import application_by, caller_of, secret_ends_at
from sellingpartner.market.accounts.tokens import LIFETIME, TokenRevoked, issue
from sellingpartner.server.authorization import refusals
from sellingpartner.storage.unit import UnitOfWork

# What oauthlib says at debug level holds tokens and codes: they must be in no log, however talkative it is set.
logging.getLogger("oauthlib").setLevel(logging.INFO)

OauthRequest: TypeAlias = Any
"""A request as oauthlib hands it around; it has no types."""

_OWN = {
    "authorization_code": ("code", "redirect_uri", "code_verifier"),
    "refresh_token": ("refresh_token", "scope"),
    "client_credentials": ("scope",),
}
"""The parameters that each grant reads; what else the request holds is no business of its."""

_REQUIRED = {"authorization_code": "code", "refresh_token": "refresh_token", "client_credentials": "scope"}
_CREDENTIALS = ("client_id", "client_secret")
_DISPROVED = frozenset({"invalid_client", "invalid_grant"})
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_READ_AGAIN = "Ready credentials are renewed in their file: whoever read it before that has to read it again."
"""What helps a program, of whatever SDK, whose shell took them out of the file once."""
_ONLY_CHALLENGE = "S256"
"""How a challenge is made of its verifier; `plain` shows the verifier itself, and is not taken."""


class Outcome(msgspec.Struct):
    """What came of a token request: the fields of the answer, and for the log who asked and why it was refused."""

    fields: dict[str, Any]
    application_id: str = ""
    seller_id: str = ""
    reason: str = ""
    status: int | None = None
    """The HTTP status, where it is not the one that goes with the answer's fields."""

    @property
    def is_guess(self) -> bool:
        """Whether what was shown as proof was none; the token of a grant that a seller took back was one."""
        said = self.fields.get("error_description")
        return self.fields.get("error") in _DISPROVED and said != refusals.REVOKED_REFRESH_TOKEN


def run(unit: UnitOfWork, parameters: dict[str, str], address: str = "") -> Outcome:
    """Run the grant that a request asks for. What a refused one has changed is to be kept: see `redeem_code`."""
    grant_type = parameters.get("grant_type", "")
    accounts = Accounts(unit, address)
    body: dict[str, str] = {}
    if grant_type in _OWN:
        wanted = ("grant_type", *_OWN[grant_type], *_CREDENTIALS)
        body = {name: parameters[name] for name in wanted if name in parameters}
    else:  # oauthlib knows grants that this endpoint does not offer: it is not shown their names
        accounts.reason = f"The grant_type is {grant_type[:100] or 'missing'}; the grants are {', '.join(_OWN)}."
    _, answer, _ = _endpoint(accounts).create_token_response("/auth/o2/token", body=body)
    fields = msgspec.json.decode(answer, type=dict[str, Any])
    if "error" in fields:
        accounts.note_refusal(fields["error"])
    outcome = Outcome(fields, accounts.application_id, unit.seller_id, accounts.reason)
    if outcome.is_guess and grant_type == "refresh_token":
        outcome.reason = f"{outcome.reason} {_READ_AGAIN}"
    return outcome


def _endpoint(accounts: Accounts) -> TokenEndpoint:
    """The grants over one unit's accounts; they are light, so that each request has its own."""
    checks = [accounts.check_parameters]
    bearer = BearerToken(
        accounts, accounts.new_access_token, int(LIFETIME.total_seconds()), accounts.refresh_token_of_code
    )
    code = CodeGrant(accounts, pre_token=checks, post_token=[accounts.redeem])
    return TokenEndpoint(
        default_grant_type="authorization_code",
        default_token_type=bearer,
        grant_types={
            "authorization_code": code,
            "refresh_token": RefreshTokenGrant(accounts, pre_token=checks, post_token=[accounts.narrow]),
            "client_credentials": ClientCredentialsGrant(accounts, pre_token=checks),
        },
    )


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc] # oauthlib has no types
    """oauthlib's grant, which says in our words that a verifier is not the challenge's."""

    def validate_code_challenge(self, challenge: str, challenge_method: str, verifier: str) -> bool:
        """Whether a verifier is the one that a challenge was made of."""
        if not super().validate_code_challenge(challenge, challenge_method, verifier):
            self.request_validator.refuse_verifier("The code_verifier is not the one that the challenge was made of.")
        return True


class Accounts(RequestValidator):  # type: ignore[misc] # oauthlib has no types
    """What oauthlib asks during one token request, answered by the accounts of the market, with Amazon's words."""

    _code: Code
    """The code that is exchanged, once it is validated."""
    _holder: Caller
    """Whom the access token will prove, once the grant is validated."""
    _refresh_token: str
    """What an exchanged code gave."""

    def __init__(self, unit: UnitOfWork, address: str) -> None:
        super().__init__()
        self._unit = unit
        self._address = address
        self.application_id = ""
        self.reason = ""
        """Why the request was refused, for the log."""

    def check_parameters(self, request: OauthRequest) -> None:
        """Refuse what lacks a parameter, or has a verifier that cannot be one."""
        for name in (_REQUIRED[request.grant_type], *_CREDENTIALS):
            if not getattr(request, name):
                self._refuse(refusals.missing(name), f"A request of type {request.grant_type} needs {name}.")
        if request.code_verifier and not _VERIFIER.fullmatch(request.code_verifier):
            reason = "A code_verifier is 43 to 128 of the characters A-Z, a-z, 0-9, and - . _ ~."
            self._refuse(refusals.invalid("code_verifier"), reason)

    def authenticate_client(self, request: OauthRequest, *_: object, **__: object) -> bool:
        """Whether the client's id and secret are right, and the secret is not past its end."""
        application = self._application(request.client_id)
        if application is None:
            self.reason = "No application has this client id."
            return False
        self.application_id = application.application_id
        ends = secret_ends_at(self._unit, application.application_id, request.client_secret)
        if ends is None:
            self.reason = f"{application.name} never had this client secret."
        elif ends <= self._unit.now:
            self.reason = f"The client secret expired at {ends:%Y-%m-%dT%H:%M:%SZ}."
        request.client = application
        return not self.reason

    def validate_grant_type(self, *_: object, **__: object) -> bool:
        """Every application may use every grant."""
        return True

    def validate_code(self, _client_id: str, code: str, client: Application, request: OauthRequest) -> bool:
        """Whether a code was made for this client and has not expired."""
        try:
            self._code = code_of(self._unit, client.application_id, code)
        except CodeRefused as refused:
            self._refuse(errors.InvalidGrantError(refusals.INVALID_CODE), refused.message)
        self._unit.seller_id = self._code.seller_id
        request.scopes = list(self._code.scopes)
        request.user = self._code.seller_id
        return True

    def get_code_challenge(self, _code: str, request: OauthRequest) -> str | None:
        """Say what the code was asked for with, after seeing that both or neither of challenge and verifier came."""
        challenge = self._code.challenge
        if challenge is None and request.code_verifier:
            self.refuse_verifier("The code was asked for without a code_challenge, so it takes no code_verifier.")
        if challenge is not None and not request.code_verifier:
            reason = "The code was asked for with a code_challenge, and takes its code_verifier."
            self._refuse(refusals.missing("code_verifier"), reason)
        return challenge

    def get_code_challenge_method(self, *_: object) -> str:
        """Say how challenges are made; codes are issued for no other way."""
        return _ONLY_CHALLENGE

    def refuse_verifier(self, reason: str) -> NoReturn:
        """Refuse what was sent as the proof that the code is the sender's own."""
        self._refuse(errors.InvalidGrantError(refusals.INVALID_VERIFIER), reason)

    def get_default_redirect_uri(self, _client_id: str, request: OauthRequest) -> str:
        """Take the URI that the consent page takes for an application that names none: the first registered.

        Assumed: a code is exchanged without redirect_uri too, as SDKs do it; the first registered URI is then meant.
        """
        uris: tuple[str, ...] = request.client.redirect_uris
        return uris[0]  # a code is only ever issued to a registered URI

    def confirm_redirect_uri(self, _client_id: str, _code: str, redirect_uri: str, *_: object, **__: object) -> bool:
        """Whether the code was sent to this URI."""
        if redirect_uri != self._code.redirect_uri:
            reason = f"The code was sent to {self._code.redirect_uri}; the request names another redirect_uri."
            self._refuse(errors.InvalidGrantError(refusals.INVALID_CODE), reason)
        return True

    def redeem(self, request: OauthRequest) -> None:
        """Exchange the code, as the last of all checks: from here on it is used."""
        try:
            grant, self._refresh_token = redeem_code(self._unit, self._code, address=self._address)
        except CodeRefused as refused:
            self._refuse(errors.InvalidGrantError(refusals.INVALID_CODE), refused.message)
        self._holder = Caller(
            application_id=grant.application_id,
            seller_id=grant.seller_id,
            kind=TokenKind.ACCESS,
            scopes=frozenset(grant.scopes),
            grant_id=grant.grant_id,
        )
        request.scopes = list(grant.scopes)  # the code's, or fewer: see `redeem_code`

    def validate_refresh_token(self, refresh_token: str, client: Application, request: OauthRequest) -> bool:
        """Whether a refresh token is this client's and its grant stands."""
        malformed = errors.InvalidGrantError(refusals.MALFORMED_REFRESH_TOKEN)
        try:
            holder = caller_of(self._unit, refresh_token)
        except TokenRevoked as revoked:
            if revoked.application_id != client.application_id:
                self._refuse(malformed, f"The refresh token belongs to {revoked.application_id}.")
            self._unit.seller_id = revoked.seller_id
            self._refuse(errors.InvalidGrantError(refusals.REVOKED_REFRESH_TOKEN), revoked.reason)
        except Unauthorized as refused:
            self._refuse(malformed, refused.reason)
        if holder.kind is not TokenKind.REFRESH:
            self._refuse(malformed, f"The token is one of kind {holder.kind.value}, not a refresh token.")
        if holder.application_id != client.application_id:
            self._refuse(malformed, f"The refresh token belongs to {holder.application_id}.")
        self._unit.seller_id = holder.seller_id
        self._holder = msgspec.structs.replace(holder, kind=TokenKind.ACCESS)
        request.user = holder.seller_id
        return True

    def get_original_scopes(self, *_: object, **__: object) -> list[str]:
        """Say what the grant behind a refresh token holds."""
        return in_order(self._holder.scopes)

    def is_within_original_scope(self, scopes: list[str], *_: object) -> bool:
        """Refuse what a refresh asks for beyond the grant (RFC 6749, 6)."""
        beyond = next(scope for scope in scopes if scope not in self._holder.scopes)
        error = refusals.scope_not_granted if beyond in SCOPES else refusals.unknown_scope
        self._refuse(error(beyond), f"The grant holds {', '.join(in_order(self._holder.scopes))}.")

    def narrow(self, request: OauthRequest) -> None:
        """Let the access token hold what a refresh asks for; the refresh token keeps what it has.

        Differs: a token request with both refresh_token and scope narrows the token; Amazon refuses it as invalid.
        """
        self._holder = msgspec.structs.replace(self._holder, scopes=frozenset(request.scopes))
        request.scopes = in_order(self._holder.scopes)

    def rotate_refresh_token(self, _request: OauthRequest) -> bool:
        """Refresh tokens stay as they are when they are used."""
        return False

    def validate_scopes(self, _client_id: str, scopes: list[str], client: Application, *_: object) -> bool:
        """Whether an application may have a grantless token for these scopes."""
        for scope in scopes:
            if scope not in GRANTLESS_SCOPES:
                self._refuse(refusals.unknown_scope(scope), f"The grantless scopes are {', '.join(GRANTLESS_SCOPES)}.")
            # Assumed: the notifications scope, which sellers grant and applications can also ask for without a
            # seller, is given to the applications that are registered for it.
            if scope in SCOPES and scope not in client.scopes:
                self._refuse(errors.UnauthorizedClientError(), f"{client.name} is not registered for {scope}.")
        self._holder = Caller(
            application_id=client.application_id, seller_id="", kind=TokenKind.GRANTLESS, scopes=frozenset(scopes)
        )
        return True

    def new_access_token(self, _request: OauthRequest) -> str:
        """Make the access token that the request earned."""
        return issue(self._unit, self._holder.kind, self._holder)

    def refresh_token_of_code(self, _request: OauthRequest) -> str:
        """Hand out the refresh token that came with the new grant."""
        return self._refresh_token

    def save_bearer_token(self, *_: object, **__: object) -> None:
        """Tokens are stored when they are made."""

    def invalidate_authorization_code(self, *_: object, **__: object) -> None:
        """Codes are used up by `redeem`, before a token is made of them."""

    def note_refusal(self, error: str) -> None:
        """Keep that an application was refused a token; a client that is none is in the log of calls alone."""
        if not self.application_id:
            return
        audit.note(
            self._unit,
            "token.refused",
            Actor(ActorKind.APPLICATION, self.application_id, self._address),
            seller_id=self._unit.seller_id,
            application_id=self.application_id,
            details={"error": error, "reason": self.reason},
        )

    def _application(self, client_id: str) -> Application | None:
        if "\x00" in client_id:  # PostgreSQL keeps no such text
            return None
        try:
            return application_by(self._unit, client_id=client_id)
        except NotFound:
            return None

    def _refuse(self, error: Exception, reason: str) -> NoReturn:
        self.reason = reason
        raise error


def in_order(scopes: frozenset[str]) -> list[str]:
    """Scopes as the Permissions document lists them."""
    return [scope for scope in SCOPES if scope in scopes]
