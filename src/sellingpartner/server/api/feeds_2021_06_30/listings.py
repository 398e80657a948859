"""What the result of a feed of listings shows of them: each as getListingsItem does."""

from __future__ import annotations

from typing import Any

import msgspec

from sellingpartner.market.feeds.families.listings import shows_listings
from sellingpartner.market.feeds.kinds import FeedFile
from sellingpartner.market.listings.store import record_as_kept
from sellingpartner.server.api.listings_items_2021_08_01.reading import item_of
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.storage.unit import UnitOfWork


@shows_listings
def show(
    unit: UnitOfWork, file: FeedFile, sku: str, included: frozenset[str], locale: str | None
) -> dict[str, Any] | None:
    """A SKU in the marketplaces of a feed."""
    found = [record_as_kept(unit, sku, marketplace_id) for marketplace_id in file.marketplace_ids]
    records = [record for record in found if record is not None]
    if not records:
        return None
    shown: dict[str, Any] = msgspec.json.decode(to_json(item_of(unit, sku, records, included, locale, file.origin)))
    return shown
