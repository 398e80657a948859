"""What buyers ordered in a stretch of time: by buyer, and by SKU. Buyers are known by what stands for them alone.

An order counts when it was placed, with what of it was not canceled, as in order metrics.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.storage.unit import UnitOfWork


class Spent(NamedTuple):
    """What a buyer ordered."""

    buyer_key: str
    orders: int
    price_minor: int


class Sold(NamedTuple):
    """What was ordered of a SKU."""

    sku: str
    asin: str
    price_minor: int


def spent_by_buyers(unit: UnitOfWork, marketplace_id: str, begins: datetime, ends: datetime) -> Iterator[Spent]:
    """How many orders each buyer placed between two moments, and for how much."""
    lines, at = order_lines.c, orders.c
    wanted = (
        select(
            at.buyer_key,
            func.count(at.order_id.distinct()).label("orders"),
            func.sum(lines.price_minor).label("minor"),
        )
        .join(order_lines, (lines.seller_id == at.seller_id) & (lines.order_id == at.order_id))
        .where(
            at.seller_id == unit.seller_id,
            at.marketplace_id == marketplace_id,
            at.purchased_at >= begins,
            at.purchased_at < ends,
            lines.quantity > 0,
        )
        .group_by(at.buyer_key)
    )
    for row in unit.execute(wanted):
        yield Spent(row.buyer_key, row.orders, int(row.minor))


def sold_by_sku(unit: UnitOfWork, marketplace_id: str, begins: datetime, ends: datetime) -> Iterator[Sold]:
    """For how much each SKU was ordered between two moments."""
    at = order_lines.c
    wanted = (
        select(at.sku, at.asin, func.sum(at.price_minor).label("minor"))
        .where(
            at.seller_id == unit.seller_id,
            at.marketplace_id == marketplace_id,
            at.purchased_at >= begins,
            at.purchased_at < ends,
        )
        .group_by(at.sku, at.asin)
    )
    for row in unit.execute(wanted):
        yield Sold(row.sku, row.asin, int(row.minor))
