"""The tables of the catalog. Items belong to the marketplace, not to a seller: they are keyed by ASIN alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

items = Table(
    "catalog_items",
    metadata,
    Column("asin", exact_text(10), primary_key=True),
    Column("product_type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("bullet_points", Json(tuple[str, ...]), nullable=False),
    Column("description", Text),
    Column("color", Text),
    Column("size", Text),
    Column("material", Text),
    Column("browse_node_id", Text),
    Column("gtin", String(14)),
    Column("weight_grams", Integer),
    Column("length_mm", Integer),
    Column("width_mm", Integer),
    Column("height_mm", Integer),
    Column("list_price_minor", BigInteger),
    Column("list_price_currency", String(3)),
    Column("parent_asin", exact_text(10)),
    Column("variation_theme", Text),
    Column("image_url", Text),
    Column("sales_rank", Integer),
    Column("added_at", Instant, nullable=False),
)
