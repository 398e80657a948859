"""The tables of supply: the sources of each seller, what lies at each, and which orders went where."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table

from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.market.supply.model import SupplySource
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

supply_sources = Table(
    "supply_sources",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("supply_source_id", String(36), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("code", exact_text(64), nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(SupplySource), nullable=False),
    Index("supply_sources_by_code", "seller_id", "code", unique=True),
    Index("supply_sources_by_number", "seller_id", "number"),
)

source_stocks = Table(
    "source_stocks",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("supply_source_id", String(36), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
    Index("source_stocks_by_sku", "seller_id", "sku"),
)
# Which order's units lie reserved at which source: a row goes when the last of them has left or is free again.
source_draws = Table(
    "source_draws",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("supply_source_id", String(36), primary_key=True),
    Column("quantity", BigInteger, nullable=False),
)
source_orders = Table(
    "source_orders",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("supply_source_id", String(36), nullable=False),
    Column("assigned_at", Instant, nullable=False),
    Index("source_orders_by_source", "seller_id", "supply_source_id", "assigned_at"),
)
