"""What others may ask of orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, text

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.metrics.sales import SalesFilter, SalesTotal, sales_between
from sellingpartner.market.orders.metrics.spending import sold_by_sku, spent_by_buyers
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.browsing import Browsed, BrowsedPage, newest_orders
from sellingpartner.market.orders.reading.filters import Key, OrderFilter, Sorted
from sellingpartner.market.orders.reading.lists import OrderPage, orders_by_id, orders_like, page_of_orders
from sellingpartner.market.orders.returning.lists import page_of_returns, refunds_of_orders
from sellingpartner.market.orders.returning.returning import refunds_of, returns_of
from sellingpartner.market.orders.returns import left_to_refund
from sellingpartner.market.orders.store import buyer_key, find_order, kept_order, key_of_buyer
from sellingpartner.market.orders.tables import orders
from sellingpartner.storage.kept import Kept, as_kept
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "Browsed",
    "BrowsedPage",
    "Key",
    "OrderFilter",
    "OrderPage",
    "SalesFilter",
    "SalesTotal",
    "Sorted",
    "awaits_shipment",
    "buyer_key",
    "counts_by_status",
    "items_of",
    "kept_order",
    "key_of_buyer",
    "left_to_refund",
    "newest_orders",
    "order_of",
    "orders_by_id",
    "orders_like",
    "page_of_orders",
    "page_of_returns",
    "refunds_of",
    "refunds_of_orders",
    "returns_of",
    "sales_between",
    "seller_order_ids",
    "sold_by_sku",
    "spent_by_buyers",
]

_counts = select(orders.c.status, func.count()).group_by(orders.c.status).order_by(orders.c.status)


class _Kept(NamedTuple):
    document: Kept[Order]


_MANY = 50
"""How many orders are looked at for one that is of goods: services are few among them."""


# The index of open orders serves it: SQLite takes that where the query says the index's own words.
_some_in = Question(
    lambda dialect: (
        select(as_kept(orders.c.document, Order).label("document"))
        .where(
            orders.c.seller_id == bindparam("seller_id"),
            text("is_open = 1") if dialect == "sqlite" else orders.c.is_open,
            orders.c.status == bindparam("status"),
            orders.c.channel == bindparam("channel"),
        )
        .limit(_MANY)
    ),
    _Kept,
)


class _Numbered(NamedTuple):
    order_id: str
    number: str


_number = func.coalesce(orders.c.seller_order_id, orders.c.order_id).label("number")
_numbers = Several(
    lambda keys: select(orders.c.order_id, _number).where(
        orders.c.seller_id == bindparam("seller_id"), orders.c.order_id.in_(keys)
    ),
    _Numbered,
)


def order_of(unit: UnitOfWork, order_id: str) -> Order:
    """One order; raises `NoSuchOrder`, a `NotFound`."""
    return find_order(unit, order_id)


def items_of(unit: UnitOfWork, order_id: str) -> list[OrderItem]:
    """The items of an order; raises `NoSuchOrder`, a `NotFound`."""
    return find_order(unit, order_id).items


def seller_order_ids(unit: UnitOfWork, order_ids: Iterable[str]) -> dict[str, str]:
    """What the seller calls orders; of one that has no name of the seller's, Amazon's."""
    found = _numbers.all(unit.connection, {"seller_id": unit.seller_id}, sorted(order_ids))
    return {one.order_id: one.number for one in found}


def awaits_shipment(unit: UnitOfWork, channel: FulfillmentChannel) -> bool:
    """Whether any order of goods of a channel is paid and not shipped."""
    values = {"seller_id": unit.seller_id, "status": OrderStatus.UNSHIPPED.value, "channel": channel.value}
    return any(not one.document.read().is_service for one in _some_in.all(unit.connection, values))


def counts_by_status(unit: UnitOfWork) -> dict[str, int]:
    """How many orders of all sellers are in which state."""
    rows: Sequence[Any] = unit.execute(_counts).all()
    return {status: count for status, count in rows}  # noqa: C416 - rows are not pairs to a type checker
