"""Who buys what again, and what is bought together: sums over orders of a stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, func, select

from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.storage.unit import UnitOfWork


class Customer(NamedTuple):
    """How often one buyer ordered an item, and for how much."""

    asin: str
    buyer_key: str
    orders: int
    sales_minor: int


class Pair(NamedTuple):
    """How many orders hold two items."""

    asin: str
    other: str
    orders: int


def customers_between(unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime) -> Iterator[Customer]:
    """The buyers of each item, item by item."""
    at = order_lines.c
    wanted = (
        select(at.asin, orders.c.buyer_key, func.count(at.order_id.distinct()), func.sum(at.price_minor))
        .join(orders, (orders.c.seller_id == at.seller_id) & (orders.c.order_id == at.order_id))
        .where(_within(order_lines, unit, marketplace_id, since, until))
        .group_by(at.asin, orders.c.buyer_key)
        .order_by(at.asin, orders.c.buyer_key)
    )
    rows: Any = unit.execute(wanted)
    for asin, buyer_key, count, sales in rows:
        yield Customer(asin, buyer_key, int(count), int(sales))


def orders_by_item(unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many orders hold each item."""
    at = order_lines.c
    within = _within(order_lines, unit, marketplace_id, since, until)
    wanted = select(at.asin, func.count(at.order_id.distinct())).where(within).group_by(at.asin)
    rows: Any = unit.execute(wanted)
    return {asin: int(count) for asin, count in rows}


def pairs_between(unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime) -> Iterator[Pair]:
    """Which items were ordered together, each pair both ways; of each item the most frequent one first."""
    one, other = order_lines.alias("one"), order_lines.alias("other")
    count = func.count(one.c.order_id.distinct())
    wanted = (
        select(one.c.asin, other.c.asin, count)
        .join(
            other,
            and_(
                other.c.seller_id == one.c.seller_id,
                other.c.order_id == one.c.order_id,
                other.c.asin != one.c.asin,
                other.c.quantity > 0,
            ),
        )
        .where(_within(one, unit, marketplace_id, since, until))
        .group_by(one.c.asin, other.c.asin)
        .order_by(one.c.asin, count.desc(), other.c.asin)
    )
    rows: Any = unit.execute(wanted)
    for asin, bought_with, orders_of_both in rows:
        yield Pair(asin, bought_with, int(orders_of_both))


def _within(
    lines: FromClause, unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime
) -> ColumnElement[bool]:
    at = lines.c
    return and_(
        at.seller_id == unit.seller_id,
        at.purchased_at >= since,
        at.purchased_at < until,
        at.marketplace_id == marketplace_id,
        at.quantity > 0,
    )
