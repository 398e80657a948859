"""`getPricing` and `getCompetitivePricing`: up to twenty products at once, each with a status of its own."""

from __future__ import annotations

from collections import Counter

import msgspec

from sellingpartner.contract import product_pricing_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.product_pricing_v0 import GetCompetitivePricing, GetPricing, GetPricingResponse
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.offers.model import POSITIONS, Contest, Offer
from sellingpartner.server.api.pricing_subjects import Subject, ranked, subjects_by_asin, subjects_by_sku
from sellingpartner.server.api.product_pricing_v0 import shapes
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_CHANNELS = {"AFN": "AMAZON", "MFN": "MERCHANT"}
_ANY = "Any"


@handles(GetPricing)
def get_pricing(unit: UnitOfWork, request: GetPricing) -> GetPricingResponse:
    """The seller's own offers. What cannot be ordered is no offer, so that a SKU without stock has none."""
    is_business = request.offer_type is v0.GetPricingOfferType.B2B
    told = []
    for subject in _subjects(unit, request):
        own = [] if subject.contest is None else _own(unit, subject, request.item_condition)
        offers = [_offer(offer, is_business=is_business) for offer in own if _is_for(offer, is_business=is_business)]
        told.append(_price(unit, subject, offers=offers or None))
    return GetPricingResponse(payload=told)


@handles(GetCompetitivePricing)
def get_competitive_pricing(unit: UnitOfWork, request: GetCompetitivePricing) -> GetPricingResponse:
    """The featured offers' prices, and how many offers there are."""
    is_business = request.customer_type is v0.CustomerType.BUSINESS
    told = []
    for subject in ranked(unit, request.marketplace_id, _subjects(unit, request)):
        if subject.contest is None:
            told.append(_price(unit, subject))
            continue
        pricing = _competitive(unit, subject.contest, is_business=is_business)
        ranks = shapes.rankings(subject.ranks)
        told.append(_price(unit, subject, pricing=pricing, ranks=ranks))
    return GetPricingResponse(payload=told)


def _subjects(unit: UnitOfWork, request: GetPricing | GetCompetitivePricing) -> list[Subject]:
    participations_of(unit, unit.seller_id, including=[request.marketplace_id])
    by_sku = request.item_type is v0.ItemType.SKU
    asked = request.skus if by_sku else request.asins
    if not asked:
        name = "Skus" if by_sku else "Asins"
        raise InvalidInput(f"Parameter {name} is missing; with ItemType {request.item_type} it must name 1 to 20.")
    found = subjects_by_sku if by_sku else subjects_by_asin
    return found(unit, request.marketplace_id, asked)


def _own(unit: UnitOfWork, subject: Subject, condition: v0.ItemCondition | None) -> list[Offer]:
    contenders = subject.contest.contenders if subject.contest is not None else ()
    return [
        each.offer
        for each in contenders
        if each.offer.seller_id == unit.seller_id
        and each.offer.is_available
        and subject.sku in {None, each.offer.sku}
        and condition in {None, each.offer.condition}
    ]


def _is_for(offer: Offer, *, is_business: bool) -> bool:
    return not is_business or shapes.audience_of(offer) is shapes.B2B


def _offer(offer: Offer, *, is_business: bool) -> v0.OfferType:
    seen = offer.for_business() if is_business else offer
    return v0.OfferType(
        offer_type=shapes.B2B if is_business else shapes.B2C,
        buying_price=shapes.price(seen),
        regular_price=shapes.of(offer, offer.regular_price),
        business_price=None if offer.business_price is None else shapes.of(offer, offer.business_price),
        quantity_discount_prices=shapes.discounts(offer),
        fulfillment_channel=_CHANNELS[offer.channel],
        item_condition=offer.condition,
        item_sub_condition=offer.subcondition,
        seller_sku=offer.sku,
    )


def _competitive(unit: UnitOfWork, contest: Contest, *, is_business: bool) -> v0.CompetitivePricingType:
    seen = shapes.as_seen(contest.contenders, is_business=is_business)
    featured = shapes.featured_in(contest, seen, is_business=is_business)
    prices = [
        v0.CompetitivePriceType(
            competitive_price_id=str(number),
            price=shapes.price(featured[condition].offer),
            condition=condition,
            subcondition=featured[condition].offer.subcondition,
            offer_type=shapes.audience_of(featured[condition].offer) if is_business else None,
            seller_id=featured[condition].offer.seller_id if is_business else None,
            belongs_to_requester=featured[condition].offer.seller_id == unit.seller_id,
        )
        for number, condition in enumerate(POSITIONS, 1)
        if condition in featured
    ]
    counts = Counter(each.offer.condition for each in seen)
    listings = [
        v0.OfferListingCountType(count=count, condition=condition)
        for condition, count in [(_ANY, len(seen)), *sorted(counts.items())]
    ]
    return v0.CompetitivePricingType(competitive_prices=prices, number_of_offer_listings=listings)


def _price(
    unit: UnitOfWork,
    subject: Subject,
    *,
    offers: list[v0.OfferType] | None = None,
    pricing: v0.CompetitivePricingType | None = None,
    ranks: list[v0.SalesRankType] | None = None,
) -> v0.Price:
    """One product of an answer.

    Assumed: a product that there is not, or that the seller does not list, has the status ClientError and nothing else.
    """
    known_as = v0.Price(status="ClientError", seller_sku=subject.sku, asin=None if subject.sku else subject.asin)
    if subject.contest is None:
        return known_as
    place = subject.contest.marketplace_id
    sku = None
    if subject.sku is not None:
        sku = v0.SellerSKUIdentifier(marketplace_id=place, seller_id=unit.seller_id, seller_sku=subject.sku)
    product = v0.Product(
        identifiers=v0.IdentifierType(
            marketplace_asin=v0.ASINIdentifier(marketplace_id=place, asin=subject.contest.asin),
            sku_identifier=sku or v0.SellerSKUIdentifier(marketplace_id="", seller_id="", seller_sku=""),
        ),
        offers=offers,
        competitive_pricing=pricing,
        sales_rankings=ranks,
    )
    return msgspec.structs.replace(known_as, status="Success", product=product)
