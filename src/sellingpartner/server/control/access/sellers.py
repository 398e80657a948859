"""Sellers."""

from __future__ import annotations

from msgspec import structs

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import applications, questions, standing
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Actor, Seller
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork

_LONGEST_NAME = 80


def create_seller(desk: Desk, request: v1.CreateSeller) -> v1.JoinedSeller:
    """Open a seller's account, with an application of its own if that is asked: all of it or nothing."""
    with desk.market.write() as unit:
        joined = join_seller(unit, request.name, request.marketplace_ids, country_code=request.country_code)
        seller = structs.asdict(_seller(unit, joined))
        if not request.with_application:
            return v1.JoinedSeller(**seller)
        return v1.JoinedSeller(**seller, credentials=_let_in(unit, joined, desk.by))


def list_sellers(desk: Desk, _request: v1.ListSellers) -> v1.Sellers:
    """All sellers."""
    with desk.market.read() as unit:
        return v1.Sellers(sellers=[_seller(unit, seller) for seller in questions.all_sellers(unit)])


def get_account_status(desk: Desk, request: v1.GetAccountStatus) -> v1.AccountStandings:
    """How a seller's account stands."""
    with desk.market.read() as unit:
        return _standings(unit, request.seller_id)


def set_account_status(desk: Desk, request: v1.SetAccountStatus) -> v1.AccountStandings:
    """Have a seller's account stand otherwise, in one marketplace or in all of its."""
    status = standing.account_status(request.status.value)
    with desk.market.write(request.seller_id) as unit:
        every = [one.marketplace_id for one in standing.standings_of(unit, request.seller_id)]
        for marketplace_id in every if request.marketplace_id is None else [request.marketplace_id]:
            standing.set_account_status(unit, marketplace_id, status)
        return _standings(unit, request.seller_id)


def _standings(unit: UnitOfWork, seller_id: str) -> v1.AccountStandings:
    found = standing.standings_of(unit, seller_id)
    return v1.AccountStandings(
        seller_id=seller_id,
        standings=[
            v1.AccountStanding(marketplace_id=one.marketplace_id, status=v1.AccountStatus(one.status.value))
            for one in found
        ],
    )


def _let_in(unit: UnitOfWork, seller: Seller, by: Actor) -> v1.SellerCredentials:
    """Register an application that a seller lets in, in the unit in which the seller joined."""
    developer_id = applications.register_developer(unit, seller.name)
    name = f"{seller.name[:_LONGEST_NAME]} Application"
    application, secret = applications.register_application(unit, name, developer_id, by=by)
    unit.seller_id = seller.seller_id
    _, token = give_grant(unit, seller.seller_id, application.application_id, by=by)
    return v1.SellerCredentials(
        application_id=application.application_id,
        client_id=application.client_id,
        client_secret=secret,
        refresh_token=token,
    )


def _seller(unit: UnitOfWork, seller: Seller) -> v1.Seller:
    entered = questions.participations_of(unit, seller.seller_id)
    return v1.Seller(
        seller_id=seller.seller_id,
        name=seller.name,
        region=seller.region,
        marketplace_ids=[participation.marketplace_id for participation in entered],
        joined_at=seller.joined_at,
    )
