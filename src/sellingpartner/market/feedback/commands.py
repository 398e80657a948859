"""Buyers rate sellers: once an order, when it has come or should have.

Assumed: an order can be rated from the arrival of its first package on, or from the day on which it should have come;
Amazon's help names the 90 days from the order after which it cannot.
"""

from __future__ import annotations

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.events.feedback import FeedbackLeft
from sellingpartner.market.feedback.model import BEST, LONGEST_COMMENT, WITHIN, Feedback
from sellingpartner.market.feedback.questions import feedback_of_order, ratings_of
from sellingpartner.market.feedback.refusals import CannotBeRated, NotRated
from sellingpartner.market.feedback.tables import seller_feedback
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork


def leave(unit: UnitOfWork, order_id: str, rating: int, comment: str = "") -> Feedback:
    """Let the buyer of an order rate its seller, from 1 to 5; raises `NotRated` and `CannotBeRated`."""
    order = order_of(unit, order_id)
    if not 1 <= rating <= BEST:
        message = f"rating is {rating}; it must be from 1 to {BEST}."
        raise NotRated(message)
    said = comment.strip()
    if len(said) > LONGEST_COMMENT:
        message = f"comment has {counted(len(said), 'character')}; it may have {LONGEST_COMMENT}."
        raise NotRated(message)
    unit.next_number("feedback")  # of two that rate at once, the second waits here and finds the first
    _check(unit, order)
    left = Feedback(
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        rating=rating,
        comment=" ".join(said.split()),
        is_business=order.is_business,
        left_at=unit.now,
    )
    unit.execute(seller_feedback.insert(), msgspec.structs.asdict(left) | {"seller_id": unit.seller_id})
    received, positive = ratings_of(unit)
    unit.emit(
        FeedbackLeft(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            rating=rating,
            received=received,
            positive=positive,
        )
    )
    return left


def may_rate(unit: UnitOfWork, order: Order) -> str | None:
    """Why the buyer of an order cannot rate it at this moment; None where that is possible."""
    if order.sales_channel == NON_AMAZON:
        return "was not placed in Amazon's shop"
    if order.is_unpaid or order.status is OrderStatus.CANCELED:
        return f"is {order.status.value}"
    if unit.now > order.purchased_at + WITHIN:
        return f"was placed more than {WITHIN.days} days ago"
    has_come = any(package.delivered_at is not None for package in order.packages)
    if not has_come and unit.now < order.latest_delivery_at:
        return "has not come, and need not have yet"
    if feedback_of_order(unit, order.order_id) is not None:
        return "was rated already"
    return None


def _check(unit: UnitOfWork, order: Order) -> None:
    why = may_rate(unit, order)
    if why is not None:
        message = f"Order {order.order_id} {why}; it cannot be rated."
        raise CannotBeRated(message)
