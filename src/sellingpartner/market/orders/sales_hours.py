"""The sums of each hour's orders, kept as orders come and as units of them are canceled.

Order metrics of a long stretch of time add up thousands of hours, not a million lines. An hour begins when the clocks
of the marketplace show it: in India these are half an hour off UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Integer, case, func, insert, literal, select, type_coerce

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import Line
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.tables import order_lines, orders, sales_hours
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

HOUR: Final = 3_600_000_000
_INDIA = BY_COUNTRY["IN"].marketplace_id
_SUMS = ("orders", "items", "units", "sales_minor")

_add = Prepared(upsert(sales_hours, lambda offered: {name: sales_hours.c[name] + offered[name] for name in _SUMS}))


def phase_of(marketplace_id: str) -> int:
    """When, in microseconds after an hour of UTC, an hour of a marketplace begins."""
    return HOUR // 2 if marketplace_id == _INDIA else 0


def count_placed(unit: UnitOfWork, order: Order) -> None:
    """Add an order to its hour."""
    _change(
        unit,
        order,
        orders=1,
        items=len(order.items),
        units=sum(item.quantity for item in order.items),
        sales_minor=sum(item.amounts.price for item in order.items),
    )


def count_canceled(unit: UnitOfWork, order: Order, lines: Sequence[Line]) -> None:
    """Take canceled units off the hour of their order, which they were taken off before."""
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
    phase = case((at.marketplace_id == _INDIA, HOUR // 2), else_=0)
    hour = ((type_coerce(at.purchased_at, BigInteger) - phase) // HOUR).label("hour")
    counted = (at.seller_id, at.marketplace_id, hour, orders.c.channel, orders.c.is_business)
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
    unit.execute(sales_hours.delete().where(sales_hours.c.seller_id == unit.seller_id))
    unit.execute(insert(sales_hours).from_select([column.name for column in sales_hours.c], found))


def _change(unit: UnitOfWork, order: Order, **sums: int) -> None:
    phase = phase_of(order.marketplace_id)
    row: dict[str, Any] = {
        "seller_id": unit.seller_id,
        "marketplace_id": order.marketplace_id,
        "hour": (microseconds(order.purchased_at) - phase) // HOUR,
        "channel": order.channel.value,
        "is_business": order.is_business,
    }
    _add.run(unit.connection, row | sums)
