"""What others may ask of outbound."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.questions import orders_by_id
from sellingpartner.market.outbound.addresses import goes_to, why_unknown
from sellingpartner.market.outbound.asking import marketplace_meant
from sellingpartner.market.outbound.features import feature_sku, feature_stock, features_in
from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.previewing import offers, previews
from sellingpartner.market.outbound.returning import return_reasons
from sellingpartner.market.outbound.store import (
    find_fulfillment,
    fulfillment_of_order,
    page_of_fulfillments,
    sellers_of_package,
)
from sellingpartner.market.outbound.tracking import parcels_by_reference, tracked
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "addresses_of",
    "feature_sku",
    "feature_stock",
    "features_in",
    "find_fulfillment",
    "fulfillment_of_order",
    "goes_to",
    "marketplace_meant",
    "offers",
    "page_of_fulfillments",
    "parcels_by_reference",
    "previews",
    "return_reasons",
    "sellers_of_package",
    "tracked",
    "why_unknown",
]


def addresses_of(unit: UnitOfWork, orders: Iterable[FulfillmentOrder]) -> dict[str, Address]:
    """Where fulfillment orders go, by their numbers."""
    asked = list(orders)
    known = orders_by_id(unit, [one.order_id for one in asked if one.order_id is not None])
    found: dict[str, Address] = {}
    for one in asked:
        address = one.refused_address if one.order_id is None else known[one.order_id].address
        if address is not None:
            found[one.fulfillment_order_id] = address
    return found
