"""The tables of files.

`uploads`: what a file is for, and its bytes once they have come. The bytes lie in the row, as they are few and small.
`documents`: reports, feeds, results. Their bytes lie in the document store; a row says where, and how they are told.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from sellingpartner.storage.columns import Instant, exact_text, metadata

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

documents = Table(
    "documents",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("document_id", exact_text(90), primary_key=True),
    Column("purpose", String(12), nullable=False),
    Column("content_type", Text, nullable=False),
    Column("compression", String(4)),
    Column("is_restricted", Boolean, nullable=False),
    Column("status", String(7), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("store_key", Text),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("documents_by_age", "seller_id", "created_at"),
    Index("documents_by_end", "seller_id", "expires_at"),
)
