"""What others may ask of supply."""

from __future__ import annotations

from sellingpartner.market.supply.store import active_sources, page_of_sources, source_by_code, source_of

__all__ = ["active_sources", "page_of_sources", "source_by_code", "source_of"]
