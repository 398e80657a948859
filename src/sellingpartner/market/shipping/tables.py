"""The tables of shipping: each row holds its thing as a document and, beside it, what it is found by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from sellingpartner.market.shipping.model import Announced, Parcel, Settings, Shipment
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

shipments = Table(
    "shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(36), primary_key=True),
    Column("order_id", exact_text(19)),  # what was sold elsewhere has none
    Column("status", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("request_id", exact_text(36)),  # a request for rates is good for one purchase
    Column("retry_key", exact_text(64)),
    Column("document", Json(Shipment), nullable=False),
    Index("shipments_by_request", "seller_id", "request_id", unique=True),
    Index("shipments_by_retry_key", "seller_id", "retry_key", unique=True),
    Index("shipments_by_order", "seller_id", "order_id"),
    Index("shipments_by_creation", "seller_id", "created_at", "shipment_id"),
)

announced_shipments = Table(
    "announced_shipments",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(36), primary_key=True),
    Column("document", Json(Announced), nullable=False),
)

parcels = Table(
    "parcels",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("parcel_id", Text, primary_key=True),
    Column("order_id", exact_text(19)),
    Column("tracking_id", Text),
    Column("status", String(20), nullable=False),
    Column("document", Json(Parcel), nullable=False),
    Index("parcels_by_order", "seller_id", "order_id"),
    # By the number first: who follows a parcel without a seller knows nothing else of it.
    Index("parcels_by_number", "tracking_id", "seller_id"),
)

shipping_settings = Table(
    "shipping_settings",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("document", Json(Settings), nullable=False),
)
