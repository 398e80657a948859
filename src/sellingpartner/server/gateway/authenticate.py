"""Who is calling: the token in `x-amz-access-token`, proved against the market's tokens."""

from __future__ import annotations

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.market.accounts.model import Caller, TokenKind
from sellingpartner.market.accounts.questions import caller_of
from sellingpartner.market.accounts.tokens import INVALID, MISSING
from sellingpartner.server.gateway.http import HttpRequest
from sellingpartner.storage.unit import UnitOfWork


def authenticate(unit: UnitOfWork, request: HttpRequest) -> Caller:
    """The caller of a request; raises `Unauthorized` with Amazon's texts."""
    token = request.header("x-amz-access-token")
    if not token:
        raise Unauthorized(MISSING).because("The request has no x-amz-access-token header.")
    caller = caller_of(unit, token, request.peer)
    if caller.kind is TokenKind.REFRESH:
        raise Unauthorized(INVALID).because("A refresh token was sent as an access token; exchange it first.")
    return caller
