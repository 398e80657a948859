"""Promotions and coupons of a seller."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.promotions import commands, questions
from sellingpartner.market.promotions.model import Discount, Kind, NewPromotion, Promotion
from sellingpartner.server.control.amounts import minor_if_said
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_promotions(desk: Desk, request: v1.ListPromotions) -> v1.Promotions:
    """All promotions of a seller."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return v1.Promotions(promotions=[_told(unit, one) for one in questions.all_of_seller(unit)])


def create_promotion(desk: Desk, request: v1.CreatePromotion) -> v1.SellerPromotion:
    """Create a promotion."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    currency = MARKETPLACES[marketplace_id].currency
    discount = Discount(percent=request.percent, amount=minor_if_said("amount", request.amount, currency))
    budget = minor_if_said("budget", request.budget, currency)
    with desk.market.write(seller_id) as unit:
        new = NewPromotion(
            kind=Kind(request.kind.value),
            name=request.name,
            marketplace_id=marketplace_id,
            skus=tuple(request.skus),
            discount=discount,
            begins_at=request.begins_at or unit.now,
            ends_at=request.ends_at,
            budget=budget,
        )
        return _told(unit, commands.create(unit, new))


def end_promotion(desk: Desk, request: v1.EndPromotion) -> v1.SellerPromotion:
    """End a promotion."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        return _told(unit, commands.end(unit, request.promotion_id))


def _told(unit: UnitOfWork, one: Promotion) -> v1.SellerPromotion:
    def money(minor: int) -> v1.Money:
        return v1.Money(currency_code=one.currency, amount=str(Money(minor, one.currency)))

    return v1.SellerPromotion(
        promotion_id=one.promotion_id,
        seller_id=unit.seller_id,
        marketplace_id=one.marketplace_id,
        kind=v1.PromotionKind(one.kind.value),
        name=one.name,
        state=v1.PromotionState(one.state_at(unit.now).value),
        skus=[item.sku for item in one.items],
        begins_at=one.begins_at,
        ends_at=one.until,
        spent=money(one.spent),
        percent=one.percent,
        amount=None if one.amount is None else money(one.amount),
        budget=None if one.budget is None else money(one.budget),
        ended_by=None if one.ended_by is None else one.ended_by.value,
    )
