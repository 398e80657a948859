"""What buyers say of sellers."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.feedback.commands import leave
from sellingpartner.market.feedback.model import Feedback
from sellingpartner.market.feedback.questions import latest_feedback, ratings_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import seller_of_order, shop_meant

_LATEST = 100


def list_feedback(desk: Desk, request: v1.ListFeedback) -> v1.SellersFeedback:
    """What was said last."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        received, positive = ratings_of(unit)
        said = [_shown(one) for one in latest_feedback(unit, _LATEST)]
        return v1.SellersFeedback(received=received, positive=positive, feedback=said)


def leave_feedback(desk: Desk, request: v1.LeaveFeedback) -> v1.SellerFeedback:
    """Let the buyer of an order rate it."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        return _shown(leave(unit, request.order_id, request.rating, request.comment))


def _shown(one: Feedback) -> v1.SellerFeedback:
    return v1.SellerFeedback(
        order_id=one.order_id,
        marketplace_id=one.marketplace_id,
        rating=one.rating,
        comment=one.comment,
        left_at=one.left_at,
    )
