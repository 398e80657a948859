"""The tables of integrations: templates that one application has, and what was shown to sellers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from sellingpartner.storage.columns import Instant, exact_text, metadata

TEMPLATE_ID_LENGTH = 60

app_templates = Table(
    "app_templates",
    metadata,
    Column("application_id", ForeignKey("applications.application_id"), primary_key=True),
    Column("template_id", exact_text(TEMPLATE_ID_LENGTH), primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("days", Integer, nullable=False),
)

app_notifications = Table(
    "app_notifications",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("notification_id", String(36), primary_key=True),
    Column("application_id", Text, nullable=False),
    Column("template_id", exact_text(TEMPLATE_ID_LENGTH), nullable=False),
    Column("marketplace_id", String(20)),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("reason", Text),
    Index("app_notifications_by_time", "seller_id", "created_at"),
)
