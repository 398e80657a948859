"""Somebody who holds a shop's reports against what has happened in it, and says what does not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from busy_shop import BusyShop
from sqlalchemy import select

from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import refunds_of, returns_of
from sellingpartner.market.orders.returns import ReturnStatus
from sellingpartner.market.orders.tables import orders
from sellingpartner.market.reports.queue import make_own
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing.world import START

Row = Mapping[str, str]
Facts = Counter[Any]

ALL_ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
TO_SHIP = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
UNSHIPPED = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
SHIPMENTS = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL"
SALES = "GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_SALES_DATA"
RETURNS = "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"
BACK_AT_AMAZON = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"
SALES_TAX = "GET_FLAT_FILE_SALES_TAX_DATA"
VAT = "SC_VAT_TAX_REPORT"

EVERYWHERE = (ALL_ORDERS, TO_SHIP, UNSHIPPED, SHIPMENTS, SALES, RETURNS, BACK_AT_AMAZON)
TYPES = {"US": (*EVERYWHERE, SALES_TAX), "DE": (*EVERYWHERE, VAT), "JP": EVERYWHERE}

_VAT_PARTS = tuple(
    f"{part} Tax Amount{end}" for part in ("OUR_PRICE", "SHIPPING", "GIFTWRAP") for end in ("", " Promo")
)
_VAT = ("Tax", "ShippingTax", "GiftWrapTax", "TaxDiscount")


def cents(text: str) -> int:
    """An amount of a report in minor units of dollars and euros; nothing is nothing."""
    return int(Decimal(text or "0") * 100)


def told_by(shop: BusyShop, report_type: str) -> list[Row]:
    """A report of all that has happened, whoever may ask for it; none where there is nothing to tell."""
    market = shop.market
    with market.market.write(market.seller_account.seller_id) as unit:
        ids = (market.marketplace_id,)
        report_id = make_own(unit, report_type, ids, start=START, end=unit.now + timedelta(seconds=1)).report_id
    paper = market.report_of(report_id)
    assert paper.status in {"DONE", "CANCELLED"}, paper.content
    return list(paper.rows) if paper.status == "DONE" else []


def disagreements(unit: UnitOfWork, told: Mapping[str, Iterable[Row]]) -> list[str]:
    """Which reports do not tell what has happened."""
    return [name for name, rows in told.items() if _SAID[name](list(rows)) != _HAPPENED[name](unit)]


def _orders(unit: UnitOfWork) -> list[Order]:
    found = unit.execute(select(orders.c.document).where(orders.c.seller_id == unit.seller_id))
    return [row.document for row in found]


def _lines(unit: UnitOfWork) -> Facts:
    return Counter(
        (order.order_id, item.sku, item.held, 0 if order.is_unpaid else item.held_amounts.price)
        for order in _orders(unit)
        for item in order.items
    )


def _to_ship(unit: UnitOfWork) -> Facts:
    return Counter(
        (order.order_id, item.order_item_id, item.held, order.address.name)
        for order in _orders(unit)
        if order.channel is FulfillmentChannel.MFN
        and order.paid_at is not None
        and order.status is not OrderStatus.CANCELED
        for item in order.items
    )


def _unshipped(unit: UnitOfWork) -> Facts:
    waiting = {OrderStatus.UNSHIPPED, OrderStatus.PARTIALLY_SHIPPED}
    return Counter(
        (order.order_id, item.order_item_id, item.unshipped)
        for order in _orders(unit)
        if order.channel is FulfillmentChannel.MFN and order.status in waiting
        for item in order.items
        if item.unshipped
    )


def _left_amazon(unit: UnitOfWork) -> Facts:
    found: Facts = Counter()
    for order in _orders(unit):
        if order.channel is FulfillmentChannel.AFN:
            for item in order.items:
                found[order.order_id, item.sku, "units"] += item.shipped
                found[order.order_id, item.sku, "shipping"] += item.amounts_between(0, item.shipped).shipping
    return +found


def _returns(unit: UnitOfWork) -> Facts:
    found: Facts = Counter()
    for order in _orders(unit):
        refunds = refunds_of(unit, order.order_id)
        for one in returns_of(unit, order.order_id) if order.channel is FulfillmentChannel.MFN else ():
            for item_id, units in one.quantities.items():
                lines = (line for refund in refunds if refund.return_id == one.return_id for line in refund.lines)
                back = -sum(line.amounts.total for line in lines if line.order_item_id == item_id)
                found[order.order_id, order.item(item_id).sku, units, back] += 1
    return found


def _back_at_amazon(unit: UnitOfWork) -> Facts:
    found: Facts = Counter()
    for order in _orders(unit):
        for one in returns_of(unit, order.order_id) if order.channel is FulfillmentChannel.AFN else ():
            if one.status is ReturnStatus.RECEIVED:
                for item_id, units in one.quantities.items():
                    found[order.order_id, order.item(item_id).sku] += units
    return found


def _posted(unit: UnitOfWork, wanted: Iterable[str], sign: int) -> Facts:
    """What the ledger has of some components, by order."""
    both = (ledger_entries.c.seller_id == ledger_postings.c.seller_id) & (
        ledger_entries.c.entry_id == ledger_postings.c.entry_id
    )
    at, kinds, wanted = ledger_postings.c, ("SALE", "REFUND", "GUARANTEE_CLAIM", "CHARGEBACK"), tuple(wanted)
    found: Facts = Counter()
    query = select(ledger_entries.c.order_id, at.component, at.amount_minor).join_from(
        ledger_entries, ledger_postings, both
    )
    for row in unit.execute(query.where(at.seller_id == unit.seller_id, ledger_entries.c.kind.in_(kinds))):
        if row.component.startswith(wanted) if wanted[0].endswith("-") else row.component in wanted:
            found[row.order_id] -= sign * row.amount_minor
    return Counter({order_id: minor for order_id, minor in found.items() if minor})


def _summed(rows: Iterable[Row], order: str, amounts: Iterable[str]) -> Facts:
    amounts, found = tuple(amounts), Counter[Any]()
    for row in rows:
        found[row[order]] += sum(cents(row[name]) for name in amounts)
    return Counter({order_id: minor for order_id, minor in found.items() if minor})


def _shipments(rows: list[Row], units: str) -> Facts:
    found: Facts = Counter()
    for row in rows:
        is_yen = row["currency"] == "JPY"
        found[row["amazon-order-id"], row["sku"], "units"] += int(row[units])
        found[row["amazon-order-id"], row["sku"], "shipping"] += cents(row["shipping-price"]) // (100 if is_yen else 1)
    return +found


def _price(row: Row) -> int:
    return cents(row["item-price"]) // (100 if row["currency"] == "JPY" else 1)


def _given_back(row: Row) -> int:
    return cents(row["Refunded Amount"]) // (100 if row["Currency code"] == "JPY" else 1)


_HAPPENED: Mapping[str, Callable[[UnitOfWork], Facts]] = {
    ALL_ORDERS: _lines,
    TO_SHIP: _to_ship,
    UNSHIPPED: _unshipped,
    SHIPMENTS: _left_amazon,
    SALES: _left_amazon,
    RETURNS: _returns,
    BACK_AT_AMAZON: _back_at_amazon,
    SALES_TAX: lambda unit: _posted(unit, ("MarketplaceFacilitatorTax-",), -1),
    VAT: lambda unit: _posted(unit, _VAT, 1),
}
_SAID: Mapping[str, Callable[[list[Row]], Facts]] = {
    ALL_ORDERS: lambda rows: Counter(
        (row["amazon-order-id"], row["sku"], int(row["quantity"]), _price(row)) for row in rows
    ),
    TO_SHIP: lambda rows: Counter(
        (row["order-id"], row["order-item-id"], int(row["quantity-purchased"]), row["recipient-name"]) for row in rows
    ),
    UNSHIPPED: lambda rows: Counter(
        (row["order-id"], row["order-item-id"], int(row["quantity-to-ship"])) for row in rows
    ),
    SHIPMENTS: lambda rows: _shipments(rows, "quantity-shipped"),
    SALES: lambda rows: _shipments(rows, "quantity"),
    RETURNS: lambda rows: Counter(
        (row["Order ID"], row["Merchant SKU"], int(row["Return quantity"]), _given_back(row)) for row in rows
    ),
    BACK_AT_AMAZON: lambda rows: Counter((row["order-id"], row["sku"]) for row in rows),
    SALES_TAX: lambda rows: _summed(rows, "Order_ID", ("Tax_Amount_Collected_By_Amazon",)),
    VAT: lambda rows: _summed(rows, "Order ID", _VAT_PARTS),
}
