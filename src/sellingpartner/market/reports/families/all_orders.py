"""All orders: a row for each line of each order that was placed, or that changed, in a period."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_COLUMNS = (
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
)


@report(
    "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL",
    window=Window(required=True, most_days=30),
    empty=Empty.CANCELLED,
    days_kept=30,
)
def by_order_date(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders by the date at which they were placed."""
    return Rows(_COLUMNS, (_row(order, item) for order in _orders(unit, asked) for item in order.items))


def _orders(unit: UnitOfWork, asked: Asked) -> Iterator[Order]:
    wanted = OrderFilter(after=asked.start, before=asked.end, marketplace_ids=asked.marketplace_ids)
    after = None
    while True:
        page = page_of_orders(unit, wanted, after, _PAGE)
        yield from page.orders
        if page.next_key is None:
            return
        after = page.next_key


def _row(order: Order, _: OrderItem) -> tuple[str, ...]:
    return (
        order.order_id,
        order.seller_order_id or "",
        f"{order.purchased_at:%Y-%m-%dT%H:%M:%S}+00:00",
        f"{order.updated_at:%Y-%m-%dT%H:%M:%S}+00:00",
        "Cancelled" if order.status.value == "Canceled" else order.status.value,
        "Amazon" if order.channel.value == "AFN" else "Merchant",
        order.sales_channel,
    )
