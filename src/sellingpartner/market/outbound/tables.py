"""The tables of fulfillment orders.

`fulfillment_orders` holds one as a document and, beside it, what lists go by. `fulfillment_packages` says which order a
package is of: callers ask for packages by their numbers alone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

ID_LENGTH = 40

fulfillment_orders = Table(
    "fulfillment_orders",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("fulfillment_order_id", exact_text(ID_LENGTH), primary_key=True),
    Column("order_id", exact_text(19)),
    Column("status", String(20), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("document", Json(FulfillmentOrder), nullable=False),
    Index("fulfillment_orders_by_update", "seller_id", "updated_at", "fulfillment_order_id"),
    Index("fulfillment_orders_by_order", "seller_id", "order_id"),
)

fulfillment_packages = Table(
    "fulfillment_packages",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("package_number", BigInteger, primary_key=True, autoincrement=False),
    Column("fulfillment_order_id", exact_text(ID_LENGTH), nullable=False),
    Index("fulfillment_packages_by_number", "package_number"),
)
