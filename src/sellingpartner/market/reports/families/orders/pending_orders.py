"""Orders that nobody has paid yet: there are such reports in Japan alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, orders_like
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_lines import CELLS, lines_of
from sellingpartner.market.reports.kinds import Empty, Rows, Tree, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.envelope import amazon_envelope
from sellingpartner.market.reports.writing.values import moment
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_COUNTRIES = ("JP",)
_KEPT_DAYS = 30
_SLOT = "PENDING_ORDERS_DATA"


@report(
    "GET_FLAT_FILE_PENDING_ORDERS_DATA",
    empty=Empty.CANCELLED,
    days_kept=_KEPT_DAYS,
    slot=_SLOT,
    countries=_COUNTRIES,
)
@report(
    "GET_CONVERGED_FLAT_FILE_PENDING_ORDERS_DATA", empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, countries=_COUNTRIES
)
def pending(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders that are still pending."""
    return table(columns_of("orders/orders.toml", "pending"), lines_of(_pending(unit, asked), asked.at), CELLS)


@report("GET_PENDING_ORDERS_DATA", empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_SLOT, countries=_COUNTRIES)
def pending_in_xml(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as messages.

    Assumed: the message type of pending orders in XML is PendingOrderReport, and so is the element in each message.
    """
    return amazon_envelope(
        "PendingOrderReport", (element("Message", _order(order)) for order in _pending(unit, asked)), version="1.01"
    )


def _pending(unit: UnitOfWork, asked: Asked) -> Iterator[Order]:
    wanted = OrderFilter(statuses=(OrderStatus.PENDING.value,), marketplace_ids=asked.marketplace_ids)
    return orders_like(unit, wanted)


def _order(order: Order) -> Any:  # noqa: ANN401 - an element of lxml
    return element(
        "PendingOrderReport",
        element("AmazonOrderID", order.order_id),
        element("OrderDate", moment(order.purchased_at)),
        element("PaymentType", order.payment_method.value),
        *(
            element(
                "Item",
                element("AmazonOrderItemCode", item.order_item_id),
                element("SKU", item.sku),
                element("Title", item.title),
                element("Quantity", str(item.held)),
            )
            for item in order.items
        ),
    )
