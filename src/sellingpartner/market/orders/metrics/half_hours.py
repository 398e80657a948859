"""The sums of each half hour's orders, kept as orders come and as units of them are canceled.

Order metrics of a long stretch of time add up thousands of half hours, not a million lines. Hours and days begin with
one of them in nearly every time zone: clocks are off UTC by whole hours or, as in India, by half ones. Nepal's are off
by a quarter; there the lines are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Integer, func, insert, literal, select, type_coerce

from sellingpartner.market.events.orders import Line
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.tables import half_hours, order_lines, orders
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

HALF_HOUR: Final = 1_800_000_000
"""In microseconds."""
_SUMS = ("orders", "items", "units", "sales_minor")

_add = Prepared(upsert(half_hours, lambda offered: {name: half_hours.c[name] + offered[name] for name in _SUMS}))


def count_placed(unit: UnitOfWork, order: Order) -> None:
    """Add an order to its half hour."""
    _change(
        unit,
        order,
        orders=1,
        items=len(order.items),
        units=sum(item.quantity for item in order.items),
        sales_minor=sum(item.amounts.price for item in order.items),
    )


def count_canceled(unit: UnitOfWork, order: Order, lines: Sequence[Line]) -> None:
    """Take canceled units off the half hour of their order, which they were taken off before."""
    _change(
        unit,
        order,
        orders=0 if any(item.held for item in order.items) else -1,
        items=-sum(1 for line in lines if not order.item(line.order_item_id).held),
        units=-sum(line.quantity for line in lines),
        sales_minor=-sum(line.amounts.price for line in lines),
    )


def sum_anew(unit: UnitOfWork) -> None:
    """Make the sums of this seller from its lines, whatever was kept before."""
    at = order_lines.c
    half_hour = (type_coerce(at.purchased_at, BigInteger) // HALF_HOUR).label("half_hour")
    counted = (at.seller_id, at.marketplace_id, half_hour, orders.c.channel, orders.c.is_business)
    sums = (
        func.count(at.order_id.distinct()),
        func.count(),
        type_coerce(func.sum(at.quantity), Integer),
        type_coerce(func.sum(at.price_minor), BigInteger),
    )
    found = (
        select(*counted, *sums)
        .join(orders, (orders.c.seller_id == at.seller_id) & (orders.c.order_id == at.order_id))
        .where(at.seller_id == literal(unit.seller_id), at.quantity > 0)
        .group_by(*counted)
    )
    unit.execute(half_hours.delete().where(half_hours.c.seller_id == unit.seller_id))
    unit.execute(insert(half_hours).from_select([column.name for column in half_hours.c], found))


def _change(unit: UnitOfWork, order: Order, **sums: int) -> None:
    row: dict[str, Any] = {
        "seller_id": unit.seller_id,
        "marketplace_id": order.marketplace_id,
        "half_hour": microseconds(order.purchased_at) // HALF_HOUR,
        "channel": order.channel.value,
        "is_business": order.is_business,
    }
    _add.run(unit.connection, row | sums)
