"""What becomes of an order by its buyer's doing: a payment that fails, a change of mind, something sent back."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.commands import ClaimKind, claim
from sellingpartner.market.orders.commands import (
    ask_return,
    cancel,
    declare_unfulfillable,
    expect_return,
    fail_payment,
    left_to_return,
    request_cancellation,
)
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of, returns_of
from sellingpartner.market.simulation import demand
from sellingpartner.market.simulation.ratings import foresee_a_rating
from sellingpartner.market.simulation.reviewers import foresee_a_review
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

RETURN_SHARE = 0.05
"""Of all orders: those of which something is sent back, if it arrived."""

CLAIMED_ONE_IN = 400
"""Assumed: of how many orders one is claimed under Amazon's guarantee, or charged back by a bank."""

CHARGEBACK_SHARE = 0.2
"""Of the claims: those that go by the buyer's bank."""

_CLAIMS_AFTER = timedelta(days=20)
_REASON = "BUYER_CANCELED"
_WHY_BACK = ("NoLongerNeeded", "Defective", "NotAsDescribed", "OrderedWrongItem", "BoughtByMistake", "DamagedInTransit")


class PaymentFails(Due):
    """A buyer's payment is refused for good."""

    order_id: str


class BuyerChangesMind(Due):
    """A buyer wants an order canceled."""

    order_id: str


class NetworkGivesUp(Due):
    """The fulfillment network finds that it cannot fulfill an order from outside the shop.

    Worlds of earlier versions foresaw it for orders that were placed as those of the shop.
    """

    order_id: str


class BuyerClaims(Due):
    """A buyer claims, under Amazon's guarantee or at a bank, that an order was not what it should have been."""

    order_id: str


class BuyerSendsBack(Due):
    """A buyer wants to send back a unit of what has arrived."""

    order_id: str


def foresee(unit: UnitOfWork, luck: Random, order: Order, payment: demand.Payment) -> None:
    """Schedule what a buyer will do about an order, apart from paying for it."""
    if not payment.clears:
        later(unit, PaymentFails(order_id=order.order_id), at=unit.now + timedelta(minutes=payment.minutes))
    minutes = demand.cancellation_minutes(luck)
    if minutes is not None:
        later(unit, BuyerChangesMind(order_id=order.order_id), at=unit.now + timedelta(minutes=minutes))
    _foresee_a_claim(unit, order)
    foresee_a_rating(unit, order)
    foresee_a_review(unit, order)
    afterwards = chance(unit, "sent back", order.order_id)
    if afterwards.random() < RETURN_SHARE:
        days = timedelta(days=afterwards.uniform(8, 30))
        later(unit, BuyerSendsBack(order_id=order.order_id), at=unit.now + days)


def _foresee_a_claim(unit: UnitOfWork, order: Order) -> None:
    draw = number_of(unit.seed, unit.seller_id, "claims", order.order_id)
    if draw % CLAIMED_ONE_IN == 0:
        later(
            unit, BuyerClaims(order_id=order.order_id), at=unit.now + _CLAIMS_AFTER + timedelta(minutes=draw % 20_000)
        )


@when(BuyerClaims)
def grant_a_claim(unit: UnitOfWork, due: BuyerClaims) -> None:
    """Grant the claim, if the order has left and anything of it is not refunded yet."""
    order = order_of(unit, due.order_id)
    if order.sales_channel == NON_AMAZON or not any(item.shipped for item in order.items):
        return
    luck = chance(unit, "which claim", due.order_id)
    kind = ClaimKind.CHARGEBACK if luck.random() < CHARGEBACK_SHARE else ClaimKind.GUARANTEE
    with suppress(SellingPartnerError), unit.attempt():  # all of it was refunded already
        claim(unit, due.order_id, kind)


@when(PaymentFails)
def let_payment_fail(unit: UnitOfWork, due: PaymentFails) -> None:
    """Fail the payment, unless the order was paid or canceled by other means meanwhile."""
    if order_of(unit, due.order_id).is_unpaid:
        fail_payment(unit, due.order_id)


@when(BuyerChangesMind)
def change_mind(unit: UnitOfWork, due: BuyerChangesMind) -> None:
    """Cancel what Amazon fulfills or nobody has paid; ask the seller to cancel what the seller is to ship."""
    order = order_of(unit, due.order_id)
    if order.status not in {OrderStatus.PENDING, OrderStatus.UNSHIPPED}:
        return
    if order.is_unpaid or order.channel is FulfillmentChannel.MFN:
        request_cancellation(unit, due.order_id, reason=_REASON)
    else:
        cancel(unit, due.order_id, by=Canceler.BUYER, reason=_REASON)


@when(NetworkGivesUp)
def give_up(unit: UnitOfWork, due: NetworkGivesUp) -> None:
    """Declare the order unfulfillable, if nothing of it has left."""
    if order_of(unit, due.order_id).status in {OrderStatus.PENDING, OrderStatus.UNSHIPPED}:
        declare_unfulfillable(unit, due.order_id)


@when(BuyerSendsBack)
def send_back(unit: UnitOfWork, due: BuyerSendsBack) -> None:
    """Ask to send a unit of the first item back that has arrived; what was never delivered cannot come back."""
    left = left_to_return(order_of(unit, due.order_id), returns_of(unit, due.order_id))
    if not left:
        return
    item_id = next(iter(left))
    luck = chance(unit, "why sent back", due.order_id)
    asked = ask_return(unit, due.order_id, quantities={item_id: 1}, reason=luck.choice(_WHY_BACK))
    expect_return(unit, asked)
