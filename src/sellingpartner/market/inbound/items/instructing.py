"""How SKUs and ASINs are prepared, of those that there are."""

from __future__ import annotations

from collections.abc import Collection

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.inbound.items.prep import Prep, category_of, prep_for, preps_of
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.storage.unit import UnitOfWork


def preps_of_skus(unit: UnitOfWork, skus: Collection[str], marketplace_id: str) -> dict[str, tuple[str, Prep]]:
    """The ASIN of each SKU that the seller lists, and how it is prepared."""
    asins = asins_of_skus(unit, skus, marketplace_id)
    items = items_of(unit, {*asins.values()})
    known = {sku: items[asin] for sku, asin in asins.items() if asin in items}
    preps = preps_of(unit, known, marketplace_id)
    return {sku: (asins[sku], preps[sku]) for sku in known}


def preps_by_asin(unit: UnitOfWork, asins: Collection[str], marketplace_id: str) -> dict[str, Prep]:
    """How each item is prepared that the marketplace has."""
    country = MARKETPLACES[marketplace_id].country_code
    return {
        asin: prep_for(category_of(item, marketplace_id), (), country)
        for asin, item in items_of(unit, asins).items()
        if item.is_in(marketplace_id)
    }
