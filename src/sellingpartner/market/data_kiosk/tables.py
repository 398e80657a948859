"""The table of queries that were asked of the Data Kiosk."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, text

from sellingpartner.storage.columns import Instant, exact_text, metadata

kiosk_queries = Table(
    "kiosk_queries",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("query_id", exact_text(20), primary_key=True),
    Column("query", Text, nullable=False),
    Column("first_row", BigInteger, nullable=False),
    Column("status", String(11), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("days_kept", Integer, nullable=False),
    Column("document_id", String(90)),
    Column("next_token", Text),
    Column("application_id", Text, nullable=False),
    Column("rows", BigInteger),
    Index("kiosk_queries_by_creation", "seller_id", "created_at", "query_id"),
    # The few of which something is still to become.
    Index(
        "kiosk_queries_unfinished",
        "seller_id",
        "created_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
