"""What was ordered in a stretch of time: how many orders, items and units, and for how much.

A line counts when its order was placed, with what of it was not canceled: so it is lowered when units of it are
canceled, in the same transaction. Whole half hours are added up from the sums that are kept of them
(`half_hours`); the rest, and what is asked of one SKU or ASIN, from the lines themselves, along an index of their
dates.

Assumed: in order metrics an order counts from its purchase, paid or not, as Seller Central's dashboard counts it. What
was canceled counts no more; Seller Central says that its business reports count it, and nobody says what this
operation does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from math import gcd
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, select, type_coerce

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.metrics.half_hours import HALF_HOUR
from sellingpartner.market.orders.tables import half_hours, order_lines, orders
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

_Stretch = tuple[int, int]
"""From when until when."""

_Grid = tuple[int, int]
"""Where the first of many equal cells begins, and how wide they are."""


_WORTHWHILE = 4
"""Where edges divide one half hour of so many or more, all is added up line by line."""


class SalesFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders of a marketplace, and which of their lines, are summed."""

    marketplace_id: str
    is_business: bool | None = None
    channel: FulfillmentChannel | None = None
    asin: str | None = None
    sku: str | None = None
    program: str | None = None
    """Amazon's program that an order belongs to.

    Assumed: none of this market's orders belongs to a program of Amazon's, such as Amazon Haul.
    """


