"""The table of uploads: what a file is for, and its bytes once they have come.

The bytes lie in the row, so that a market stays one file; decision 0023 says what bounds them.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from sellingpartner.storage.columns import Instant, metadata

uploads = Table(
    "uploads",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("upload_destination_id", String(36), primary_key=True),
    Column("resource", Text, nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("content_md5", String(24), nullable=False),
    Column("content_type", Text),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("is_attached", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary),
    Index("uploads_by_size", "seller_id", "size"),
)
