"""What the catalog does when something happens elsewhere: it counts what is sold, and knows what is for sale."""

from __future__ import annotations

from sellingpartner.market.catalog.ranks import count_featured, count_sale
from sellingpartner.market.events.offers import FeaturedOfferChanged
from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.storage.unit import UnitOfWork, on


@on(OrderPlaced)
def follow_sales(unit: UnitOfWork, fact: OrderPlaced) -> None:
    """Let ranks follow what buyers order."""
    sold: dict[str, int] = {}
    for line in fact.lines:
        sold[line.asin] = sold.get(line.asin, 0) + line.quantity
    for asin in sorted(sold):  # two orders that meet the same items in one order never wait in a circle
        count_sale(unit, asin, fact.marketplace_id, sold[asin], fact.purchased_at)


@on(FeaturedOfferChanged)
def follow_offers(unit: UnitOfWork, fact: FeaturedOfferChanged) -> None:
    """Know whether buyers can order an item: searches show first what they can."""
    more = (fact.seller_id is not None) - (fact.seller_id_before is not None)
    if more:
        count_featured(unit, fact.asin, fact.marketplace_id, more)
