"""ANY_OFFER_CHANGED and B2B_ANY_OFFER_CHANGED: the offers of an item that a seller offers, when any of them changes.

Whoever offers the item is told, and each is told the same but for its own id: the twenty cheapest offers in the
condition, how many there are of each kind, the lowest prices and the featured ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import any_offer_changed as wire
from sellingpartner.contract.notifications import b2b_any_offer_changed as b2b
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.offers import OfferChanged
from sellingpartner.market.notifications.aggregating import AggregationEnds, end_period
from sellingpartner.market.notifications.filters import Facets, lets_through
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.payloads.contest import Seen, seen_in
from sellingpartner.market.notifications.subscriptions import is_wanted, wanting
from sellingpartner.market.notifications.telling import tell_aggregated, tell_one
from sellingpartner.market.offers.model import Contender, Contest, Offer
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.unit import UnitOfWork, on

ANY_OFFER, B2B = "ANY_OFFER_CHANGED", "B2B_ANY_OFFER_CHANGED"
_INTERNAL = "Internal"
_MOST = 20


@on(OfferChanged)
def tell_of_offers(unit: UnitOfWork, fact: OfferChanged) -> None:
    """An offer that buyers can see came, changed or went."""
    to_all, to_business = is_wanted(unit, ANY_OFFER, B2B)
    if not to_all and not to_business:
        return
    contest = contest_of(unit, fact.marketplace_id, fact.asin)
    concerned = sorted({fact.seller_id, *(each.offer.seller_id for each in contest.contenders)})
    facets = Facets(marketplace_id=fact.marketplace_id)
    for subscription in _subscriptions(unit, ANY_OFFER, concerned) if to_all else ():
        if lets_through(subscription, facets):
            subject = f"{fact.marketplace_id} {fact.asin} {fact.condition}"
            tell_aggregated(
                unit, subscription, subject, partial(_any_offer, unit, contest, fact.condition, subscription)
            )
    business = seen_in(unit, contest, fact.condition, is_business=True) if to_business else None
    if business is not None and business.has_business:
        for subscription in _subscriptions(unit, B2B, concerned):
            tell_one(unit, subscription, _b2b_offer(business, subscription.seller_id, unit.now))


@when(AggregationEnds)
def tell_at_the_end(unit: UnitOfWork, due: AggregationEnds) -> None:
    """Tell the last state of what changed in a period."""
    marketplace_id, asin, condition = due.subject.split(" ")
    contest = contest_of(unit, marketplace_id, asin)

    def content(subscription: Subscription, changed_at: datetime) -> Message:
        return _any_offer(unit, contest, condition, subscription, changed_at)

    told = end_period(unit, due, content)
    if told is not None:
        tell_one(unit, *told)


def _subscriptions(unit: UnitOfWork, notification_type: str, sellers: Iterable[str]) -> Iterator[Subscription]:
    """Who wants to be told about any of the sellers who offer the item, be it sold out."""
    for seller_id in sellers:
        yield from wanting(unit, notification_type, seller_id)


def _any_offer(
    unit: UnitOfWork, contest: Contest, condition: str, subscription: Subscription, changed_at: datetime
) -> wire.AnyOfferChangedNotification:
    seen = seen_in(unit, contest, condition)
    return wire.AnyOfferChangedNotification(
        seller_id=subscription.seller_id,
        offer_change_trigger=wire.OfferChangeTrigger(
            marketplace_id=contest.marketplace_id,
            asin=contest.asin,
            item_condition=condition.lower(),
            time_of_offer_change=changed_at,
            offer_change_type=_INTERNAL,
        ),
        summary=_summary(seen),
        offers=[_offer(seen, each) for each in seen.in_condition[:_MOST]],
    )


def _summary(seen: Seen) -> wire.Summary:
    return wire.Summary(
        number_of_offers=[
            wire.OfferCount(condition=one, fulfillment_channel=by, offer_count=count)
            for one, by, count in seen.counts(seen.contenders)
        ],
        lowest_prices=[
            wire.LowestPrice(
                condition=one.condition.lower(),
                fulfillment_channel=seen.channel_of(one),
                **_prices(one),
                points=_points(one),
            )
            for one in seen.lowest
        ],
        buy_box_prices=[
            wire.BuyBoxPrice(condition=one.condition.lower(), **_prices(one), points=_points(one))
            for one in seen.featured
        ]
        or None,
        list_price=_amount(seen.list_price),
        suggested_lower_price_plus_shipping=_amount(seen.suggested_price),
        total_buy_box_eligible_offers=len(seen.eligible),
        sales_rankings=[wire.SalesRanking(product_category_id=category, rank=rank) for category, rank in seen.rankings]
        or None,
        number_of_buy_box_eligible_offers=[
            wire.OfferCount(condition=one, fulfillment_channel=by, offer_count=count)
            for one, by, count in seen.counts(seen.eligible)
        ],
        competitive_price_threshold=_amount(seen.outside_price),
    )


def _offer(seen: Seen, contender: Contender) -> wire.Offer:
    offer, merchant = contender.offer, contender.merchant
    return wire.Offer(
        seller_id=offer.seller_id,
        sub_condition=offer.subcondition.lower().replace(" ", "_"),
        seller_feedback_rating=wire.SellerFeedbackRating(
            feedback_count=merchant.feedback_count, seller_positive_feedback_rating=merchant.positive_rating
        ),
        shipping_time=wire.ShippingTime(
            minimum_hours=offer.minimum_hours, maximum_hours=offer.maximum_hours, availability_type="NOW"
        ),
        listing_price=_money(offer.price, offer.currency),
        points=_points(offer),
        shipping=_money(offer.shipping, offer.currency),
        ships_from=wire.ShipsFrom(country=merchant.country, state=merchant.state),
        is_fulfilled_by_amazon=offer.channel == "AFN",
        prime_information=wire.PrimeInformation(is_offer_prime=offer.is_prime, is_offer_national_prime=offer.is_prime),
        is_featured_merchant=merchant.is_featured,
        ships_domestically=True,
        is_buy_box_winner=offer in seen.featured,
    )


def _b2b_offer(seen: Seen, seller_id: str, changed_at: datetime) -> b2b.B2BAnyOfferChangedNotification:
    return b2b.B2BAnyOfferChangedNotification(
        seller_id=seller_id,
        offer_change_trigger=b2b.OfferChangeTrigger(
            marketplace_id=seen.marketplace_id,
            asin=seen.asin,
            item_condition=seen.condition.lower(),
            time_of_offer_change=changed_at,
        ),
        summary=_b2b_summary(seen),
        offers=[_b2b_detail(seen, each) for each in seen.in_condition[:_MOST]],
    )


def _b2b_summary(seen: Seen) -> b2b.Summary:
    return b2b.Summary(
        number_of_offers=[
            b2b.OfferCount(condition=one, fulfillment_channel=by, offer_count=count)
            for one, by, count in seen.counts(seen.contenders)
        ],
        buy_box_eligible_offers=[
            b2b.OfferCount(condition=one, fulfillment_channel=by, offer_count=count)
            for one, by, count in seen.counts(seen.eligible)
        ],
        lowest_prices=[
            b2b.LowestPrice(
                condition=one.condition.lower(),
                fulfillment_channel=seen.channel_of(one),
                offer_type=seen.audience_of(one),
                quantity_tier=1,
                landed_price=_b2b_money(one, one.landed),
                listing_price=_b2b_money(one, one.price),
                shipping=_b2b_money(one, one.shipping),
            )
            for one in seen.lowest
        ],
        buy_box_prices=[
            b2b.BuyBoxPrice(
                condition=one.condition.lower(),
                offer_type=seen.audience_of(one),
                quantity_tier=1,
                landed_price=_b2b_money(one, one.landed),
                listing_price=_b2b_money(one, one.price),
                shipping=_b2b_money(one, one.shipping),
                seller_id=one.seller_id,
            )
            for one in seen.featured
        ],
    )


def _b2b_detail(seen: Seen, contender: Contender) -> b2b.Offer:
    offer, merchant = contender.offer, contender.merchant
    return b2b.Offer(
        seller_id=offer.seller_id,
        sub_condition=offer.subcondition.lower().replace(" ", "_"),
        seller_feedback_rating=b2b.SellerFeedbackRating(
            feedback_count=merchant.feedback_count, seller_positive_feedback_rating=Decimal(merchant.positive_rating)
        ),
        shipping_time=b2b.ShippingTime(
            minimum_hours=offer.minimum_hours, maximum_hours=offer.maximum_hours, availability_type="NOW"
        ),
        listing_price=_b2b_money(offer, offer.price),
        quantity_discount_price=[
            b2b.QuantityDiscountPriceType(
                quantity_tier=tier.quantity,
                quantity_discount_type=b2b.QuantityDiscountType.QUANTITY_DISCOUNT,
                listing_price=_b2b_money(offer, tier.price),
            )
            for tier in offer.quantity_discounts
        ]
        or None,
        shipping=_b2b_money(offer, offer.shipping),
        ships_from=b2b.ShipsFrom(country=merchant.country, state=merchant.state),
        is_fulfilled_by_amazon=offer.channel == "AFN",
        is_buy_box_winner=offer in seen.featured,
        prime_information=b2b.PrimeInformation(is_prime=offer.is_prime, is_national_prime=offer.is_prime),
        is_featured_merchant=merchant.is_featured,
    )


def _prices(offer: Offer) -> dict[str, wire.Money]:
    return {
        "landed_price": _money(offer.landed, offer.currency),
        "listing_price": _money(offer.price, offer.currency),
        "shipping": _money(offer.shipping, offer.currency),
    }


def _points(offer: Offer) -> wire.Points | None:
    return wire.Points(points_number=offer.points) if offer.points else None


def _money(minor: int, currency: str) -> wire.Money:
    return wire.Money(amount=Money(minor, currency).decimal, currency_code=currency)


def _amount(money: Money | None) -> wire.Money | None:
    return None if money is None else _money(money.minor, money.currency)


def _b2b_money(offer: Offer, minor: int) -> b2b.Money:
    return b2b.Money(amount=offer.money(minor).decimal, currency_code=offer.currency)
