"""What others may ask of supply."""

from __future__ import annotations

from sellingpartner.market.supply.stock import (
    Located,
    SourceStock,
    drawn_by_source,
    located,
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
    "page_of_sources",
    "source_by_code",
    "source_of",
    "stock_at",
    "stocks_at",
    "stocks_by_source",
]
