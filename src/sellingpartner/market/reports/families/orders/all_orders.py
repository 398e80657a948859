"""All orders, a row for each item: those that were placed in some time, that changed in it, or that are old.

Assumed: in North America the files of all orders have the columns that Amazon lists, and one on signatures; elsewhere
columns on the number of items, on who collects the tax and on the kind of address, as a published typing has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.orders.model import Order
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_lines import (
    CELLS,
    PERSONAL,
    Line,
    channel_name,
    item_status_name,
    lines_of,
    status_name,
)
from sellingpartner.market.reports.families.orders.order_walks import bought, changed
from sellingpartner.market.reports.kinds import Empty, Rows, Tree, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.envelope import amazon_envelope
from sellingpartner.market.reports.writing.values import decimal, moment, true_false
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_PERIOD = Window(required=True, most_days=30)
_ARCHIVED_AFTER = timedelta(days=60)
_KEPT_DAYS = 30
_COMPONENTS = (
    ("Principal", "price"),
    ("Tax", "tax"),
    ("Shipping", "shipping"),
    ("ShippingTax", "shipping_tax"),
    ("GiftWrap", "gift_wrap"),
    ("GiftWrapTax", "gift_wrap_tax"),
)


@report(
    "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS
)
def by_order_date(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders by the date at which they were placed."""
    return _flat(asked, bought(unit, asked))


@report(
    "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS
)
def by_last_update(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders by the date at which they changed last."""
    return _flat(asked, changed(unit, asked))


@report("GET_FLAT_FILE_ARCHIVED_ORDERS_DATA_BY_ORDER_DATE", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS)
def archived(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders of some time that are archived.

    Assumed: an order is archived when nothing has changed about it for 60 days, and nothing of it is left to be done.
    """
    since = asked.at - _ARCHIVED_AFTER
    return _flat(asked, (order for order in bought(unit, asked) if not order.is_open and order.updated_at <= since))


@report("GET_XML_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS)
def by_order_date_in_xml(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as elements."""
    return _tree(bought(unit, asked), asked)


@report("GET_XML_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS)
def by_last_update_in_xml(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as elements, by the date of the last change."""
    return _tree(changed(unit, asked), asked)


def _flat(asked: Asked, orders: Iterable[Order]) -> Rows:
    marketplace = MARKETPLACES[asked.marketplace_id]
    columns = columns_of("orders/orders.toml", "all_orders", marketplace.country_code, marketplace.region.value)
    # Assumed: a buyer's CPF is personal data, and this type takes no restricted data token: its column is empty.
    return table(columns, lines_of(orders, asked.at), CELLS, hidden=PERSONAL)


def _tree(orders: Iterable[Order], asked: Asked) -> Tree:
    """Assumed: the message type is AllOrdersReport, and promotions stand below an item's price."""
    return amazon_envelope("AllOrdersReport", (element("Message", _order(order, asked)) for order in orders))


def _order(order: Order, asked: Asked) -> Any:  # noqa: ANN401 - an element of lxml
    lines = list(lines_of([order], asked.at))
    address = lines[0].address if lines else None
    place = (
        None
        if address is None
        else element(
            "Address",
            element("City", address.city),
            element("State", address.state_or_region or ""),
            element("PostalCode", address.postal_code),
            element("Country", address.country_code),
        )
    )
    return element(
        "Order",
        element("AmazonOrderID", order.order_id),
        element("MerchantOrderID", order.seller_order_id or order.order_id),
        element("PurchaseDate", moment(order.purchased_at)),
        element("LastUpdatedDate", moment(order.updated_at)),
        element("OrderStatus", status_name(order)),
        element("SalesChannel", order.sales_channel),
        element(
            "FulfillmentData",
            element("FulfillmentChannel", channel_name(order)),
            element("ShipServiceLevel", order.service.value),
            place,
        ),
        element("IsBusinessOrder", true_false(order.is_business)),
        *(_item(line) for line in lines),
    )


def _item(line: Line) -> Any:  # noqa: ANN401 - an element of lxml
    return element(
        "OrderItem",
        element("AmazonOrderItemCode", line.item.order_item_id),
        element("ASIN", line.item.asin),
        element("SKU", line.item.sku),
        element("ItemStatus", item_status_name(line.order, line.item)),
        element("ProductName", line.item.title),
        element("Quantity", str(line.item.held)),
        None if line.amounts is None else element("ItemPrice", *_components(line.amounts, line.order.currency)),
        _promotion(line),
    )


def _components(amounts: LineAmounts, currency: str) -> Iterator[Any]:
    for name, field in _COMPONENTS:
        minor = getattr(amounts, field)
        if minor or field == "price":
            yield element(
                "Component", element("Type", name), element("Amount", decimal(minor, currency), currency=currency)
            )


def _promotion(line: Line) -> Any:  # noqa: ANN401 - an element of lxml
    if not line.promoted_item and not line.promoted_shipping:
        return None
    taken = (("ItemPromotionDiscount", line.promoted_item), ("ShipPromotionDiscount", line.promoted_shipping))
    return element(
        "Promotion",
        element("PromotionIDs", ",".join(line.item.promotion_ids)),
        *(element(name, decimal(minor, line.order.currency)) for name, minor in taken if minor),
    )
