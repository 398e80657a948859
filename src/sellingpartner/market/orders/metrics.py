"""What was ordered in a stretch of time: how many orders, items and units, and for how much.

The lines of orders are summed where they are kept, along the index of their dates. A line counts when its order was
placed, with what of it was not canceled: so a line is lowered when units of it are canceled, in the same transaction.

Assumed: in order metrics an order counts from its purchase, paid or not, as Seller Central's dashboard counts it. What
was canceled counts no more; Seller Central says that its business reports count it, and nobody says what this
operation does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from math import gcd
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, select, type_coerce

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.unit import UnitOfWork


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
        origin, width = _grid(edges)
        for row in unit.execute(_cells(unit, wanted, bounds, origin, width)):
            index = bisect_right(edges, max(origin + row.cell * width, edges[0])) - 1
            sums[index] = _added(sums[index], row[1:])
    currency = MARKETPLACES[wanted.marketplace_id].currency
    return [
        SalesTotal(orders=order_count, items=items, units=units, sales=Money(minor, currency))
        for order_count, items, units, minor in sums
    ]


def _grid(edges: Sequence[int]) -> tuple[int, int]:
    """Cells of equal width, of which none reaches over an inner edge: where one begins, and how wide they are.

    The database can group by such cells whatever the intervals are. They are as wide as the intervals where those are
    equal; a day of 23 hours makes them an hour wide. The first cell does not begin after the first edge.
    """
    inner = edges[1:-1]
    width = gcd(*(after - before for before, after in pairwise(inner))) or edges[-1] - edges[0]
    known = inner[0] if inner else edges[0]
    cells_before = -((edges[0] - known) // width)
    return known - cells_before * width, width


def _cells(unit: UnitOfWork, wanted: SalesFilter, bounds: Sequence[datetime], origin: int, width: int) -> Select[Any]:
    """The sums of each cell of a grid, in one walk along the index."""
    at = order_lines.c
    cell = ((type_coerce(at.purchased_at, BigInteger) - origin) // width).label("cell")
    lines = (
        select(cell, at.order_id, at.quantity, at.price_minor)
        .where(
            at.seller_id == unit.seller_id,
            at.purchased_at >= bounds[0],
            at.purchased_at < bounds[-1],
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
