"""`getItemOffers` and `getListingOffers`: the lowest-priced offers of an item, and a summary of all."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.product_pricing_v0 import GetItemOffers, GetListingOffers, GetOffersResponse
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.offers.featured import Standing, standing_of
from sellingpartner.market.offers.model import NEW, POSITIONS, Contender, Contest, Offer
from sellingpartner.server.api.pricing_subjects import Subject, one_by_asin, one_by_sku, ranked
from sellingpartner.server.api.product_pricing_v0 import shapes
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST = 20
_CHANNELS = {"AFN": v0.FulfillmentChannelType.AMAZON, "MFN": v0.FulfillmentChannelType.MERCHANT}


@handles(GetItemOffers)
def get_item_offers(unit: UnitOfWork, request: GetItemOffers) -> GetOffersResponse:
    """The offers of an ASIN in one condition."""
    participations_of(unit, unit.seller_id, including=[request.marketplace_id])
    (subject,) = ranked(unit, request.marketplace_id, [one_by_asin(unit, request.marketplace_id, request.asin)])
    return GetOffersResponse(payload=offers_of(unit, subject, request.item_condition, request.customer_type))


@handles(GetListingOffers)
def get_listing_offers(unit: UnitOfWork, request: GetListingOffers) -> GetOffersResponse:
    """The offers of the item that the seller lists under a SKU, the seller's own among them and marked."""
    participations_of(unit, unit.seller_id, including=[request.marketplace_id])
    (subject,) = ranked(unit, request.marketplace_id, [one_by_sku(unit, request.marketplace_id, request.seller_sku)])
    return GetOffersResponse(payload=offers_of(unit, subject, request.item_condition, request.customer_type))


def offers_of(
    unit: UnitOfWork, subject: Subject, condition: v0.ItemCondition, customer: v0.CustomerType | None
) -> v0.GetOffersResult:
    """What is offered of an item."""
    contest = subject.contest or Contest(marketplace_id="", asin="")
    is_business = customer is v0.CustomerType.BUSINESS
    seen = shapes.as_seen(contest.contenders, is_business=is_business)
    featured = shapes.featured_in(contest, seen, is_business=is_business)
    shown = [each for each in seen if each.offer.condition == condition][:_MOST]
    asked_for = v0.ConditionType(condition.value)
    asin = contest.asin if subject.sku is None else None
    return v0.GetOffersResult(
        marketplace_id=contest.marketplace_id,
        asin=asin,
        sku=subject.sku,
        item_condition=asked_for,
        status="Success" if seen else "NoBuyableOffers",
        identifier=v0.ItemIdentifier(
            marketplace_id=contest.marketplace_id, asin=asin, seller_sku=subject.sku, item_condition=asked_for
        ),
        summary=_summary(subject, contest, seen, featured, is_business=is_business),
        offers=[
            _detail(
                each,
                is_winner=each in featured.values(),
                my_offer=None if subject.sku is None else each.offer.seller_id == unit.seller_id,
                is_business=is_business,
            )
            for each in shown
        ],
    )


def _summary(
    subject: Subject,
    contest: Contest,
    seen: list[Contender],
    featured: dict[str, Contender],
    *,
    is_business: bool,
) -> v0.Summary:
    eligible = [
        each
        for each in seen
        if each.offer.condition in POSITIONS
        and standing_of(each, each.offer.condition, outside_price=contest.outside_price) is Standing.ELIGIBLE
    ]
    currency = MARKETPLACES[contest.marketplace_id].currency
    list_price = None if subject.item is None else subject.item.list_price(contest.marketplace_id, currency)
    outside = None if contest.outside_price is None else Money(contest.outside_price, currency)
    return v0.Summary(
        total_offer_count=len(seen),
        number_of_offers=_counts(seen),
        lowest_prices=[each for one in _lowest(seen) for each in _lowest_prices(one.offer, is_business=is_business)]
        or None,
        buy_box_prices=[
            each for one in featured.values() for each in _featured_prices(one.offer, is_business=is_business)
        ]
        or None,
        list_price=None if list_price is None else shapes.money(list_price),
        competitive_price_threshold=None if outside is None else shapes.money(outside),
        suggested_lower_price_plus_shipping=_suggested(seen, outside),
        sales_rankings=shapes.rankings(subject.ranks),
        buy_box_eligible_offers=_counts(eligible),
    )


