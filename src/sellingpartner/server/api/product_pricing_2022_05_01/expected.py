"""`getFeaturedOfferExpectedPriceBatch`: the highest price at which an offer would be featured, for up to forty SKUs."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import product_pricing_2022_05_01 as v2022
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.product_pricing_2022_05_01 import (
    GetFeaturedOfferExpectedPriceBatch,
    GetFeaturedOfferExpectedPriceBatchResponse,
)
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.model import ItemClassification
from sellingpartner.market.offers.featured import Verdict, expected_price
from sellingpartner.market.offers.model import NEW, Contender, Contest, Offer
from sellingpartner.server.api.batch_entries import headers_of
from sellingpartner.server.api.pricing_subjects import Subject, subjects_by_sku
from sellingpartner.server.api.product_pricing_2022_05_01 import shapes
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

MOST = 40
_NOT_FOUND = "OFFER_NOT_FOUND"
_ITEM_NOT_ELIGIBLE = "ASIN_NOT_ELIGIBLE"


class _UnknownSku(InvalidInput):
    code = "INVALID_SKU"

    def __init__(self) -> None:
        super().__init__("The requested SKU does not exist for the seller in the requested Amazon store.")


@handles(GetFeaturedOfferExpectedPriceBatch, reads=True)
def get_featured_offer_expected_price_batch(
    unit: UnitOfWork, request: GetFeaturedOfferExpectedPriceBatch
) -> GetFeaturedOfferExpectedPriceBatchResponse:
    """Answer each SKU by itself.

    Differs: the market features one offer to all, so the segment that an expected price is asked for changes nothing.
    """
    entries = request.requests or []
    if not 1 <= len(entries) <= MOST:
        raise InvalidInput(f"Body field requests holds {counted(len(entries), 'request')}; it must hold 1 to {MOST}.")
    return GetFeaturedOfferExpectedPriceBatchResponse(
        responses=[_response(unit, index, entry) for index, entry in enumerate(entries)]
    )


def _response(
    unit: UnitOfWork, index: int, entry: v2022.FeaturedOfferExpectedPriceRequest
) -> v2022.FeaturedOfferExpectedPriceResponse:
    try:
        body, status = _body(unit, entry), shapes.SUCCESS
    except SellingPartnerError as refusal:
        status, errors = shapes.refused(refusal)
        body = v2022.FeaturedOfferExpectedPriceResponseBody(errors=errors)
    headers = headers_of(unit, index)
    return v2022.FeaturedOfferExpectedPriceResponse(
        headers={"x-amzn-RequestId": headers["request_id"], "Date": headers["date_"]},
        status=status,
        request=v2022.FeaturedOfferExpectedPriceRequestParams(
            marketplace_id=entry.marketplace_id, sku=entry.sku, segment=entry.segment
        ),
        body=body,
    )


def _body(
    unit: UnitOfWork, entry: v2022.FeaturedOfferExpectedPriceRequest
) -> v2022.FeaturedOfferExpectedPriceResponseBody:
    participations_of(unit, unit.seller_id, including=[entry.marketplace_id])
    (subject,) = subjects_by_sku(unit, entry.marketplace_id, [entry.sku])
    if subject.contest is None:
        raise _UnknownSku
    own = next((each for each in subject.contest.contenders if _is(each, unit.seller_id, entry.sku)), None)
    kind = None if own is None else v2022.FulfillmentType(own.offer.channel)
    identifier = v2022.OfferIdentifier(
        marketplace_id=entry.marketplace_id,
        seller_id=unit.seller_id,
        sku=entry.sku,
        asin=subject.contest.asin,
        fulfillment_type=kind,
    )
    return v2022.FeaturedOfferExpectedPriceResponseBody(
        offer_identifier=identifier, featured_offer_expected_price_results=[_result(subject, subject.contest, own)]
    )


def _result(subject: Subject, contest: Contest, own: Contender | None) -> v2022.FeaturedOfferExpectedPriceResult:
    current = next(
        (each for each in contest.contenders if contest.holds(each.offer) and each.offer.condition == NEW), None
    )
    bare = v2022.FeaturedOfferExpectedPriceResult(result_status=_NOT_FOUND, current_featured_offer=_offer(current))
    if subject.item is not None and subject.item.item_classification is ItemClassification.VARIATION_PARENT:
        return msgspec.structs.replace(bare, result_status=_ITEM_NOT_ELIGIBLE)
    if own is None:
        return bare
    if own.offer.condition != NEW:
        return msgspec.structs.replace(bare, result_status=Verdict.NOT_ELIGIBLE.value)
    others = [each for each in contest.contenders if each is not own]
    found = expected_price(own, others, outside_price=contest.outside_price)
    price = None
    if found.price is not None:
        price = v2022.FeaturedOfferExpectedPrice(
            listing_price=shapes.of(own.offer, found.price), points=shapes.points(own.offer)
        )
    return msgspec.structs.replace(
        bare,
        result_status=found.verdict.value,
        featured_offer_expected_price=price,
        competing_featured_offer=_offer(found.competing),
    )


def _is(contender: Contender, seller_id: str, sku: str) -> bool:
    return (contender.offer.seller_id, contender.offer.sku) == (seller_id, sku)


def _offer(contender: Contender | None) -> v2022.FeaturedOffer | None:
    """An offer as anybody may see it: without its SKU."""
    if contender is None:
        return None
    offer: Offer = contender.offer
    return v2022.FeaturedOffer(
        offer_identifier=v2022.OfferIdentifier(
            marketplace_id=offer.marketplace_id,
            seller_id=offer.seller_id,
            asin=offer.asin,
            fulfillment_type=v2022.FulfillmentType(offer.channel),
        ),
        condition=v2022.Condition(offer.condition),
        price=v2022.Price(
            listing_price=shapes.of(offer, offer.price),
            shipping_price=shapes.of(offer, offer.shipping),
            points=shapes.points(offer),
        ),
    )
