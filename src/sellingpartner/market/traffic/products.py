"""What a seller offers in a marketplace, and what it ever sold there: the products of which traffic is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sellingpartner.batched import batched
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.storage.unit import UnitOfWork

_BATCH = 500


class Product(NamedTuple):
    """One SKU, the item that it is, and the family that the item is of."""

    sku: str
    asin: str
    parent_asin: str
    listed_at: datetime | None
    """Since when it is offered; None for what is no longer."""


def products_of(
    unit: UnitOfWork, marketplace_id: str, sold: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Product]:
    """What the seller offers, and what else was sold, by SKU and ASIN, in this order."""
    offered = {(listing.sku, listing.asin): listing for listing in listings_of(unit, marketplace_id)}
    keys = sorted({*offered, *sold})
    parents = parents_of(unit, {asin for _, asin in keys})
    return {key: Product(*key, parents[key[1]], offered[key].created_at if key in offered else None) for key in keys}


def parents_of(unit: UnitOfWork, asins: Iterable[str]) -> dict[str, str]:
    """The family of each item; one that has none is its own."""
    wanted = sorted(asins)
    found = {asin: asin for asin in wanted}
    for some in batched(wanted, _BATCH):
        for asin, item in items_of(unit, some).items():
            found[asin] = item.parent_asin or asin
    return found
