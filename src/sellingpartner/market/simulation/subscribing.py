"""Buyers of a simulated shop who subscribe: some of those who order what the program offers, and some of them stop.

Assumed: of 12 orders of such an offer one leads to a subscription, and one of eight subscribers stops after a delivery.
The past that a shop opens with holds none, as its orders are counted beforehand.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sellingpartner.market.events.subscriptions import SubscriptionOrdered
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.simulation.shops import shop_of
from sellingpartner.market.subscriptions.commands import cancel_subscription, subscribe
from sellingpartner.market.subscriptions.enrolling import NotInTheProgram
from sellingpartner.market.subscriptions.model import NewSubscription, Status
from sellingpartner.market.subscriptions.questions import program, subscription_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_ONE_OF = 12
_STOPS = 8
_LIKED_AFTER = timedelta(days=7)


class BuyerLikesIt(Due):
    """A buyer who has ordered something would have it again and again."""

    order_id: str
    sku: str


class SubscriberStops(Due):
    """A subscriber has had enough."""

    subscription_id: str


def may_subscribe(unit: UnitOfWork, order: Order) -> None:
    """Let a buyer of a simulated shop think about a subscription, a week after the order."""
    if order.sales_channel == NON_AMAZON:
        return
    luck = chance(unit, "subscribes", order.order_id)
    if order.marketplace_id in program().marketplace_ids and not luck.randrange(_ONE_OF):
        item = order.items[0]
        later(unit, BuyerLikesIt(order_id=order.order_id, sku=item.sku), at=unit.now + _LIKED_AFTER)


@when(BuyerLikesIt)
def subscribe_again(unit: UnitOfWork, due: BuyerLikesIt) -> None:
    """Subscribe to what was ordered, if the program offers it and it is to be had."""
    order, luck = order_of(unit, due.order_id), chance(unit, "subscribes to", due.order_id)
    new = NewSubscription(
        sku=due.sku,
        marketplace_id=order.marketplace_id,
        buyer=order.buyer,
        address=order.address,
        quantity=luck.choice((1, 1, 1, 2, 3)),
        interval_days=luck.choice(program().interval_days),
    )
    with suppress(NotInTheProgram, OutOfStock, NotBuyable), unit.attempt():
        subscribe(unit, new)


@on(SubscriptionOrdered)
def may_stop(unit: UnitOfWork, fact: SubscriptionOrdered) -> None:
    """Let a subscriber of a simulated shop have had enough, some days after a delivery."""
    luck = chance(unit, "stops", fact.subscription_id, fact.order_id)
    if shop_of(unit) is not None and not luck.randrange(_STOPS):
        stops = SubscriberStops(subscription_id=fact.subscription_id)
        later(unit, stops, at=unit.now + timedelta(days=luck.uniform(2, 12)))


@when(SubscriberStops)
def stop(unit: UnitOfWork, due: SubscriberStops) -> None:
    """Cancel a subscription that is not canceled yet."""
    if subscription_of(unit, due.subscription_id).status is Status.ACTIVE:
        cancel_subscription(unit, due.subscription_id)
