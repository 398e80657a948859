"""The table of traffic: whose offer of an item was featured when.

Visits themselves are not kept: they follow from the seed, the day and the orders (`visits.py`).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table

from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, exact_text, metadata

featured_changes = Table(
    "featured_changes",
    metadata,
    Column("seller_id", String(20), primary_key=True),  # in whose unit it changed
    Column("change_id", BigInteger, primary_key=True, autoincrement=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("holder_before", exact_text(20)),
    Column("sku_before", exact_text(SKU_LENGTH)),
    Column("holder", exact_text(20)),
    Column("sku", exact_text(SKU_LENGTH)),
    Index("featured_changes_by_time", "marketplace_id", "changed_at"),
)
