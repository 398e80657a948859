"""Some buyers review what has come: each item has its strengths and weaknesses, and most who write mention some.

Assumed: one of twelve orders of simulated buyers is reviewed. What an item is like is drawn from the market's seed, so
that its topics last.
"""

from __future__ import annotations

from contextlib import suppress

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.reviews.commands import review
from sellingpartner.market.reviews.words import topics
from sellingpartner.market.simulation.afterwards import sequel_of
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

REVIEWED_ONE_IN = 12

_SOONEST_DAYS, _DAYS = 12, 30
_LEAST_LIKED, _MOST_LIKED = 0.55, 0.95
"""Which share of its buyers likes an item of the worst and of the best kind."""
_MOST_TOPICS = 3


class BuyerReviews(Due):
    """A buyer may say how an item is."""

    order_id: str


def foresee_a_review(unit: UnitOfWork, order: Order) -> None:
    """Have the buyer of an order review what it brings, if it is one of those who do."""
    at = sequel_of(unit, "reviews", order.order_id, one_in=REVIEWED_ONE_IN, soonest_days=_SOONEST_DAYS, days=_DAYS)
    if at is not None:
        later(unit, BuyerReviews(order_id=order.order_id), at=at)


@when(BuyerReviews)
def write_a_review(unit: UnitOfWork, due: BuyerReviews) -> None:
    """Review an item of the order as the item is, if it has come."""
    luck = chance(unit, "review", due.order_id)
    item = luck.choice(order_of(unit, due.order_id).items)
    is_content = luck.random() < _LEAST_LIKED + (_MOST_LIKED - _LEAST_LIKED) * _nature(unit, item.asin, "liked")
    said = luck.sample(sorted(topics()), k=luck.randint(0, _MOST_TOPICS))
    spoken = {topic: luck.random() < (_nature(unit, item.asin, topic) + is_content) / 2 for topic in said}
    stars = luck.choice((5, 5, 4) if is_content else (1, 2, 3))
    with suppress(SellingPartnerError), unit.attempt():  # it was canceled, has not come, or was reviewed already
        review(unit, due.order_id, item.sku, stars, spoken)


def _nature(unit: UnitOfWork, asin: str, of: str) -> float:
    """How good an item is in some way, whoever sells it: from 0 to 1."""
    return number_of(unit.seed, "nature of an item", asin, of) / 2**64
