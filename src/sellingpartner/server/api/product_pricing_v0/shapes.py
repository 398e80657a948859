"""Offers and prices in the shapes of Product Pricing, v0."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.model import Ranks
from sellingpartner.market.offers.featured import featured_of
from sellingpartner.market.offers.model import POSITIONS, Contender, Contest, Offer

B2B, B2C = v0.OfferCustomerType.B2B, v0.OfferCustomerType.B2C


def money(amount: Money) -> v0.MoneyType:
    """An amount."""
    return v0.MoneyType(currency_code=amount.currency, amount=amount.decimal)


def of(offer: Offer, minor: int) -> v0.MoneyType:
    """An amount in an offer's currency."""
    return _amount(minor, offer.currency)


@lru_cache(maxsize=10_000)
def _amount(minor: int, currency: str) -> v0.MoneyType:
    """An amount; the same ones come back in a batch, and nobody changes them."""
    return money(Money(minor, currency))


def points(offer: Offer) -> v0.Points | None:
    """The points that come with an offer, if any do."""
    if not offer.points:
        return None
    return v0.Points(points_number=offer.points, points_monetary_value=of(offer, offer.points))


def price(offer: Offer) -> v0.PriceType:
    """What a buyer pays."""
    return v0.PriceType(
        landed_price=of(offer, offer.landed),
        listing_price=of(offer, offer.price),
        shipping=of(offer, offer.shipping),
        points=points(offer),
    )


def discounts(offer: Offer) -> list[v0.QuantityDiscountPriceType] | None:
    """What businesses pay who buy more; None if nothing less."""
    if not offer.quantity_discounts:
        return None
    return [
        v0.QuantityDiscountPriceType(
            quantity_tier=each.quantity,
            quantity_discount_type=v0.QuantityDiscountType.QUANTITY_DISCOUNT,
            listing_price=of(offer, each.price),
        )
        for each in offer.quantity_discounts
    ]


def audience_of(offer: Offer) -> v0.OfferCustomerType:
    """Whether businesses have a price of their own, or quantity discounts."""
    return B2C if offer.business_price is None and not offer.quantity_discounts else B2B


def as_seen(contenders: Iterable[Contender], *, is_business: bool) -> list[Contender]:
    """The offers that buyers of a kind can order from, cheapest first."""
    seen = [
        Contender(each.offer.for_business(), each.merchant) if is_business else each
        for each in contenders
        if each.offer.is_available
    ]
    return sorted(seen, key=lambda each: (each.offer.landed, each.offer.seller_id, each.offer.sku))


def featured_in(contest: Contest, seen: list[Contender], *, is_business: bool) -> dict[str, Contender]:
    """Whose offer is featured in which condition: for a business, by what a business would pay."""
    if is_business:
        found = {place: featured_of(seen, place, outside_price=contest.outside_price) for place in POSITIONS}
    else:
        holders = {each.offer.condition: each for each in seen if contest.holds(each.offer)}
        found = {place: holders.get(place) for place in POSITIONS}
    return {place: contender for place, contender in found.items() if contender is not None}


def rankings(ranks: Ranks | None) -> list[v0.SalesRankType] | None:
    """The item's ranks: in its display group, by name, and in its place of the browse tree, by number."""
    if ranks is None:
        return None
    found = [v0.SalesRankType(product_category_id=ranks.display_group, rank=ranks.rank)]
    if ranks.classification_id is not None and ranks.classification_rank is not None:
        found.append(v0.SalesRankType(product_category_id=ranks.classification_id, rank=ranks.classification_rank))
    return found
