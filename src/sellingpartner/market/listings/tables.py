"""The tables of listings: what a seller put under a SKU in a marketplace, and what may be listed by whom."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from sellingpartner.market.listings.model import Issue, Record
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata
from sellingpartner.storage.events import events

listings = Table(
    "listings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10)),  # none until the catalog has the product
    Column("product_type", Text, nullable=False),
    Column("requirements", String(30), nullable=False),
    Column("issues", Json(tuple[Issue, ...]), nullable=False),
    Column("is_closed", Boolean, nullable=False),  # by the seller
    Column("is_settled", Boolean, nullable=False),
    Column("submission_id", String(32), nullable=False),
    Column("fnsku", exact_text(10)),
    Column("parent_sku", exact_text(SKU_LENGTH)),
    Column("contains_sku", exact_text(SKU_LENGTH)),
    # From here on: made of the attributes and the issues, anew at each change and when the clock comes to one.
    Column("price_minor", BigInteger),
    Column("price_currency", String(3)),
    Column("condition", String(20), nullable=False),
    Column("condition_subtype", String(30), nullable=False),
    Column("fulfillment_channel", String(3), nullable=False),
    Column("handling_days", Integer, nullable=False),
    Column("max_order_quantity", Integer),
    Column("is_regulated", Boolean, nullable=False),
    Column("status", String(10), nullable=False),
    Column("is_buyable", Boolean, nullable=False),
    Column("is_discoverable", Boolean, nullable=False),
    Column("has_errors", Boolean, nullable=False),
    Column("has_warnings", Boolean, nullable=False),
    Column("next_change_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("attributes", LargeBinary, nullable=False),  # one document (market.attributes), long, so last
    CheckConstraint("price_minor > 0", name="price"),
    Index("listings_by_marketplace", "seller_id", "marketplace_id", "sku"),
    Index("listings_by_update", "seller_id", "marketplace_id", "updated_at", "sku"),
    Index("listings_by_item", "asin", "marketplace_id", "seller_id"),
    Index("listings_by_parent", "seller_id", "parent_sku"),
    Index("listings_by_contained", "seller_id", "contains_sku"),
    Index("listings_by_label", "seller_id", "fnsku"),
)

# What was listed and is deleted, as it was last; a SKU that is listed anew is not in it any more.
canceled_listings = Table(
    "canceled_listings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("canceled_at", Instant, nullable=False),
    Column("record", Json(Record), nullable=False),
)

# What sellers may list only with approval, or not at all; an empty seller or marketplace stands for all of them.
restrictions = Table(
    "listing_restrictions",
    metadata,
    Column("restriction_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seller_id", String(20), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),  # a brand, a product type, a classification, an ASIN; empty for all
    Column("conditions", Json(tuple[str, ...]), nullable=False),  # none are all
    Column("reason", String(20), nullable=False),
    Column("is_approved_at_once", Boolean, nullable=False),
    Column("added_at", Instant, nullable=False),
)

approvals = Table(
    "listing_approvals",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("restriction_id", BigInteger, primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    Column("approved_at", Instant),
)

# Of all facts those alone that are asked for by their kind (`prices.py`): an index of every kind has a leaf for each,
# which every order would change.
Index(
    "events_of_prices",
    events.c.seller_id,
    events.c.event_id,
    sqlite_where=text("kind = 'PriceChanged'"),
    postgresql_where=text("kind = 'PriceChanged'"),
)
