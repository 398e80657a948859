"""What others may ask of supply."""

from __future__ import annotations

from sellingpartner.market.supply.locating import Located, located, located_of
from sellingpartner.market.supply.stock import (
    SourceStock,
    drawn_by_source,
    stock_at,
    stocks_at,
    stocks_by_source,
)
from sellingpartner.market.supply.store import (
    active_sources,
    all_sources,
    known_source,
    page_of_sources,
    source_by_code,
    source_of,
)

__all__ = [
    "Located",
    "SourceStock",
    "active_sources",
    "all_sources",
    "drawn_by_source",
    "known_source",
    "located",
    "located_of",
    "page_of_sources",
    "source_by_code",
    "source_of",
    "stock_at",
    "stocks_at",
    "stocks_by_source",
]
