"""Subscriptions from their beginning to their end: each delivery is an order like any other, at the discount.

The first delivery is ordered when the buyer subscribes. What is out of stock when it is due is missed, and the next one
comes in its time; a subscription of an offer that is gone is canceled.
"""

from __future__ import annotations

from sellingpartner.market.events.orders import OrderCanceled, PackageShipped
from sellingpartner.market.events.subscriptions import (
    BuyerSubscribed,
    SubscriptionCanceled,
    SubscriptionMissed,
    SubscriptionOrdered,
)
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.questions import offered_under
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.questions import buyer_key
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.promotions.model import Kind
from sellingpartner.market.promotions.questions import all_of_seller
from sellingpartner.market.subscriptions.enrolling import NotInTheProgram, TermsImpossible, enrollment_of
from sellingpartner.market.subscriptions.model import LIFECYCLE, Delivery, NewSubscription, Outcome, Subscription
from sellingpartner.market.subscriptions.program import program
from sellingpartner.market.subscriptions.store import (
    Subscriber,
    cancel_delivery,
    end,
    go_on,
    insert_delivery,
    insert_subscription,
    ship_delivery,
    subscriber_of,
    subscription_of,
)
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

BUYER, MARKET = "BUYER", "MARKET"


class SubscriptionIsDue(Due):
    """The next delivery of a subscription is to be ordered."""

    subscription_id: str


def subscribe(unit: UnitOfWork, new: NewSubscription) -> Subscription:
    """Let a buyer subscribe; the first delivery is ordered at once. Raises `NotInTheProgram`, or why not to be had."""
    said = program()
    if new.interval_days not in said.interval_days or not 1 <= new.quantity <= said.most_units:
        days = ", ".join(map(str, said.interval_days))
        message = f"A subscription is of 1 to {said.most_units} units, every {days} days."
        raise TermsImpossible(message)
    offered = offered_under(unit, new.sku, new.marketplace_id)
    enrolled = None if offered is None else enrollment_of(unit, offered[0])
    if offered is None or enrolled is None or enrolled.is_suspended or offered[0].asin is None:
        message = f"Nobody can subscribe to SKU {new.sku!r} in marketplace {new.marketplace_id}."
        raise NotInTheProgram(message)
    number = unit.next_number("buyer subscriptions")
    subscription = Subscription(
        subscription_id=uuid_of(wide_number_of(unit.seed, "subscription", unit.seller_id, number)),
        marketplace_id=new.marketplace_id,
        sku=new.sku,
        asin=offered[0].asin,
        buyer_key=buyer_key(unit, new.buyer.email),
        quantity=new.quantity,
        interval_days=new.interval_days,
        percent=enrolled.percent,
        has_coupon=_has_coupon(unit, offered[0]),
        created_at=unit.now,
        next_at=unit.now,
        canceled_at=None,
        canceled_by="",
    )
    insert_subscription(unit, subscription, Subscriber(new.buyer, new.address))
    fact = BuyerSubscribed(subscription_id=subscription.subscription_id, sku=new.sku, marketplace_id=new.marketplace_id)
    unit.emit(fact)
    _order(unit, subscription, enrolled.percent, _price(unit, subscription))
    _expect_next(unit, subscription)
    return subscription


def cancel_subscription(unit: UnitOfWork, subscription_id: str, *, by: str = BUYER) -> None:
    """Let no more come of a subscription; what is ordered already comes."""
    subscription = subscription_of(unit, subscription_id)
    subject = f"Subscription {subscription_id}"
    advance(LIFECYCLE, subscription.status, SubscriptionCanceled, subject=subject, deed="be canceled")
    end(unit, subscription_id, by)
    unit.emit(SubscriptionCanceled(subscription_id=subscription_id, canceled_by=by))


