"""The tables of A+ content: documents, the items that each is meant for, and what buyers see."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from sellingpartner.contract.aplus_content_2020_11_01 import ContentDocument
from sellingpartner.market.content.model import Problem
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

content_documents = Table(
    "content_documents",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("reference_key", exact_text(36), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(ContentDocument), nullable=False),
    Column("reasons", Json(tuple[Problem, ...]), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("content_documents_by_number", "seller_id", "marketplace_id", "number"),
)

content_asins = Table(
    "content_asins",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("reference_key", exact_text(36), primary_key=True),
    Column("asin", exact_text(10), primary_key=True),
)

published_contents = Table(
    "published_contents",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), primary_key=True),
    Column("locale", String(20), primary_key=True),
    Column("reference_key", exact_text(36), nullable=False),
    Column("document", Json(ContentDocument), nullable=False),
    Column("published_at", Instant, nullable=False),
    Index("published_contents_by_document", "seller_id", "reference_key"),
)
