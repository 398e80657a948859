"""The table of removal orders: a document each, found by its number or by when it was handed in."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from sellingpartner.market.removals.model import RemovalOrder
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

REMOVAL_ID_LENGTH = 40

removal_orders = Table(
    "removal_orders",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("removal_id", exact_text(REMOVAL_ID_LENGTH), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("document", Json(RemovalOrder), nullable=False),
    Index("removal_orders_by_request", "seller_id", "requested_at"),
)
