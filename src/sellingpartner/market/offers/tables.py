"""The tables of offers. Offers are read by item, and written by who makes them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from sellingpartner.market.offers.model import QuantityDiscount
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

merchants = Table(
    "merchants",
    metadata,
    Column("seller_id", exact_text(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("feedback_count", Integer, nullable=False),
    Column("positive_rating", Integer, nullable=False),
    Column("country", String(2), nullable=False),
    Column("state", Text),
    Column("strategy", String(10)),  # of simulated competitors only
    CheckConstraint("positive_rating BETWEEN 0 AND 100", name="positive_rating"),
)

offers = Table(
    "offers",
    metadata,
    Column("seller_id", exact_text(20), ForeignKey(merchants.c.seller_id), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), nullable=False),
    Column("condition", String(20), nullable=False),
    Column("subcondition", String(30), nullable=False),
    Column("channel", String(3), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("regular_price", BigInteger, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("minimum_hours", Integer, nullable=False),
    Column("maximum_hours", Integer, nullable=False),
    Column("is_prime", Boolean, nullable=False),
    Column("is_available", Boolean, nullable=False),
    Column("business_price", BigInteger),
    Column("quantity_discounts", Json(tuple[QuantityDiscount, ...]), nullable=False),
    CheckConstraint("price > 0 AND shipping >= 0 AND points >= 0 AND points < price", name="amounts"),
    Index("offers_by_item", "marketplace_id", "asin"),
)

featured_offers = Table(
    "featured_offers",
    metadata,
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), primary_key=True),
    Column("condition", String(20), primary_key=True),
    Column("seller_id", exact_text(20)),  # nobody's, where no offer may be featured
    Column("sku", exact_text(SKU_LENGTH)),
    Column("since", Instant, nullable=False),
)

outside_prices = Table(
    "outside_prices",
    metadata,
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), primary_key=True),
    Column("price", BigInteger, nullable=False),
    CheckConstraint("price > 0", name="price"),
)
