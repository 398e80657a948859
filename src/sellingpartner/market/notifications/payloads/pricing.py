"""PRICING_HEALTH: a seller's offer costs too much to be featured."""

from __future__ import annotations

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import pricing_health as wire
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.offers import OfferPricedOut
from sellingpartner.market.notifications.payloads.contest import Seen, seen_in
from sellingpartner.market.notifications.subscriptions import wanting
from sellingpartner.market.notifications.telling import tell_one
from sellingpartner.market.offers.model import Contender, Offer
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.storage.unit import UnitOfWork, on

_FULFILLED_BY = {"Amazon": wire.FulfillmentType.AFN, "Merchant": wire.FulfillmentType.MFN}


@on(OfferPricedOut)
def tell_of_price(unit: UnitOfWork, fact: OfferPricedOut) -> None:
    """Tell the seller whose offer it is, in whosever unit that came about."""
    for subscription in wanting(unit, "PRICING_HEALTH", fact.seller_id):
        message = _content(unit, fact)
        if message is not None:
            tell_one(unit, subscription, message)


def _content(unit: UnitOfWork, fact: OfferPricedOut) -> Message | None:
    seen = seen_in(unit, contest_of(unit, fact.marketplace_id, fact.asin), fact.condition)
    own = next((each for each in seen.contenders if _is_meant(each, fact)), None)
    if own is None:
        return None
    return wire.PricingHealthNotification(
        seller_id=fact.seller_id,
        issue_type="BuyBoxDisqualification",
        offer_change_trigger=wire.OfferChangeTrigger(
            marketplace_id=fact.marketplace_id,
            asin=fact.asin,
            item_condition=fact.condition.lower(),
            time_of_offer_change=unit.now,
        ),
        merchant_offer=wire.MerchantOffer(
            condition=own.offer.condition.lower(),
            fulfillment_type=wire.FulfillmentType(own.offer.channel),
            landed_price=_money(own.offer, own.offer.landed),
            listing_price=_money(own.offer, own.offer.price),
            shipping=_money(own.offer, own.offer.shipping),
            points=_points(own.offer),
        ),
        summary=_summary(seen),
    )


def _is_meant(contender: Contender, fact: OfferPricedOut) -> bool:
    return (contender.offer.seller_id, contender.offer.sku) == (fact.seller_id, fact.sku)


def _summary(seen: Seen) -> wire.Summary:
    return wire.Summary(
        number_of_offers=_counts(seen, seen.contenders),
        buy_box_eligible_offers=_counts(seen, seen.eligible),
        buy_box_prices=[
            wire.BuyBoxPrice(
                condition=one.condition.lower(),
                landed_price=_money(one, one.landed),
                listing_price=_money(one, one.price),
                shipping=_money(one, one.shipping),
                points=_points(one),
            )
            for one in seen.featured
        ]
        or None,
        sales_rankings=[wire.SalesRank(product_category_id=category, rank=rank) for category, rank in seen.rankings]
        or None,
        reference_price=wire.ReferencePrice(
            competitive_price_threshold=_amount(seen.outside_price), msrp_price=_amount(seen.list_price)
        ),
    )


def _counts(seen: Seen, contenders: list[Contender]) -> list[wire.OfferCount]:
    return [
        wire.OfferCount(condition=condition, fulfillment_type=_FULFILLED_BY[channel], offer_count=count)
        for condition, channel, count in seen.counts(contenders)
    ]


def _money(offer: Offer, minor: int) -> wire.Money:
    return wire.Money(amount=offer.money(minor).decimal, currency_code=offer.currency)


def _amount(money: Money | None) -> wire.Money | None:
    return None if money is None else wire.Money(amount=money.decimal, currency_code=money.currency)


def _points(offer: Offer) -> wire.Points | None:
    return wire.Points(points_number=offer.points) if offer.points else None
