"""The tables of notifications. They belong to applications, which belong to no seller."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from sellingpartner.storage.columns import Instant, metadata

queues = Table(
    "application_queues",
    metadata,
    Column("application_id", ForeignKey("applications.application_id"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("subscription_id", String(36), nullable=False),
    Column("registered_at", Instant, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", BigInteger, primary_key=True, autoincrement=False),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("notification_type", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),  # none once it was sent
    Column("sent_at", Instant),
    Column("failure", Text, nullable=False),
    Index("deliveries_by_next", "next_at"),
    Index("deliveries_by_application", "application_id", "delivery_id"),
)