def _counts(contenders: Iterable[Contender]) -> list[v0.OfferCountType] | None:
    counts: dict[tuple[str, str], int] = {}
    for each in contenders:
        place = each.offer.condition, each.offer.channel
        counts[place] = counts.get(place, 0) + 1
    return [
        v0.OfferCountType(condition=condition.lower(), fulfillment_channel=_CHANNELS[channel], offer_count=count)
        for (condition, channel), count in sorted(counts.items())
    ] or None


def _lowest(seen: list[Contender]) -> list[Contender]:
    """The cheapest offer of each condition and channel."""
    found: dict[tuple[str, str], Contender] = {}
    for each in seen:
        found.setdefault((each.offer.condition, each.offer.channel), each)
    return [found[key] for key in sorted(found)]


def _lowest_prices(offer: Offer, *, is_business: bool) -> list[v0.LowestPriceType]:
    channel, condition = _CHANNELS[offer.channel].value, offer.condition.lower()
    first = v0.LowestPriceType(
        condition=condition,
        fulfillment_channel=channel,
        offer_type=shapes.audience_of(offer) if is_business else None,
        landed_price=shapes.of(offer, offer.landed),
        listing_price=shapes.of(offer, offer.price),
        shipping=shapes.of(offer, offer.shipping),
        points=shapes.points(offer),
    )
    tiers = [
        v0.LowestPriceType(
            condition=condition,
            fulfillment_channel=channel,
            offer_type=shapes.B2B,
            quantity_tier=tier.quantity,
            quantity_discount_type=v0.QuantityDiscountType.QUANTITY_DISCOUNT,
            listing_price=shapes.of(offer, tier.price),
        )
        for tier in (offer.quantity_discounts if is_business else ())
    ]
    return [first, *tiers]


def _featured_prices(offer: Offer, *, is_business: bool) -> list[v0.BuyBoxPriceType]:
    condition = offer.condition.lower()
    first = v0.BuyBoxPriceType(
        condition=condition,
        offer_type=shapes.audience_of(offer) if is_business else None,
        landed_price=shapes.of(offer, offer.landed),
        listing_price=shapes.of(offer, offer.price),
        shipping=shapes.of(offer, offer.shipping),
        points=shapes.points(offer),
        seller_id=offer.seller_id if is_business else None,
    )
    tiers = [
        v0.BuyBoxPriceType(
            condition=condition,
            offer_type=shapes.B2B,
            quantity_tier=tier.quantity,
            quantity_discount_type=v0.QuantityDiscountType.QUANTITY_DISCOUNT,
            landed_price=shapes.of(offer, tier.price + offer.shipping),
            listing_price=shapes.of(offer, tier.price),
            shipping=shapes.of(offer, offer.shipping),
            seller_id=offer.seller_id,
        )
        for tier in (offer.quantity_discounts if is_business else ())
    ]
    return [first, *tiers]


def _suggested(seen: list[Contender], outside: Money | None) -> v0.MoneyType | None:
    """Assumed: the suggested lower price is the lowest that a new unit costs, here or at other retailers."""
    new = next((each.offer for each in seen if each.offer.condition == NEW), None)
    if new is None or outside is None:
        return None
    return shapes.of(new, min(new.landed, outside.minor))


def _detail(contender: Contender, *, is_winner: bool, my_offer: bool | None, is_business: bool) -> v0.OfferDetail:
    """One offer.

    Assumed: subconditions are written as captured answers write them, small and with underscores: very_good.
    """
    offer, merchant = contender.offer, contender.merchant
    return v0.OfferDetail(
        my_offer=my_offer,
        offer_type=shapes.audience_of(offer) if is_business else None,
        sub_condition=offer.subcondition.lower().replace(" ", "_"),
        seller_id=offer.seller_id,
        seller_feedback_rating=v0.SellerFeedbackType(
            seller_positive_feedback_rating=Decimal(merchant.positive_rating), feedback_count=merchant.feedback_count
        ),
        shipping_time=v0.DetailedShippingTimeType(
            minimum_hours=offer.minimum_hours,
            maximum_hours=offer.maximum_hours,
            availability_type=v0.AvailabilityType.NOW,
        ),
        listing_price=shapes.of(offer, offer.price),
        quantity_discount_prices=shapes.discounts(offer) if is_business else None,
        points=shapes.points(offer),
        shipping=shapes.of(offer, offer.shipping),
        ships_from=v0.ShipsFromType(state=merchant.state, country=merchant.country),
        is_fulfilled_by_amazon=offer.channel == "AFN",
        prime_information=v0.PrimeInformationType(is_prime=offer.is_prime, is_national_prime=offer.is_prime),
        is_buy_box_winner=is_winner,
        is_featured_merchant=merchant.is_featured,
    )
