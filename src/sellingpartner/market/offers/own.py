"""The offers of this market's sellers: what their listings and their stock make of them."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Seller
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.terms import Terms
from sellingpartner.market.offers.model import Merchant, Offer, QuantityDiscount

CHANNELS = {Place.SELLER.value: FulfillmentChannel.MFN.value, Place.FBA.value: FulfillmentChannel.AFN.value}
"""Which offers sell from where."""

# Assumed: each of this market's sellers begins with as much feedback as a good shop has of some years.
_FEEDBACK_COUNT = 240
_POSITIVE_COUNT = 235
_POSITIVE_RATING = 98
_HUNDRED = 100


def merchant_from(seller: Seller) -> Merchant:
    """A seller as buyers see it."""
    of_whom = seller.profile.business or seller.profile.contact
    address = None if of_whom is None else of_whom.address
    return Merchant(
        seller_id=seller.seller_id,
        name=seller.name,
        feedback_count=_FEEDBACK_COUNT,
        positive_rating=_POSITIVE_RATING,
        country=_first_country(seller.region) if address is None else address.country_code,
        state=None if address is None else address.state,
    )


def rated(merchant: Merchant, *, received: int, positive: int) -> Merchant:
    """A seller whom so many buyers have rated in this market, so many of them well.

    Assumed: what it began with counts on; Amazon's rating is that of the last twelve months.
    """
    count = _FEEDBACK_COUNT + received
    rating = (2 * _HUNDRED * (_POSITIVE_COUNT + positive) + count) // (2 * count)
    return msgspec.structs.replace(merchant, feedback_count=count, positive_rating=rating)


def offer_from(record: Record, terms: Terms) -> Offer | None:
    """What buyers find of an active listing; None where it has no item or no price.

    Assumed: a seller's own shipping is free; the market has no shipping templates. What Amazon fulfills is Prime.
    """
    if record.asin is None or terms.price is None:
        return None
    by_amazon = record.fulfillment_channel == FulfillmentChannel.AFN.value
    return Offer(
        seller_id=record.seller_id,
        sku=record.sku,
        marketplace_id=record.marketplace_id,
        asin=record.asin,
        condition=record.condition,
        subcondition=record.condition_subtype,
        channel=record.fulfillment_channel,
        currency=terms.price.currency,
        price=terms.price.minor,
        regular_price=(terms.regular_price or terms.price).minor,
        minimum_hours=0 if by_amazon else 24 * max(record.handling_days - 1, 0),
        maximum_hours=0 if by_amazon else 24 * record.handling_days,
        is_prime=by_amazon,
        is_available=record.is_buyable,
        business_price=None if terms.business_price is None else terms.business_price.minor,
        quantity_discounts=tuple(
            QuantityDiscount(each.lower_bound, each.price.minor) for each in terms.quantity_discounts
        ),
    )


def _first_country(region: str) -> str:
    return next(place.country_code for place in MARKETPLACES.values() if place.region == region)
