"""Sellers, applications and grants."""

from __future__ import annotations

from msgspec import structs

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts import grants, questions
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.model import Application, Grant, Seller
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork


def create_seller(desk: Desk, request: v1.CreateSeller) -> v1.Seller:
    """Open a seller's account."""
    with desk.market.write() as unit:
        return _seller(unit, join_seller(unit, request.name, request.marketplace_ids))


def list_sellers(desk: Desk, _request: v1.ListSellers) -> v1.Sellers:
    """All sellers."""
    with desk.market.read() as unit:
        return v1.Sellers(sellers=[_seller(unit, seller) for seller in questions.all_sellers(unit)])


def create_application(desk: Desk, request: v1.CreateApplication) -> v1.RegisteredApplication:
    """Register an application and its developer."""
    with desk.market.write() as unit:
        developer_id = register_developer(unit, request.developer_name or request.name)
        application, secret = register_application(
            unit,
            request.name,
            developer_id,
            scopes=SCOPES if request.scopes is None else request.scopes,
            redirect_uris=request.redirect_uris or (),
        )
    shown = structs.asdict(_application(application))
    return v1.RegisteredApplication(**shown, client_secret=secret)


def list_applications(desk: Desk, _request: v1.ListApplications) -> v1.Applications:
    """All applications."""
    with desk.market.read() as unit:
        found = questions.all_applications(unit)
    return v1.Applications(applications=[_application(one) for one in found])


def create_grant(desk: Desk, request: v1.CreateGrant) -> v1.GivenGrant:
    """Let an application act for a seller."""
    with desk.market.write(request.seller_id) as unit:
        grant, token = grants.give_grant(unit, request.seller_id, request.application_id, scopes=request.scopes)
    return v1.GivenGrant(**structs.asdict(_grant(grant)), refresh_token=token)


def list_grants(desk: Desk, request: v1.ListGrants) -> v1.Grants:
    """The grants of a seller, of an application, or all."""
    with desk.market.read() as unit:
        found = questions.grants_of(unit, seller_id=request.seller_id, application_id=request.application_id)
    return v1.Grants(grants=[_grant(grant) for grant in found])


def revoke_grant(desk: Desk, request: v1.RevokeGrant) -> NoContent:
    """Take a grant back."""
    seller_id, _, number = request.grant_id.rpartition("-")
    if not seller_id or not number.isdecimal():
        message = f"There is no grant {request.grant_id}."
        raise NotFound(message)
    with desk.market.write(seller_id) as unit:
        grants.revoke_grant(unit, seller_id, int(number))
    return NoContent()


def _seller(unit: UnitOfWork, seller: Seller) -> v1.Seller:
    entered = questions.participations_of(unit, seller.seller_id)
    return v1.Seller(
        seller_id=seller.seller_id,
        name=seller.name,
        region=seller.region,
        marketplace_ids=[participation.marketplace_id for participation in entered],
        joined_at=seller.joined_at,
    )


def _application(application: Application) -> v1.Application:
    return v1.Application(
        application_id=application.application_id,
        client_id=application.client_id,
        name=application.name,
        developer_id=application.developer_id,
        scopes=list(application.scopes),
        redirect_uris=list(application.redirect_uris),
        registered_at=application.registered_at,
    )


def _grant(grant: Grant) -> v1.Grant:
    """Grants are numbered within their seller, so the id that the outside knows holds both."""
    return v1.Grant(
        grant_id=f"{grant.seller_id}-{grant.grant_id}",
        seller_id=grant.seller_id,
        application_id=grant.application_id,
        scopes=list(grant.scopes),
        given_at=grant.given_at,
        revoked_at=grant.revoked_at,
    )
