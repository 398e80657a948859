"""The tables of reports and of the schedules by which they are made again and again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, text

from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

reports = Table(
    "reports",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("report_id", exact_text(20), primary_key=True),
    Column("report_type", String(80), nullable=False),
    Column("marketplace_ids", Json(tuple[str, ...]), nullable=False),
    Column("options", Json(dict[str, str]), nullable=False),
    Column("data_start", Instant, nullable=False),
    Column("data_end", Instant, nullable=False),
    Column("report_schedule_id", String(20)),
    Column("status", String(11), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("document_id", String(90)),
    Column("made_by", String(6), nullable=False),
    Column("application_id", Text, nullable=False),
    Column("rows", BigInteger),
    Index("reports_by_creation", "seller_id", "created_at", "report_id"),
    Index("reports_by_type", "seller_id", "report_type", "created_at", "report_id"),
    # The few of which something is still to become.
    Index(
        "reports_unfinished",
        "seller_id",
        "report_type",
        "created_at",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

report_schedules = Table(
    "report_schedules",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("report_schedule_id", exact_text(20), primary_key=True),
    Column("report_type", String(80), nullable=False),
    Column("slot", String(80), nullable=False),
    Column("marketplace_ids", Json(tuple[str, ...]), nullable=False),
    Column("options", Json(dict[str, str]), nullable=False),
    Column("period", String(6), nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("last_end", Instant),
    Column("status", String(9), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("application_id", Text, nullable=False),
    Index(
        "report_schedules_active",
        "seller_id",
        "slot",
        sqlite_where=text("status = 'ACTIVE'"),
        postgresql_where=text("status = 'ACTIVE'"),
    ),
)
