"""The table of services that are offered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from sellingpartner.market.services.model import Offering
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Json, exact_text, metadata

service_offerings = Table(
    "service_offerings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("asin", exact_text(10), nullable=False),
    Column("document", Json(Offering), nullable=False),
    Index("service_offerings_by_asin", "seller_id", "marketplace_id", "asin"),
)
