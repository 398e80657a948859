"""The tables of collection forms: the forms, and which shipment is on one."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from sellingpartner.market.shipping.collecting.model import CollectionForm
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

collection_forms = Table(
    "collection_forms",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("form_id", exact_text(36), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("carrier_id", exact_text(40), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retry_key", exact_text(64)),
    Column("document", Json(CollectionForm), nullable=False),
    Index("collection_forms_by_date", "seller_id", "created_at", "form_id"),
    Index("collection_forms_by_retry_key", "seller_id", "retry_key", unique=True),
)

collected_shipments = Table(
    "collected_shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(36), primary_key=True),
    Column("form_id", exact_text(36), nullable=False),
)
