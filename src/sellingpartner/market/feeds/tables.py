"""The tables of feeds and of what was found in their messages."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, text

from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("feed_id", exact_text(20), primary_key=True),
    Column("feed_type", String(80), nullable=False),
    Column("marketplace_ids", Json(tuple[str, ...]), nullable=False),
    Column("options", Json(dict[str, str]), nullable=False),
    Column("input_document_id", String(90), nullable=False),
    Column("status", String(11), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("document_id", String(90)),
    Column("application_id", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("messages", BigInteger),
    Column("position", BigInteger, nullable=False),
    Column("failed", BigInteger, nullable=False),
    Column("warned", BigInteger, nullable=False),
    Column("findings", BigInteger, nullable=False),
    Index("feeds_by_creation", "seller_id", "created_at", "feed_id"),
    Index("feeds_by_type", "seller_id", "feed_type", "created_at", "feed_id"),
    # The few of which something is still to become.
    Index(
        "feeds_unfinished",
        "seller_id",
        "feed_type",
        "created_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

# What was found in the messages of a feed that is being worked off; gone once the result document says it.
feed_findings = Table(
    "feed_findings",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("feed_id", exact_text(20), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, nullable=False),
    Column("severity", String(7), nullable=False),
    Column("code", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("about", Json(dict[str, str]), nullable=False),
)
