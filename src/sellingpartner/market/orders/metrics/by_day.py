"""What was ordered, shipped and refunded of each product on each day: what reports of sales and traffic are made of.

A day is a stretch between two bounds, mostly that of a marketplace's own clock. Lines are summed by the database; what
was shipped and refunded is read order by order, refund by refund, so that memory does not grow with either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, case, func, select, type_coerce

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.filters import OrderFilter, Sorted
from sellingpartner.market.orders.reading.lists import orders_like
from sellingpartner.market.orders.returns import Refund
from sellingpartner.market.orders.tables import order_lines, order_refunds, orders
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork


class DayOfLines(NamedTuple):
    """The lines of one product that were ordered on one day, by businesses or by others."""

    day: int
    sku: str
    asin: str
    is_business: bool
    placed: int
    """How many lines there were, canceled ones as well."""
    items: int
    """How many of them still hold anything."""
    units: int
    sales_minor: int


class Moved(NamedTuple):
    """Units of one product that left, or that were refunded."""

    sku: str
    asin: str
    units: int
    sales_minor: int


class DayOfOrder(NamedTuple):
    """What of one order left on one day, or was refunded."""

    day: int
    is_business: bool
    moved: tuple[Moved, ...]


def lines_by_day(unit: UnitOfWork, marketplace_id: str, bounds: Sequence[datetime]) -> Iterator[DayOfLines]:
    """What was ordered from each bound up to the next one, by product; days without an order are left out."""
    edges = [microseconds(bound) for bound in bounds]
    for first, last in _even_runs(edges):
        rows: Any = unit.execute(_lines(unit, marketplace_id, edges, first, last))
        for cell, sku, asin, is_business, placed, items, units, sales in rows:
            counts = (int(placed), int(items), int(units), int(sales))
            yield DayOfLines(first + int(cell), sku, asin, bool(is_business), *counts)


def _even_runs(edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of days of equal length, as their first and last edge: where clocks are set, a day is longer or shorter."""
    first = 0
    for last in range(1, len(edges)):
        is_end = last == len(edges) - 1
        if is_end or edges[last + 1] - edges[last] != edges[first + 1] - edges[first]:
            yield first, last
            first = last


def _lines(unit: UnitOfWork, marketplace_id: str, edges: Sequence[int], first: int, last: int) -> Select[Any]:
    at = order_lines.c
    width = edges[first + 1] - edges[first]
    cell = ((type_coerce(at.purchased_at, BigInteger) - edges[first]) // width).label("cell")
    holds = at.quantity > 0
    return (
        select(
            cell,
            at.sku,
            at.asin,
            orders.c.is_business,
            func.count(),
            func.sum(case((holds, 1), else_=0)),
            func.sum(at.quantity),
            func.sum(case((holds, at.price_minor), else_=0)),
        )
        .join(orders, (orders.c.seller_id == at.seller_id) & (orders.c.order_id == at.order_id))
        .where(
            at.seller_id == unit.seller_id,
            at.purchased_at >= instant_of(edges[first]),
            at.purchased_at < instant_of(edges[last]),
            at.marketplace_id == marketplace_id,
        )
        .group_by(cell, at.sku, at.asin, orders.c.is_business)
    )


def shipped_by_day(unit: UnitOfWork, marketplace_id: str, bounds: Sequence[datetime]) -> Iterator[DayOfOrder]:
    """What left on each day, order by order; a package counts when the market was told of it."""
    for order in _changed_since(unit, marketplace_id, bounds[0]):
        left: dict[str, int] = {}
        for package in sorted(order.packages, key=lambda one: one.confirmed_at):
            moved = []
            for order_item_id, units in package.quantities.items():
                item, before = order.item(order_item_id), left.get(order_item_id, 0)
                left[order_item_id] = before + units
                price = item.amounts_between(before, before + units).price
                moved.append(Moved(item.sku, item.asin, units, price))
            day = bisect_right(bounds, package.confirmed_at) - 1
            if 0 <= day < len(bounds) - 1:
                yield DayOfOrder(day, order.is_business, tuple(moved))


def _changed_since(unit: UnitOfWork, marketplace_id: str, since: datetime) -> Iterator[Order]:
    """Orders of which anything changed since a moment: those of which a package left are among them."""
    wanted = OrderFilter(by=Sorted.BY_UPDATE, after=since, marketplace_ids=(marketplace_id,))
    return orders_like(unit, wanted)


def refunded_by_day(
    unit: UnitOfWork, marketplace_id: str, bounds: Sequence[datetime]
) -> Iterator[tuple[DayOfOrder, Refund]]:
    """What was refunded on each day, refund by refund; amounts are above zero."""
    at = order_refunds.c
    its_order = (orders.c.seller_id == at.seller_id) & (orders.c.order_id == at.order_id)
    wanted = (
        select(at.document, orders.c.is_business)
        .join(orders, its_order)
        .where(
            at.seller_id == unit.seller_id,
            at.refunded_at >= bounds[0],
            at.refunded_at < bounds[-1],
            orders.c.marketplace_id == marketplace_id,
        )
        .order_by(at.refunded_at, at.order_id, at.refund_id)
    )
    rows: Any = unit.execute(wanted)
    for refund, is_business in rows:
        lines = tuple(Moved(line.sku, line.asin, line.quantity, -line.amounts.price) for line in refund.lines)
        yield DayOfOrder(bisect_right(bounds, refund.refunded_at) - 1, bool(is_business), lines), refund
