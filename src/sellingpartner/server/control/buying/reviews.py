"""What buyers say of items."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.reviews.commands import review
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import seller_of_order


def review_item(desk: Desk, request: v1.ReviewItem) -> v1.ItemReview:
    """Let the buyer of an order review an item of it."""
    both = sorted(set(request.praised) & set(request.faulted))
    if both:
        message = f"{both[0]!r} is praised and faulted; a review does one of both."
        raise InvalidArgument(message)
    topics = dict.fromkeys(request.praised, True) | dict.fromkeys(request.faulted, False)
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        written = review(unit, request.order_id, request.sku, request.stars, topics)
    return v1.ItemReview(
        order_id=written.order_id,
        marketplace_id=written.marketplace_id,
        asin=written.asin,
        stars=written.stars,
        praised=[one.topic for one in written.mentions if one.is_positive],
        faulted=[one.topic for one in written.mentions if not one.is_positive],
        words=[one.words for one in written.mentions],
        written_at=written.written_at,
    )
