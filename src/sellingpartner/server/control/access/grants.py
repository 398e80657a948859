"""Grants: given, narrowed, taken back."""

from __future__ import annotations

from msgspec import structs

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts import grants, questions
from sellingpartner.market.accounts.model import Grant
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork


def create_grant(desk: Desk, request: v1.CreateGrant) -> v1.GivenGrant:
    """Let an application act for a seller."""
    seller_id, application_id = request.seller_id, request.application_id
    with desk.market.write(seller_id) as unit:
        grant, token = grants.give_grant(unit, seller_id, application_id, scopes=request.scopes, by=desk.by)
    return v1.GivenGrant(**structs.asdict(_grant(grant)), refresh_token=token)


def list_grants(desk: Desk, request: v1.ListGrants) -> v1.Grants:
    """The grants of a seller, of an application, or all."""
    with desk.market.read() as unit:
        check_named(unit, request.seller_id, request.application_id)
        found = questions.grants_of(unit, seller_id=request.seller_id, application_id=request.application_id)
    return v1.Grants(grants=[_grant(grant) for grant in found])


def check_named(unit: UnitOfWork, seller_id: str | None, application_id: str | None) -> None:
    """Raise `NotFound` for a seller or an application that is not there: a list of what is theirs is not empty."""
    if seller_id is not None:
        questions.seller_of(unit, seller_id)
    if application_id is not None:
        questions.application_by(unit, application_id=application_id)


def narrow_grant(desk: Desk, request: v1.NarrowGrant) -> v1.Grant:
    """Take scopes out of a grant."""
    seller_id, number = _key(request.grant_id)
    with desk.market.write(seller_id) as unit:
        return _grant(grants.narrow_grant(unit, seller_id, number, withdraw=request.withdraw, by=desk.by))


def revoke_grant(desk: Desk, request: v1.RevokeGrant) -> NoContent:
    """Take a grant back."""
    seller_id, number = _key(request.grant_id)
    with desk.market.write(seller_id) as unit:
        grants.revoke_grant(unit, seller_id, number, by=desk.by)
    return NoContent()


def _key(grant_id: str) -> tuple[str, int]:
    """Grants are numbered within their seller, so the id that the outside knows holds both."""
    seller_id, _, number = grant_id.rpartition("-")
    if not seller_id or not number.isdecimal() or len(number) > _MOST_DIGITS:
        message = f"There is no grant {grant_id}; one is named SELLER-NUMBER, as the list of grants has it."
        raise NotFound(message)
    return seller_id, int(number)


_MOST_DIGITS = 18  # what a database's number holds


def _grant(grant: Grant) -> v1.Grant:
    return v1.Grant(
        grant_id=f"{grant.seller_id}-{grant.grant_id}",
        seller_id=grant.seller_id,
        application_id=grant.application_id,
        scopes=list(grant.scopes),
        roles=None if grant.roles is None else list(grant.roles),
        given_at=grant.given_at,
        expires_at=grant.expires_at,
        revoked_at=grant.revoked_at,
    )
