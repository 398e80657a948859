"""How much there is in a market that was built."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.listings.questions import count_of_skus
from sellingpartner.market.market import Market
from sellingpartner.market.orders.questions import counts_by_status


def counts_of(market: Market) -> dict[str, int]:
    """Its sellers, SKUs, orders and rules of faults, by what one of them is called."""
    with market.read() as unit:
        orders = sum(counts_by_status(unit).values())
        sellers, skus = len(all_sellers(unit)), count_of_skus(unit)
    return {"seller": sellers, "SKU": skus, "order": orders, "fault": len(market.faults.rules)}
