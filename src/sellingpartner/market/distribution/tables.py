"""The tables of AWD: each order and shipment as a document and, beside it, what it is listed by; and what lies there.

The free units of all lots of a SKU and those that are held are the sellable units that `stocks` has at AWD.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from sellingpartner.market.distribution.model import InboundOrder, InboundShipment, OutboundOrder
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

inbound_orders = Table(
    "awd_inbound_orders",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(40), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(InboundOrder), nullable=False),
    Index("awd_inbound_orders_by_update", "seller_id", "updated_at", "order_id"),
)

inbound_shipments = Table(
    "awd_inbound_shipments",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("shipment_id", exact_text(40), primary_key=True),
    Column("status", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(InboundShipment), nullable=False),
    ForeignKeyConstraint(
        ["seller_id", "shipment_id"],
        [inbound_orders.c.seller_id, inbound_orders.c.order_id],
        name="awd_inbound_shipments_of_order",
    ),
    Index("awd_inbound_shipments_by_update", "seller_id", "updated_at", "shipment_id"),
    Index("awd_inbound_shipments_by_creation", "seller_id", "created_at", "shipment_id"),
)

outbound_orders = Table(
    "awd_outbound_orders",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(40), primary_key=True),
    Column("kind", String(13), nullable=False),
    Column("status", String(20), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(OutboundOrder), nullable=False),
    Index("awd_outbound_orders_by_update", "seller_id", "kind", "updated_at", "order_id"),
)

lots = Table(
    "awd_lots",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("lot", BigInteger, primary_key=True, autoincrement=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("center", String(8), nullable=False),
    Column("expires_at", Instant),
    Column("units", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("units_of_case", Integer, nullable=False),
    Column("unit_volume", BigInteger, nullable=False),
    CheckConstraint("held >= 0", name="held"),
    CheckConstraint("held <= units", name="held_within_units"),
    Index("awd_lots_by_sku", "seller_id", "sku", "lot"),
)

# What has left AWD and is not received at FBA yet, by SKU.
transit = Table(
    "awd_transit",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("shipment_id", exact_text(40), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("units", BigInteger, nullable=False),
    Index("awd_transit_by_sku", "seller_id", "sku"),
)

policies = Table(
    "awd_policies",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("is_automatic", Boolean, nullable=False),
    Column("least", Integer),
    Column("most", Integer),
)
