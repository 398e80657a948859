"""The table of promotions. The few that have not ended are found for each order, along the index."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from sellingpartner.market.promotions.model import PromotedItem
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

promotions = Table(
    "promotions",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("promotion_id", exact_text(20), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("percent", Integer),
    Column("amount", BigInteger),
    Column("budget", BigInteger),
    Column("spent", BigInteger, nullable=False),
    Column("items", Json(tuple[PromotedItem, ...]), nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", String(20)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("promotions_by_end", "seller_id", "marketplace_id", "ends_at"),
    Index("promotions_by_begin", "seller_id", "marketplace_id", "begins_at"),
)
