"""Sellers."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import questions
from sellingpartner.market.accounts.model import Seller
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


def _seller(unit: UnitOfWork, seller: Seller) -> v1.Seller:
    entered = questions.participations_of(unit, seller.seller_id)
    return v1.Seller(
        seller_id=seller.seller_id,
        name=seller.name,
        region=seller.region,
        marketplace_ids=[participation.marketplace_id for participation in entered],
        joined_at=seller.joined_at,
    )
