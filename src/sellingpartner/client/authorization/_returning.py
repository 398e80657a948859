"""How a seller came back from the consent page, and what they gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from sellingpartner.client.authorization._settings import Settings
from sellingpartner.client.authorization._state import State
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.grants import SellerGrant
from sellingpartner.client.tokens import Token
from sellingpartner.client.tokens.standing import granted_credentials
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import (
    AccessDenied,
    AuthorizationFailed,
    CallbackUnreadable,
    OtherSeller,
    ScopeInvalid,
)

_SHOWN = 200


class Authorization(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """What a seller gave; its repr shows no token."""

    grant: SellerGrant
    access_token: Token
    """Good for an hour."""
    asked: tuple[str, ...]
    """Empty if nothing in particular was asked for, as at Amazon: all that the application is registered for."""
    optional: tuple[str, ...]
    """Those of them that the seller was free to leave out."""
    application: Credentials

    @property
    def seller_id(self) -> str:
        """Who gave it."""
        return self.grant.seller_id

    @property
    def refresh_token(self) -> str:
        """What makes access tokens, until the seller takes it back."""
        return self.grant.refresh_token

    @property
    def region(self) -> str:
        """NA, EU or FE; empty where all is one market."""
        return self.grant.region

    @property
    def granted(self) -> tuple[str, ...] | None:
        """The scopes that were given; None where nobody says, as at Amazon."""
        return self.grant.scopes

    @property
    def missing(self) -> tuple[str, ...]:
        """What was asked, is needed, and was not given."""
        return tuple(scope for scope in self._withheld if scope not in self.optional)

    @property
    def declined(self) -> tuple[str, ...]:
        """What was asked, may be left out, and was left out."""
        return tuple(scope for scope in self._withheld if scope in self.optional)

    @property
    def credentials(self) -> Credentials:
        """What a client needs to call for this seller."""
        return granted_credentials(self.application, self.grant)

    @property
    def _withheld(self) -> tuple[str, ...]:
        given = self.asked if self.granted is None else self.granted
        return tuple(scope for scope in self.asked if scope not in given)

    def __repr__(self) -> str:
        return f"Authorization({self.grant!r}, missing={self.missing}, declined={self.declined})"


class Returned(Discreet, msgspec.Struct, frozen=True):
    """A code, and the seller who is said to have consented."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"code"})

    code: str
    seller_id: str


def returned(parameters: Mapping[str, str], state: State) -> Returned:
    """What the consent page sent the seller back with; raises what it says instead, or what is wrong with it."""
    error = parameters.get("error")
    if error:
        raise _refusal(error, parameters.get("error_description", ""))
    codes = {parameters[name] for name in ("code", "spapi_oauth_code") if parameters.get(name)}
    if len(codes) > 1:
        message = "The seller came back with two different codes, as code and as spapi_oauth_code; start again."
        raise CallbackUnreadable(message)
    seller_id = parameters.get("selling_partner_id", "")
    if not codes or not seller_id:
        lacking = "no code" if not codes else "no selling_partner_id"
        message = f"The seller came back with {lacking} and no error; start again."
        raise CallbackUnreadable(message)
    if state.seller_hint and seller_id != state.seller_hint:
        message = (
            f"{seller_id} consented, and {state.seller_hint} was asked; sign in to the consent page as the latter."
        )
        raise OtherSeller(message)
    return Returned(codes.pop(), seller_id)


def _refusal(error: str, description: str) -> AuthorizationFailed:
    said = f" ({description[:_SHOWN]})" if description else ""
    if error == AccessDenied.code:
        return AccessDenied(f"The seller did not let the application in{said}.")
    if error == ScopeInvalid.code:
        return ScopeInvalid(f"The application asked for a scope that it cannot have{said}; compare its registration.")
    return AuthorizationFailed(f"The consent page said {error[:_SHOWN]!r}{said}.", code=error[:_SHOWN])


def where_of(settings: Settings, state: State) -> str:
    """The region of the grant."""
    return "" if settings.base_url else state.region