@when(SubscriptionIsDue)
def deliver(unit: UnitOfWork, due: SubscriptionIsDue) -> None:
    """Order the next delivery, unless the subscription is over or its offer is gone."""
    subscription = subscription_of(unit, due.subscription_id)
    if subscription.canceled_at is not None:
        return
    offered = offered_under(unit, subscription.sku, subscription.marketplace_id)
    enrolled = None if offered is None else enrollment_of(unit, offered[0])
    if offered is None or enrolled is None:
        cancel_subscription(unit, due.subscription_id, by=MARKET)
        return
    price = _price(unit, subscription)
    try:
        with unit.attempt():
            _order(unit, subscription, enrolled.percent, price)
    except (OutOfStock, NotBuyable):
        _miss(unit, subscription, enrolled.percent, price)
    _expect_next(unit, subscription)


@on(PackageShipped)
def note_shipped(unit: UnitOfWork, fact: PackageShipped) -> None:
    """Count what left for subscribers."""
    for line in fact.lines:
        if program().promotion in line.promotion_ids:
            minor = line.amounts.price - line.amounts.promotion_discount
            ship_delivery(unit, fact.order_id, line.quantity, minor)


@on(OrderCanceled)
def note_canceled(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Count no more what was ordered for a subscriber and canceled."""
    if any(program().promotion in line.promotion_ids for line in fact.lines):
        cancel_delivery(unit, fact.order_id)


def discounted(price: int, quantity: int, percent: int) -> int:
    """What units cost a subscriber, the discount rounded half up to the minor unit."""
    whole = price * quantity
    return whole - (2 * whole * percent + 100) // 200


def _order(unit: UnitOfWork, subscription: Subscription, percent: int, price: int) -> None:
    who = subscriber_of(unit, subscription.subscription_id)
    whole = price * subscription.quantity
    amount = discounted(price, subscription.quantity, percent)
    line = PurchaseLine(
        sku=subscription.sku,
        quantity=subscription.quantity,
        unit_price=price,
        promotion_discount=whole - amount,
        promotion_ids=(program().promotion,),
    )
    purchase = Purchase(marketplace_id=subscription.marketplace_id, lines=(line,), buyer=who.buyer, address=who.address)
    order = place(unit, purchase)
    _keep(unit, subscription, percent, price, order_id=order.order_id)
    unit.emit(SubscriptionOrdered(subscription_id=subscription.subscription_id, order_id=order.order_id))


def _miss(unit: UnitOfWork, subscription: Subscription, percent: int, price: int) -> None:
    _keep(unit, subscription, percent, price, order_id=None)
    fact = SubscriptionMissed(
        subscription_id=subscription.subscription_id, sku=subscription.sku, units=subscription.quantity
    )
    unit.emit(fact)


def _keep(unit: UnitOfWork, subscription: Subscription, percent: int, price: int, *, order_id: str | None) -> None:
    delivery = Delivery(
        number=unit.next_number("subscription deliveries"),
        subscription_id=subscription.subscription_id,
        marketplace_id=subscription.marketplace_id,
        sku=subscription.sku,
        percent=percent,
        outcome=Outcome.MISSED if order_id is None else Outcome.ORDERED,
        order_id=order_id,
        units=subscription.quantity,
        whole_minor=price * subscription.quantity,
        amount_minor=discounted(price, subscription.quantity, percent),
        planned_at=unit.now,
        shipped_at=None,
        shipped_units=0,
        shipped_minor=0,
    )
    insert_delivery(unit, delivery)


def _expect_next(unit: UnitOfWork, subscription: Subscription) -> None:
    next_at = unit.now + subscription.interval
    go_on(unit, subscription.subscription_id, next_at)
    later(unit, SubscriptionIsDue(subscription_id=subscription.subscription_id), at=next_at)


def _price(unit: UnitOfWork, subscription: Subscription) -> int:
    offered = offered_under(unit, subscription.sku, subscription.marketplace_id)
    price = None if offered is None else offered[1].price
    return 0 if price is None else price.minor


def _has_coupon(unit: UnitOfWork, record: Record) -> bool:
    """Whether a coupon for the SKU runs at the moment."""
    return any(
        one.kind is Kind.COUPON
        and one.marketplace_id == record.marketplace_id
        and any(item.sku == record.sku for item in one.items)
        and one.begins_at <= unit.now < (one.ended_at or one.ends_at)
        for one in all_of_seller(unit)
    )
