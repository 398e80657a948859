"""What happens to a seller's listings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sellingpartner.storage.events import Event


class ListingChange(StrEnum):
    """What changed about a listing."""

    LISTED = "LISTED"
    """It was put, or put anew: anything about it may be another."""
    PRICED = "PRICED"
    CLOSED = "CLOSED"
    """Nobody can order it, whatever stock there is: closed, at fault, its offer ended."""
    DELETED = "DELETED"


class ListingChanged(Event):
    """A SKU was listed (or listed anew), priced, taken off sale or deleted in a marketplace."""

    sku: str
    marketplace_id: str
    asin: str | None
    """None as long as the catalog does not have the product."""
    change: ListingChange


class PriceChanged(Event):
    """A unit costs something else than before: the seller said so, or a sale began or ended."""

    sku: str
    marketplace_id: str
    asin: str | None
    currency: str
    before_minor: int | None
    """None if there was no price."""
    after_minor: int | None


class ListingStatusChanged(Event):
    """Buyers can find or buy something that they could not, or the other way round."""

    sku: str
    marketplace_id: str
    asin: str | None
    created_at: datetime
    status: tuple[str, ...]
    """What holds of BUYABLE and DISCOVERABLE; or DELETED."""


class ListingIssuesChanged(Event):
    """Other things are wrong with a listing than before."""

    sku: str
    marketplace_id: str
    asin: str | None
    severities: tuple[str, ...]
    enforcement_actions: tuple[str, ...]


class MerchantQuantityChanged(Event):
    """The seller said how many units it has of what it ships itself."""

    sku: str
    fulfillment_channel_code: str
    quantity: int
