"""The regulated information of orders is approved, rejected, or nobody decides in time."""

from __future__ import annotations

from sellingpartner.market.events.orders import VerificationApproved, VerificationExpired, VerificationRejected
from sellingpartner.market.orders.canceling import cancel_loaded
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.placing.paying import have_shipped
from sellingpartner.market.orders.regulated import Verdict
from sellingpartner.market.orders.store import load_order, save_order
from sellingpartner.market.time.schedule import Due, when
from sellingpartner.storage.unit import UnitOfWork

VERIFICATION_REJECTED = "VerificationRejected"
VERIFICATION_EXPIRED = "VerificationExpired"


class VerificationFallsDue(Due):
    """The time for deciding on an order's regulated information is over."""

    order_id: str


def judge(unit: UnitOfWork, order_id: str, verdict: Verdict) -> None:
    """Take a seller's verdict on an order's regulated information.

    Assumed: a regulated order that is rejected is canceled by the market; an approved one that Amazon fulfills ships
    from here on.
    """
    order = load_order(unit, order_id)
    fact = order.regulated().judge(verdict, at=unit.now)
    if fact is None:
        save_order(unit, order)
        return
    if fact is VerificationRejected:
        unit.emit(VerificationRejected(order_id=order_id, marketplace_id=order.marketplace_id))
        cancel_loaded(unit, order, by=Canceler.MARKET, reason=VERIFICATION_REJECTED)
        return
    save_order(unit, order)
    unit.emit(VerificationApproved(order_id=order_id, marketplace_id=order.marketplace_id))
    if order.status in SHIPPABLE:
        have_shipped(unit, order)


@when(VerificationFallsDue)
def expire_verification(unit: UnitOfWork, due: VerificationFallsDue) -> None:
    """End a review that nobody decided.

    Assumed: a regulated order on which nobody decided in time is canceled: it could never ship.
    """
    order = load_order(unit, due.order_id)
    review = order.review
    if review is None or not review.requires_action or not review.is_pending:
        return
    review.close(VerificationExpired)
    unit.emit(VerificationExpired(order_id=order.order_id, marketplace_id=order.marketplace_id))
    cancel_loaded(unit, order, by=Canceler.MARKET, reason=VERIFICATION_EXPIRED)
