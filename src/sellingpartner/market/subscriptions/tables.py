"""The tables of subscriptions."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table

from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

program_offers = Table(
    "program_offers",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("percent", Integer, nullable=False),
    Column("is_suspended", Boolean, nullable=False),
)

buyer_subscriptions = Table(
    "buyer_subscriptions",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("subscription_id", exact_text(36), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("buyer_key", String(32), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("interval_days", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("has_coupon", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("canceled_at", Instant),
    Column("canceled_by", String(6), nullable=False),
    Column("buyer", Json(Buyer), nullable=False),
    Column("address", Json(Address), nullable=False),
    Index("buyer_subscriptions_by_sku", "seller_id", "marketplace_id", "sku"),
)

subscription_deliveries = Table(
    "subscription_deliveries",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("subscription_id", exact_text(36), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("order_id", exact_text(19)),
    Column("units", Integer, nullable=False),
    Column("whole_minor", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("shipped_at", Instant),
    Column("shipped_units", Integer, nullable=False),
    Column("shipped_minor", BigInteger, nullable=False),
    Index("subscription_deliveries_by_sku", "seller_id", "marketplace_id", "sku"),
    Index("subscription_deliveries_by_order", "seller_id", "order_id"),
)
