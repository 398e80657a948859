"""Attributes of an offer that is stated in typed values, as simulation and tests do, in the form that sellers put."""

from __future__ import annotations

from functools import cache

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.attributes import Attributes, Entry, JsonValue
from sellingpartner.market.listings.conditions import type_of
from sellingpartner.market.listings.locating import DEFAULT_CHANNEL
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.product_types.questions import channels_of


def attributes_for(new: NewListing) -> Attributes:
    """The attributes that say what an offer says."""
    here = new.marketplace_id
    said: Attributes = {
        "merchant_suggested_asin": [{"value": new.asin, "marketplace_id": here}],
        "condition_type": [{"value": type_of(new.condition, new.condition_subtype), "marketplace_id": here}],
        "purchasable_offer": [priced({"currency": new.price.currency, "marketplace_id": here}, new.price)],
        "fulfillment_availability": [_availability(new)],
    }
    if new.max_order_quantity is not None:
        said["max_order_quantity"] = [{"value": new.max_order_quantity, "marketplace_id": here}]
    return said


def priced(offer: Entry, price: Money) -> Entry:
    """An offer with another price."""
    value: JsonValue = price.decimal if exponent_of(price.currency) else price.minor
    return {**offer, "our_price": [{"schedule": [{"value_with_tax": value}]}]}


@cache
def amazon_channel(marketplace_id: str) -> str:
    """The code under which Amazon fulfills in a marketplace."""
    return channels_of(MARKETPLACES[marketplace_id])[1]


def _availability(new: NewListing) -> Entry:
    """What ships the units. Nothing is said of how many there are: that is for whoever brings them into stock."""
    is_amazons = new.fulfillment_channel is FulfillmentChannel.AFN
    return {
        "fulfillment_channel_code": amazon_channel(new.marketplace_id) if is_amazons else DEFAULT_CHANNEL,
        "lead_time_to_ship_max_days": new.handling_days,
    }
