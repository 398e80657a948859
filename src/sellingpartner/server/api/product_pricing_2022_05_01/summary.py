"""`getCompetitiveSummary`: featured and lowest offers, reference prices, similar items of up to twenty ASINs."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract import product_pricing_2022_05_01 as v2022
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.product_pricing_2022_05_01 import CompetitiveSummaryBatchResponse, GetCompetitiveSummary
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.search import Query, asins_of, search
from sellingpartner.market.offers.model import NEW, Contender, Contest, Offer
from sellingpartner.server.api.pricing_subjects import Subject, subjects_by_asin
from sellingpartner.server.api.product_pricing_2022_05_01 import shapes
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST = 20
_JAPAN = "JP"
_SEGMENTS = ((v2022.CustomerMembership.PRIME, Decimal(62)), (v2022.CustomerMembership.NON_PRIME, Decimal(38)))
"""Who looks at an item, in a hundred: the share of members among the simulated buyers."""

_DATA = v2022.CompetitiveSummaryIncludedData
_NEW = v2022.LowestPricedOffersInput(item_condition=v2022.Condition.NEW, offer_type=v2022.OfferType.CONSUMER)


class _InvalidAsin(InvalidInput):
    code = "INVALID_ASIN"

    def __init__(self, asin: str) -> None:
        super().__init__(f"{asin} is not a valid ASIN")


@handles(GetCompetitiveSummary, reads=True)
def get_competitive_summary(unit: UnitOfWork, request: GetCompetitiveSummary) -> CompetitiveSummaryBatchResponse:
    """Answer each ASIN by itself."""
    return CompetitiveSummaryBatchResponse(responses=[_response(unit, entry) for entry in request.requests])


def _response(unit: UnitOfWork, entry: v2022.CompetitiveSummaryRequest) -> v2022.CompetitiveSummaryResponse:
    try:
        return v2022.CompetitiveSummaryResponse(status=shapes.SUCCESS, body=_body(unit, entry))
    except SellingPartnerError as refusal:
        status, errors = shapes.refused(refusal)
        body = v2022.CompetitiveSummaryResponseBody(asin=entry.asin, marketplace_id=entry.marketplace_id, errors=errors)
        return v2022.CompetitiveSummaryResponse(status=status, body=body)


def _body(unit: UnitOfWork, entry: v2022.CompetitiveSummaryRequest) -> v2022.CompetitiveSummaryResponseBody:
    participations_of(unit, unit.seller_id, including=[entry.marketplace_id])
    (subject,) = subjects_by_asin(unit, entry.marketplace_id, [entry.asin])
    contest, wanted = subject.contest, entry.included_data
    if contest is None:
        raise _InvalidAsin(entry.asin)
    inputs = entry.lowest_priced_offers_inputs or [_NEW]
    return v2022.CompetitiveSummaryResponseBody(
        asin=entry.asin,
        marketplace_id=entry.marketplace_id,
        featured_buying_options=_featured(contest) if _DATA.FEATURED_BUYING_OPTIONS in wanted else None,
        lowest_priced_offers=_lowest(contest, inputs) if _DATA.LOWEST_PRICED_OFFERS in wanted else None,
        reference_prices=_references(contest) if _DATA.REFERENCE_PRICES in wanted else None,
        similar_items=_similar(unit, subject, contest) if _DATA.SIMILAR_ITEMS in wanted else None,
    )


def _featured(contest: Contest) -> list[v2022.FeaturedBuyingOption]:
    """The featured offer of new units.

    Differs: the market features one offer to members of Prime and to others, wherever they live; their shares of the
    glance views are constants.
    """
    winner = next((each.offer for each in contest.available(NEW) if contest.holds(each.offer)), None)
    if winner is None:
        return []
    segments = [
        v2022.FeaturedOfferSegment(
            customer_membership=membership,
            segment_details=v2022.SegmentDetails(glance_view_weight_percentage=share),
        )
        for membership, share in _SEGMENTS
    ]
    option = v2022.SegmentedFeaturedOffer(
        seller_id=winner.seller_id,
        condition=v2022.Condition(winner.condition),
        sub_condition=_sub_condition(winner),
        fulfillment_type=v2022.FulfillmentType(winner.channel),
        listing_price=shapes.of(winner, winner.price),
        shipping_options=_shipping(winner),
        points=shapes.points(winner),
        prime_details=_prime(winner),
        featured_offer_segments=segments,
    )
    return [
        v2022.FeaturedBuyingOption(buying_option_type=v2022.BuyingOptionType.NEW, segmented_featured_offers=[option])
    ]


def _lowest(contest: Contest, inputs: list[v2022.LowestPricedOffersInput]) -> list[v2022.LowestPricedOffer]:
    """The cheapest offers of each condition that was asked for.

    Assumed: a condition in which nobody offers anything is left out of the lowest-priced offers.
    """
    found = []
    for asked in inputs:
        offers = contest.available(asked.item_condition.value)[:_MOST]
        if offers:
            found.append(
                v2022.LowestPricedOffer(lowest_priced_offers_input=asked, offers=[_offer(each) for each in offers])
            )
    return found


def _offer(contender: Contender) -> v2022.Offer:
    offer = contender.offer
    return v2022.Offer(
        seller_id=offer.seller_id,
        condition=v2022.Condition(offer.condition),
        sub_condition=_sub_condition(offer),
        fulfillment_type=v2022.FulfillmentType(offer.channel),
        listing_price=shapes.of(offer, offer.price),
        shipping_options=_shipping(offer),
        points=shapes.points(offer),
        prime_details=_prime(offer),
    )


def _references(contest: Contest) -> list[v2022.ReferencePrice]:
    """What an item costs elsewhere, and what it cost before.

    Assumed: the WasPrice is the regular price of the featured offer while a sale lowers it.
    """
    place = MARKETPLACES[contest.marketplace_id]
    prices = []
    if contest.outside_price is not None:
        name = "CompetitivePriceThreshold" if place.country_code == _JAPAN else "CompetitivePrice"
        prices.append((name, contest.outside_price))
    winner = next((each.offer for each in contest.available(NEW) if contest.holds(each.offer)), None)
    if winner is not None and winner.regular_price > winner.price:
        prices.append(("WasPrice", winner.regular_price))
    return [v2022.ReferencePrice(name=name, price=shapes.money(Money(minor, place.currency))) for name, minor in prices]


def _similar(unit: UnitOfWork, subject: Subject, contest: Contest) -> list[v2022.SimilarItems]:
    """Items of the same type at the same place of the browse tree, best sold first."""
    item = subject.item
    if item is None:
        return []
    places = () if item.classification_id is None else (item.classification_id,)
    kind = item.product_type.replace("_", " ").lower()
    found = search(
        unit, Query(marketplace_id=contest.marketplace_id, keywords=(kind,), classification_ids=places)
    ).numbers[: _MOST + 1]
    known = asins_of(unit, found)
    asins = [known[number] for number in found if known.get(number, item.asin) != item.asin][:_MOST]
    return [v2022.SimilarItems(items=[v2022.Item(asin=asin) for asin in asins])] if asins else []


def _shipping(offer: Offer) -> list[v2022.ShippingOption]:
    kind = v2022.ShippingOptionType.DEFAULT
    return [v2022.ShippingOption(shipping_option_type=kind, price=shapes.of(offer, offer.shipping))]


def _prime(offer: Offer) -> v2022.PrimeDetails:
    return v2022.PrimeDetails(eligibility=v2022.Eligibility.NATIONAL if offer.is_prime else v2022.Eligibility.NONE)


def _sub_condition(offer: Offer) -> v2022.SubCondition:
    return v2022.SubCondition(offer.subcondition.replace(" ", ""))
