"""The table of messages."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from sellingpartner.market.messaging.model import Draft
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

messages = Table(
    "messages",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", exact_text(19), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("sender", String(10), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("said", Json(Draft), nullable=False),
    Index("messages_by_order", "seller_id", "order_id", "message_id"),
)
