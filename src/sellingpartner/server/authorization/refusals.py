"""Amazon's words for what a token request may be refused with: the one place where they stand.

oauthlib finds the error; what clients compare (status, code, description, header) is Amazon's.
"""

from __future__ import annotations

import msgspec
from oauthlib.oauth2.rfc6749 import errors

_LONGEST_ECHO = 100


class Words(msgspec.Struct, frozen=True):
    """How one error is said."""

    status: int
    error_type: str
    """Assumed: of the header x-amzn-ErrorType only the value for an unsupported grant type was seen; the others are
    made after it."""
    description: str
    """What is said where the case has no words of its own."""


WORDS = {
    "unsupported_grant_type": Words(
        400,
        "OA2UnsupportedGrantTypeException",
        "The authorization grant type is not supported by the authorization server",
    ),
    # Assumed: a request for a token that cannot be read is answered with `The request is malformed`.
    "invalid_request": Words(400, "OA2InvalidRequestException", "The request is malformed"),
    "invalid_grant": Words(400, "OA2InvalidGrantException", "The request has an invalid grant parameter"),
    "invalid_client": Words(401, "OA2InvalidClientException", "Client authentication failed"),
    # Assumed: `unauthorized_client` is a 400 with the words `Not authorized for requested operation`.
    "unauthorized_client": Words(400, "OA2UnauthorizedClientException", "Not authorized for requested operation"),
    # Assumed: `invalid_scope` is a 400 with the words `The request has an unknown scope`.
    "invalid_scope": Words(400, "OA2InvalidScopeException", "The request has an unknown scope"),
    "server_error": Words(500, "OA2ServerErrorException", "The market failed on this request; its log has the reason"),
    "temporarily_unavailable": Words(
        503, "OA2TemporarilyUnavailableException", "The market cannot answer at the moment; try again"
    ),
}

MALFORMED_REFRESH_TOKEN = "The request has an invalid grant parameter : refresh_token"  # noqa: S105 - words, no token
REVOKED_REFRESH_TOKEN = f"{MALFORMED_REFRESH_TOKEN}. User may have revoked or didn't grant the permission."
INVALID_CODE = "The request has an invalid grant parameter : code"
INVALID_VERIFIER = "The request has an invalid grant parameter : code_verifier"


def missing(parameter: str) -> errors.InvalidRequestError:
    """The error for a parameter that is not there."""
    return errors.InvalidRequestError(f"The request is missing a required parameter : {parameter}")


def invalid(parameter: str) -> errors.InvalidRequestError:
    """The error for a parameter that must not be there, or not like this.

    Assumed: a wrong parameter of a token request is named after `The request has an invalid parameter :`.
    """
    return errors.InvalidRequestError(f"The request has an invalid parameter : {parameter}")


def unknown_scope(scope: str) -> errors.InvalidScopeError:
    """The error for a scope that is none.

    Assumed: a scope that does not exist is named after `The request has an unknown scope :`.
    """
    return errors.InvalidScopeError(f"The request has an unknown scope : {scope[:_LONGEST_ECHO]}")


def scope_not_granted(scope: str) -> errors.InvalidScopeError:
    """The error for a scope that exists, and that the seller did not grant."""
    return errors.InvalidScopeError(f"The request has a scope that was not granted : {scope[:_LONGEST_ECHO]}")
