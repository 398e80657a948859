"""The tables of external fulfillment: each row holds its thing as a document and, beside it, what it is found by."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from sellingpartner.market.external.model import ExternalShipment
from sellingpartner.market.external.returned import ExternalReturn
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

external_locations = Table(
    "external_locations",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("supply_source_id", String(36), primary_key=True),
    Column("ships", String(11), nullable=False),
    Column("opened_at", Instant, nullable=False),
)

external_shipments = Table(
    "external_shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(36), primary_key=True),
    Column("order_id", exact_text(19), nullable=False),
    Column("supply_source_id", String(36), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("status", String(21), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(ExternalShipment), nullable=False),
    Index("external_shipments_by_status", "seller_id", "status", "updated_at", "shipment_id"),
    Index("external_shipments_by_order", "seller_id", "order_id"),
)

external_returns = Table(
    "external_returns",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("external_return_id", exact_text(36), primary_key=True),
    Column("order_id", exact_text(19), nullable=False),
    Column("supply_source_id", String(36), nullable=False),
    Column("rma_id", exact_text(20), nullable=False),
    Column("tracking_id", exact_text(40), nullable=False),
    Column("status", String(41), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(ExternalReturn), nullable=False),
    Index("external_returns_by_creation", "seller_id", "created_at", "external_return_id"),
    Index("external_returns_by_order", "seller_id", "order_id"),
)

# The number of the latest update of a quantity, as the seller counts them.
external_sequences = Table(
    "external_sequences",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("location_id", String(36), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)
