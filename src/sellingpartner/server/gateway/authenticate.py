"""Who is calling: the token in `x-amz-access-token`, proved against the market's tokens."""

from __future__ import annotations

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.marketplaces import Region
from sellingpartner.market.accounts.model import Caller, TokenKind
from sellingpartner.market.accounts.questions import caller_of, seller_of
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
    if request.region is not None and caller.seller_id:
        _check_region(unit, caller, request.region)
    return caller


def _check_region(unit: UnitOfWork, caller: Caller, called: Region) -> None:
    """Hold the seller to the region whose host was called: a grant is for the marketplaces of one."""
    seller = seller_of(unit, caller.seller_id)
    home = Region(seller.region)
    if home is not called:
        raise Unauthorized().because(f"{called.host} is for {called}; {seller.name} sells in {home}: call {home.host}.")
