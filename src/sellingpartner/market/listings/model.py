"""What listings are made of."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import Place


class FulfillmentChannel(StrEnum):
    """Who ships what is ordered: the seller (MFN) or Amazon (AFN)."""

    MFN = "MFN"
    AFN = "AFN"

    @property
    def place(self) -> Place:
        """Where the units lie that are sold through it."""
        return Place.FBA if self is FulfillmentChannel.AFN else Place.SELLER


class ListingStatus(StrEnum):
    """Whether buyers can order under the SKU as long as there is stock, which is another matter."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


class Shown(StrEnum):
    """What of a listing buyers can do: find it, and buy it."""

    BUYABLE = "BUYABLE"
    DISCOVERABLE = "DISCOVERABLE"


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
        return self.fulfillment_channel.place


class Listing(NewListing, frozen=True, kw_only=True):
    """A seller's offer of an item under a SKU in one marketplace, at the price in force."""

    seller_id: str
    status: ListingStatus
    created_at: datetime
    updated_at: datetime


class Issue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that is wrong with a listing, in no language yet: what is said of it fills the sentence of its kind."""

    kind: str
    attribute_names: tuple[str, ...] = ()
    said: dict[str, str] = {}
    is_imposed: bool = False
    """Whether Amazon's people found it: it stays until the attributes that it names change, or it is lifted."""
    exempt_until: datetime | None = None
    """What follows from it follows only from then on."""
    restriction_id: int | None = None


DEACTIVATED = Issue(kind="account_deactivated")
"""What is wrong with each listing of an account that is deactivated."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept of a listing in one marketplace: what the seller put, and what was made of it."""

    seller_id: str
    sku: str
    marketplace_id: str
    asin: str | None
    product_type: str
    requirements: str
    issues: tuple[Issue, ...]
    is_closed: bool
    is_settled: bool
    """Whether what was put last has been processed."""
    submission_id: str
    fnsku: str | None
    parent_sku: str | None
    contains_sku: str | None
    price_minor: int | None
    price_currency: str | None
    condition: str
    condition_subtype: str
    fulfillment_channel: str
    handling_days: int
    max_order_quantity: int | None
    is_regulated: bool
    status: str
    is_buyable: bool
    is_discoverable: bool
    has_errors: bool
    has_warnings: bool
    next_change_at: datetime | None
    created_at: datetime
    updated_at: datetime
    attributes: bytes
    """As they were put, by `market.attributes.encode`."""

    @property
    def shown(self) -> tuple[str, ...]:
        """What buyers can do with it, as Amazon lists it."""
        said = ((Shown.BUYABLE, self.is_buyable), (Shown.DISCOVERABLE, self.is_discoverable))
        return tuple(name.value for name, holds in said if holds)

    @property
    def price(self) -> Money | None:
        """The price in force."""
        if self.price_minor is None or self.price_currency is None:
            return None
        return Money(self.price_minor, self.price_currency)

    @property
    def place(self) -> Place:
        """Where the units lie that it sells."""
        return FulfillmentChannel(self.fulfillment_channel).place


class RecordAsKept(NamedTuple):
    """The columns of a record as they are kept, unread: issues as JSON, moments as numbers."""

    seller_id: str
    sku: str
    marketplace_id: str
    asin: str | None
    product_type: str
    requirements: str
    issues: bytes
    is_closed: int
    is_settled: int
    submission_id: str
    fnsku: str | None
    parent_sku: str | None
    contains_sku: str | None
    price_minor: int | None
    price_currency: str | None
    condition: str
    condition_subtype: str
    fulfillment_channel: str
    handling_days: int
    max_order_quantity: int | None
    is_regulated: int
    status: str
    is_buyable: int
    is_discoverable: int
    has_errors: int
    has_warnings: int
    next_change_at: int | None
    created_at: int
    updated_at: int
    attributes: bytes
