"""The tables of orders.

`orders` holds an order as a document and, beside it, what orders are searched by: `store.row_of` writes both from one
value, so they never disagree. `order_lines` says what orders hold, line by line, to be summed: it changes only when
units are canceled (`store.lower_lines`). Each page of a list is a walk along one of the indexes, so it costs the same
however many orders there are.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.returns import Refund, Return
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

orders = Table(
    "orders",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("marketplace_id", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("channel", String(3), nullable=False),
    Column("is_business", Boolean, nullable=False),
    Column("purchased_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("earliest_delivery_at", Instant, nullable=False),
    Column("latest_delivery_at", Instant, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("payment_method", String(10), nullable=False),
    Column("seller_order_id", Text),
    # A hash of the buyer's email address: a page token may carry it, and the address itself may not leave.
    Column("buyer_key", String(32), nullable=False),
    Column("is_store_pickup", Boolean, nullable=False),
    Column("store_chain_store_id", Text),
    Column("supply_source_id", Text),
    Column("easy_ship_status", String(20)),
    Column("invoice_status", String(20)),
    Column("document", Json(Order), nullable=False),
)
# What never changes of an order stands at the end of the indexes along which lists are narrowed down: so none of the
# orders that are passed over is read.
_narrowing = (orders.c.channel, orders.c.marketplace_id)
Index("orders_by_purchase", orders.c.seller_id, orders.c.purchased_at, orders.c.order_id, *_narrowing)
Index("orders_by_update", orders.c.seller_id, orders.c.updated_at, orders.c.order_id)
Index("orders_by_buyer", orders.c.seller_id, orders.c.buyer_key, orders.c.purchased_at)
# Few orders are open and few have a number of the seller's own: indexes of those alone stay small.
Index(
    "orders_open",
    orders.c.seller_id,
    orders.c.is_open,  # always true here; named so that SQLite sees that this index fits better than the one above
    orders.c.purchased_at,
    orders.c.order_id,
    *_narrowing,
    orders.c.status,  # each change of an order is written here, whatever changes
    # SQLite uses a partial index only where the query says the very same words.
    sqlite_where=text("is_open = 1"),
    postgresql_where=orders.c.is_open,
)
IS_APART = "status IN ('Canceled', 'InvoiceUnconfirmed', 'Unfulfillable')"
"""Of the orders that are not open nearly all are shipped: what the others are, in the words of their index."""
Index(
    "orders_apart",
    orders.c.seller_id,
    orders.c.status,
    orders.c.purchased_at,
    orders.c.order_id,
    *_narrowing,
    sqlite_where=text(IS_APART),
    postgresql_where=text(IS_APART),
)
Index(
    "orders_by_seller_order_id",
    orders.c.seller_id,
    orders.c.seller_order_id,
    sqlite_where=orders.c.seller_order_id.is_not(None),
    postgresql_where=orders.c.seller_order_id.is_not(None),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("order_item_id", String(14), primary_key=True),
    Column("purchased_at", Instant, nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Index("order_lines_by_purchase", "seller_id", "purchased_at"),
    # Metrics of one SKU or ASIN: its few lines among all.
    Index("order_lines_by_sku", "seller_id", "sku", "purchased_at"),
    Index("order_lines_by_asin", "seller_id", "asin", "purchased_at"),
)

# What order metrics add up: `metrics/half_hours.py` follows each order. Kept in the order of its key, along which
# it is walked.
half_hours = Table(
    "sales_half_hours",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("half_hour", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", String(3), primary_key=True),
    Column("is_business", Boolean, primary_key=True),
    Column("orders", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("sales_minor", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What promotions took off: written with the order, and never changed.
redeemed_lines = Table(
    "redeemed_lines",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("promotion_id", exact_text(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("order_item_id", String(14), primary_key=True),
    Column("asin", exact_text(10), nullable=False),
    Column("units", Integer, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
)

order_returns = Table(
    "order_returns",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("return_id", exact_text(20), primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("status", String(10), nullable=False),
    Column("document", Json(Return), nullable=False),
    Index("order_returns_by_date", "seller_id", "asked_at"),
)

order_refunds = Table(
    "order_refunds",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("refund_id", exact_text(20), primary_key=True),
    Column("refunded_at", Instant, nullable=False),
    Column("document", Json(Refund), nullable=False),
    Index("order_refunds_by_date", "seller_id", "refunded_at"),
)
