"""The table of feedback: one row for an order that was rated."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from sellingpartner.storage.columns import Instant, exact_text, metadata

seller_feedback = Table(
    "seller_feedback",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("rating", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("is_business", Boolean, nullable=False),
    Column("left_at", Instant, nullable=False),
    Index("seller_feedback_by_date", "seller_id", "marketplace_id", "left_at"),
)
