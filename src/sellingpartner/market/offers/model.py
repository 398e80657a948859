"""What offers are made of. Prices are minor units of the marketplace's currency."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.amounts import Money

NEW, USED = "New", "Used"

POSITIONS = (NEW, USED)
"""The conditions of which one offer is featured."""

_FEATURED_FROM_RATING = 90
_FEATURED_FROM_COUNT = 10


class Strategy(StrEnum):
    """How a simulated competitor sets prices when it looks at those of the others."""

    HOLD = "HOLD"
    MATCH = "MATCH"
    UNDERCUT = "UNDERCUT"
    SEESAW = "SEESAW"


class Merchant(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever offers something, as buyers see them."""

    seller_id: str
    name: str
    feedback_count: int
    positive_rating: int
    """How many of a hundred feedbacks are good."""
    country: str
    state: str | None = None
    strategy: Strategy | None = None
    """Of a simulated competitor; the sellers of this market set their prices themselves."""

    @property
    def is_featured(self) -> bool:
        """Whether the metrics are good enough for a featured offer.

        Assumed: a seller may be featured from 90 of a hundred good feedbacks on, and ten feedbacks in all.
        """
        return self.positive_rating >= _FEATURED_FROM_RATING and self.feedback_count >= _FEATURED_FROM_COUNT


class QuantityDiscount(msgspec.Struct, frozen=True):
    """What a business pays for each unit if it orders so many."""

    quantity: int
    price: int


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What one merchant asks for an item in one marketplace. Conditions are in the words of Orders v0."""

    seller_id: str
    sku: str
    marketplace_id: str
    asin: str
    condition: str = NEW
    subcondition: str = NEW
    channel: str = "MFN"
    currency: str
    price: int
    """In force at this moment; `regular_price` is what it is without a sale."""
    regular_price: int
    shipping: int = 0
    points: int = 0
    """Amazon Points that a buyer in Japan is given; a point is worth one yen."""
    minimum_hours: int = 24
    maximum_hours: int = 48
    is_prime: bool = False
    is_available: bool = True
    business_price: int | None = None
    quantity_discounts: tuple[QuantityDiscount, ...] = ()

    @property
    def landed(self) -> int:
        """What a buyer pays in all: price and shipping, less the worth of the points."""
        return self.price + self.shipping - self.points

    def for_business(self) -> Offer:
        """The offer as a business buyer finds it."""
        return self if self.business_price is None else msgspec.structs.replace(self, price=self.business_price)

    def money(self, minor: int) -> Money:
        """An amount in the offer's currency."""
        return Money(minor, self.currency)


class Contender(msgspec.Struct, frozen=True):
    """An offer and who makes it."""

    offer: Offer
    merchant: Merchant


class Featured(msgspec.Struct, frozen=True):
    """Whose offer is featured, and since when."""

    seller_id: str
    sku: str
    since: datetime


class Contest(msgspec.Struct, frozen=True, kw_only=True):
    """All offers of an item in a marketplace, whichever is featured, and what the item costs elsewhere."""

    marketplace_id: str
    asin: str
    contenders: tuple[Contender, ...] = ()
    featured: dict[str, Featured] = {}
    outside_price: int | None = None
    """The lowest price at other retailers, in minor units; None if nobody has looked."""

    def available(self, condition: str) -> list[Contender]:
        """The contenders in a condition that buyers can order from, cheapest first."""
        found = [each for each in self.contenders if each.offer.is_available and each.offer.condition == condition]
        return sorted(found, key=lambda each: (each.offer.landed, each.offer.seller_id, each.offer.sku))

    def holds(self, offer: Offer) -> bool:
        """Whether an offer is the featured one of its condition."""
        found = self.featured.get(offer.condition)
        return found is not None and (found.seller_id, found.sku) == (offer.seller_id, offer.sku)
