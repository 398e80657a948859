"""What a call asks about: an item, a place of the browse tree, and the months that are looked at."""

from __future__ import annotations

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import Category, item_of
from sellingpartner.market.reviews.figures import Span
from sellingpartner.market.reviews.places import place_of
from sellingpartner.storage.unit import UnitOfWork

MOST_TOPICS = 10


def item_asked(unit: UnitOfWork, asin: str, marketplace_id: str) -> Item:
    """An item of a marketplace that the seller takes part in; raises `NotFound`."""
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    item = item_of(unit, asin)
    if not item.is_in(marketplace_id):
        message = f"Marketplace {marketplace_id} has no item {asin}."
        raise NotFound(message)
    return item


def place_asked(unit: UnitOfWork, browse_node_id: str, marketplace_id: str) -> Category:
    """A place of the browse tree, as it is called in a marketplace of the seller; raises `NotFound`."""
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    return place_of(browse_node_id, marketplace_id)


def country_of(marketplace_id: str) -> str:
    """The country of a marketplace."""
    return MARKETPLACES[marketplace_id].country_code


def date_range_of(span: Span) -> api.DateRange:
    """A span as it travels."""
    return api.DateRange(start_date=span[0], end_date=span[1])
