"""Subscribe & Save by hand: buyers who subscribe and cancel, offers that are put into the program."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.subscriptions import commands
from sellingpartner.market.subscriptions.model import Delivery, NewSubscription, Outcome, Subscription
from sellingpartner.market.subscriptions.questions import deliveries_in, subscription_of, subscriptions_in
from sellingpartner.market.time.chance import chance
from sellingpartner.server.control.buying.buyers import buyer_and_address
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_buyer_subscriptions(desk: Desk, request: v1.ListBuyerSubscriptions) -> v1.BuyerSubscriptions:
    """All subscriptions of a marketplace."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        came = deliveries_in(unit, here)
        return v1.BuyerSubscriptions(subscriptions=[_shown(one, came) for one in subscriptions_in(unit, here)])


def subscribe_buyer(desk: Desk, request: v1.SubscribeBuyer) -> v1.BuyerSubscription:
    """Let somebody subscribe."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        luck = chance(unit, "subscriber by hand", unit.next_number("subscribers by hand"))
        country = MARKETPLACES[here].country_code
        buyer, address = buyer_and_address(luck, country, None, None, is_business=False)
        new = NewSubscription(
            sku=request.sku,
            marketplace_id=here,
            buyer=buyer,
            address=address,
            quantity=request.quantity,
            interval_days=request.interval_days,
        )
        return _now(unit, commands.subscribe(unit, new).subscription_id)


def cancel_buyer_subscription(desk: Desk, request: v1.CancelBuyerSubscription) -> v1.BuyerSubscription:
    """Let a buyer cancel."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        commands.cancel_subscription(unit, request.subscription_id)
        return _now(unit, request.subscription_id)


def enroll_offer(desk: Desk, request: v1.EnrollOffer) -> v1.EnrolledOffer:
    """Put an offer into the program."""
    seller_id, here = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        commands.enroll(unit, request.sku, here, percent=request.percent, is_suspended=request.is_suspended)
    return v1.EnrolledOffer(
        sku=request.sku, marketplace_id=here, percent=request.percent, is_suspended=request.is_suspended
    )


def _now(unit: UnitOfWork, subscription_id: str) -> v1.BuyerSubscription:
    one = subscription_of(unit, subscription_id)
    return _shown(one, deliveries_in(unit, one.marketplace_id))


def _shown(one: Subscription, deliveries: Sequence[Delivery]) -> v1.BuyerSubscription:
    mine = [each.outcome for each in deliveries if each.subscription_id == one.subscription_id]
    return v1.BuyerSubscription(
        subscription_id=one.subscription_id,
        marketplace_id=one.marketplace_id,
        sku=one.sku,
        quantity=one.quantity,
        interval_days=one.interval_days,
        status=one.status.value,
        created_at=one.created_at,
        next_at=one.next_at,
        canceled_by=one.canceled_by,
        ordered=len(mine) - mine.count(Outcome.MISSED),
        missed=mine.count(Outcome.MISSED),
    )
