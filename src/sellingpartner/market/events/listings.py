"""What happens to a seller's listings."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.storage.events import Event


class ListingChange(StrEnum):
    """What changed about a listing."""

    LISTED = "LISTED"
    PRICED = "PRICED"
    CLOSED = "CLOSED"


class ListingChanged(Event):
    """A SKU was listed (or listed anew), priced, or taken off sale in a marketplace."""

    sku: str
    marketplace_id: str
    asin: str
    change: ListingChange
