"""The tables of reviews: what was said of items, and why items were sent back."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from sellingpartner.market.reviews.model import Mention
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

item_reviews = Table(
    "item_reviews",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("order_item_id", String(14), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("classification_id", String(20), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("mentions", Json(tuple[Mention, ...]), nullable=False),
    Column("written_at", Instant, nullable=False),
    Index("item_reviews_by_item", "marketplace_id", "asin", "written_at"),
    Index("item_reviews_by_place", "marketplace_id", "classification_id", "written_at"),
)

returned_items = Table(
    "returned_items",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("return_id", exact_text(20), primary_key=True),
    Column("order_item_id", String(14), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("classification_id", String(20), nullable=False),
    Column("reason", String(100), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Index("returned_items_by_place", "marketplace_id", "classification_id", "asked_at"),
)