class SalesTotal(msgspec.Struct, frozen=True, kw_only=True):
    """What was ordered, all added up.

    Sales are the prices of the goods, before discounts, without shipping and gift wrap, as Seller Central defines
    them; tax is in them only where prices include it.
    """

    orders: int
    items: int
    units: int
    sales: Money

    @property
    def average_unit_price(self) -> Money:
        """What a unit cost on average, rounded half up to the minor unit; nothing where there is none."""
        if not self.units:
            return Money.zero(self.sales.currency)
        return Money((2 * self.sales.minor + self.units) // (2 * self.units), self.sales.currency)


def sales_between(unit: UnitOfWork, wanted: SalesFilter, bounds: Sequence[datetime]) -> list[SalesTotal]:
    """What was ordered from each bound up to, and not including, the next: one total less than there are bounds.

    The bounds ascend. However a stretch of time is divided, its totals sum to the whole.
    """
    edges = [microseconds(bound) for bound in bounds]
    sums = [(0, 0, 0, 0)] * (len(edges) - 1)
    if wanted.program is None:
        origin, width = grid = _grid(edges)
        for statement in _statements(unit, wanted, edges, grid):
            for row in unit.execute(statement):
                index = bisect_right(edges, max(origin + row.cell * width, edges[0])) - 1
                sums[index] = _added(sums[index], row[1:])
    currency = MARKETPLACES[wanted.marketplace_id].currency
    return [
        SalesTotal(orders=order_count, items=items, units=units, sales=Money(minor, currency))
        for order_count, items, units, minor in sums
    ]


def _grid(edges: Sequence[int]) -> _Grid:
    """Cells of equal width, of which none reaches over an inner edge: where one begins, and how wide they are.

    The database can group by such cells whatever the intervals are. They are as wide as the intervals where those are
    equal; a day of 23 hours makes them an hour wide. The first cell does not begin after the first edge.
    """
    inner = edges[1:-1]
    width = gcd(*(after - before for before, after in pairwise(inner))) or edges[-1] - edges[0]
    known = inner[0] if inner else edges[0]
    cells_before = -((edges[0] - known) // width)
    return known - cells_before * width, width


def _statements(unit: UnitOfWork, wanted: SalesFilter, edges: Sequence[int], grid: _Grid) -> Iterator[Select[Any]]:
    """What sums each cell of a grid: whole half hours as they are kept, those that an edge divides line by line."""
    first, last = -(-edges[0] // HALF_HOUR), edges[-1] // HALF_HOUR
    divided = sorted({edge // HALF_HOUR for edge in edges[1:-1] if edge % HALF_HOUR})
    divided = [half_hour for half_hour in divided if first <= half_hour < last]
    is_of_lines = wanted.asin is not None or wanted.sku is not None
    if is_of_lines or len(divided) * _WORTHWHILE >= last - first:
        yield _lines(unit, wanted, (edges[0], edges[-1]), grid)
        return
    yield _half_hours(unit, wanted, (first, last), divided, grid)
    ends = ((edges[0], first * HALF_HOUR), (last * HALF_HOUR, edges[-1]))
    for stretch in (*ends, *((half_hour * HALF_HOUR, (half_hour + 1) * HALF_HOUR) for half_hour in divided)):
        if stretch[0] < stretch[1]:
            yield _lines(unit, wanted, stretch, grid)


def _half_hours(
    unit: UnitOfWork, wanted: SalesFilter, stretch: _Stretch, divided: Sequence[int], grid: _Grid
) -> Select[Any]:
    """The sums of each cell, from those of its half hours."""
    at = half_hours.c
    cell = ((at.half_hour * HALF_HOUR - grid[0]) // grid[1]).label("cell")
    conditions = [at.channel == wanted.channel.value] if wanted.channel is not None else []
    if wanted.is_business is not None:
        conditions.append(at.is_business.is_(wanted.is_business))
    if divided:
        conditions.append(at.half_hour.not_in(divided))
    return (
        select(cell, func.sum(at.orders), func.sum(at["items"]), func.sum(at.units), func.sum(at.sales_minor))
        .where(
            at.seller_id == unit.seller_id,
            at.marketplace_id == wanted.marketplace_id,
            at.half_hour >= stretch[0],
            at.half_hour < stretch[1],
            *conditions,
        )
        .group_by(cell)
    )


def _lines(unit: UnitOfWork, wanted: SalesFilter, stretch: _Stretch, grid: _Grid) -> Select[Any]:
    """The sums of each cell, in one walk along the index of the lines' dates."""
    at = order_lines.c
    cell = ((type_coerce(at.purchased_at, BigInteger) - grid[0]) // grid[1]).label("cell")
    lines = (
        select(cell, at.order_id, at.quantity, at.price_minor)
        .where(
            at.seller_id == unit.seller_id,
            at.purchased_at >= instant_of(stretch[0]),
            at.purchased_at < instant_of(stretch[1]),
            at.marketplace_id == wanted.marketplace_id,
            at.quantity > 0,
            *_conditions(wanted),
        )
        .subquery()
    )
    found = lines.c
    sums = (func.count(found.order_id.distinct()), func.count(), func.sum(found.quantity), func.sum(found.price_minor))
    return select(found.cell, *sums).group_by(found.cell)


def _conditions(wanted: SalesFilter) -> list[ColumnElement[bool]]:
    """What else the lines, and the orders that they are of, must be."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.asin is not None:
        conditions.append(order_lines.c.asin == wanted.asin)
    if wanted.sku is not None:
        conditions.append(order_lines.c.sku == wanted.sku)
    of_order: list[ColumnElement[bool]] = []
    if wanted.is_business is not None:
        of_order.append(orders.c.is_business.is_(wanted.is_business))
    if wanted.channel is not None:
        of_order.append(orders.c.channel == wanted.channel.value)
    if of_order:
        is_its_order = (orders.c.seller_id == order_lines.c.seller_id, orders.c.order_id == order_lines.c.order_id)
        conditions.append(select(1).where(and_(*is_its_order, *of_order)).exists())
    return conditions


def _added(sums: tuple[int, int, int, int], found: Sequence[Any]) -> tuple[int, int, int, int]:
    """Sums with those of one more cell; PostgreSQL's are decimals."""
    order_count, items, units, minor = (had + int(more) for had, more in zip(sums, found, strict=True))
    return order_count, items, units, minor
