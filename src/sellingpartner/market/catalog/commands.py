"""What happens to the catalog: items are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sellingpartner.market.catalog.asins import asin_of
from sellingpartner.market.catalog.model import Item, NewItem
from sellingpartner.market.catalog.questions import item_of
from sellingpartner.market.catalog.tables import items
from sellingpartner.storage.unit import MARKET, UnitOfWork


def add_item(unit: UnitOfWork, new: NewItem) -> Item:
    """Add one item to the catalog; it is given its ASIN."""
    return item_of(unit, add_items(unit, [new])[0])


def add_items(unit: UnitOfWork, new: Sequence[NewItem]) -> list[str]:
    """Add many items at once; their ASINs are returned in the same order."""
    if not new:
        return []
    # The catalog is one for all sellers, so its numbers are the market's, whoever's unit this is.
    market = UnitOfWork(unit.connection, now=unit.now, seed=unit.seed, seller_id=MARKET)
    first = market.next_number("catalog_items", len(new))
    asins = [asin_of(unit.seed, first + index) for index in range(len(new))]
    unit.execute(items.insert(), [_row(unit, asin, item) for asin, item in zip(asins, new, strict=True)])
    return asins


def _row(unit: UnitOfWork, asin: str, item: NewItem) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in NewItem.__struct_fields__}
    price = row.pop("list_price")
    return row | {
        "asin": asin,
        "list_price_minor": None if price is None else price.minor,
        "list_price_currency": None if price is None else price.currency,
        "added_at": unit.now,
    }
