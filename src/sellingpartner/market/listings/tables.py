"""The tables of listings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table

from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, exact_text, metadata

listings = Table(
    "listings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("price_currency", String(3), nullable=False),
    Column("condition", String(20), nullable=False),
    Column("condition_subtype", String(30), nullable=False),
    Column("fulfillment_channel", String(3), nullable=False),
    Column("status", String(10), nullable=False),
    Column("handling_days", Integer, nullable=False),
    Column("max_order_quantity", Integer),
    Column("is_regulated", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("price_minor > 0", name="price"),
    Index("listings_by_marketplace", "seller_id", "marketplace_id", "sku"),
)
