"""What listings are made of."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import Place


class FulfillmentChannel(StrEnum):
    """Who ships what is ordered: the seller (MFN) or Amazon (AFN)."""

    MFN = "MFN"
    AFN = "AFN"


class ListingStatus(StrEnum):
    """Whether buyers can order under the SKU, as far as the seller decides: stock is another matter."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


class NewListing(msgspec.Struct, frozen=True, kw_only=True):
    """An offer as the seller states it. Conditions are in the words of Orders v0, such as Used and Very Good."""

    sku: str
    marketplace_id: str
    asin: str
    price: Money
    condition: str = "New"
    condition_subtype: str = "New"
    fulfillment_channel: FulfillmentChannel = FulfillmentChannel.MFN
    # Assumed: a seller who says no handling time has two days; Amazon's default has been "one to two business days".
    handling_days: int = 2
    max_order_quantity: int | None = None
    is_regulated: bool = False

    @property
    def place(self) -> Place:
        """Where the units lie that this offer sells."""
        return Place.FBA if self.fulfillment_channel is FulfillmentChannel.AFN else Place.SELLER


class Listing(NewListing, frozen=True, kw_only=True):
    """A seller's offer of an item under a SKU in one marketplace."""

    seller_id: str
    status: ListingStatus
    created_at: datetime
    updated_at: datetime
