"""What Amazon has shipped for the seller: the shipments themselves, their sales and their replacements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders import order_lines
from sellingpartner.market.reports.families.orders.order_lines import PERSONAL, Line
from sellingpartner.market.reports.families.orders.shipped_lines import Shipped, shipped_in_time
from sellingpartner.market.reports.kinds import Empty, Repeats, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import local_moment, padded, zone_of
from sellingpartner.storage.unit import UnitOfWork

_MONTH = Window(most_days=31, default_days=30)
_PERIOD = Window(default_days=30)
# Assumed: shipments and sales are made every half hour at most; replacements, as most types of FBA, every four hours.
_OFTEN, _DAILY = Repeats(minutes=30), Repeats(minutes=240)
_FILE = "orders/fulfilled.toml"
_JAPAN = BY_COUNTRY["JP"].marketplace_id

Cell = Callable[[Shipped], str]


def _moment(of: Callable[[Shipped], datetime | None]) -> Cell:
    """A moment with an offset: that of Japan's clock there, elsewhere that of UTC."""

    def cell(one: Shipped) -> str:
        return local_moment(of(one), zone_of(_JAPAN) if one.order.marketplace_id == _JAPAN else UTC)

    return cell


def _amount(name: str) -> Cell:
    return lambda one: padded(getattr(one.amounts, name), one.order.currency)


def _of_line(name: str) -> Cell:
    """What the reports on orders say under the same name."""
    cell = order_lines.CELLS[name]
    return lambda one: cell(Line(one.order, one.item, one.amounts, one.order.address, one.package.shipped_at))


def _per_unit(one: Shipped) -> str:
    return padded(one.amounts.price // one.units, one.order.currency)


_SHARED = (
    "amazon-order-id", "merchant-order-id", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "asin",
    "product-name", "ship-service-level", "recipient-name", "ship-address-1", "ship-address-2", "ship-address-3",
    "ship-city", "ship-state", "ship-postal-code", "ship-country", "ship-phone-number", "bill-address-1",
    "bill-address-2", "bill-address-3", "bill-city", "bill-state", "bill-postal-code", "bill-country",
    "sales-channel",
)  # fmt: skip

_CELLS: Final[Mapping[str, Cell]] = {name: _of_line(name) for name in _SHARED} | {
    "shipment-id": lambda one: one.shipment_id,
    "shipment-item-id": lambda one: f"{one.shipment_id}{one.place:02d}",
    "amazon-order-item-id": lambda one: one.item.order_item_id,
    "merchant-order-item-id": lambda _: "",
    "purchase-date": _moment(lambda one: one.order.purchased_at),
    "payments-date": _moment(lambda one: one.order.paid_at),
    "shipment-date": _moment(lambda one: one.package.shipped_at),
    "reporting-date": _moment(lambda one: one.package.confirmed_at),
    "estimated-arrival-date": _moment(lambda one: one.order.latest_delivery_at),
    "quantity-shipped": lambda one: str(one.units),
    "quantity": lambda one: str(one.units),
    "currency": lambda one: one.order.currency,
    "item-price": _amount("price"),
    "item-price-per-unit": _per_unit,
    "item-tax": _amount("tax"),
    "shipping-price": _amount("shipping"),
    "shipping-tax": _amount("shipping_tax"),
    "gift-wrap-price": _amount("gift_wrap"),
    "gift-wrap-tax": _amount("gift_wrap_tax"),
    "item-promotion-discount": _amount("promotion_discount"),
    "ship-promotion-discount": _amount("shipping_discount"),
    "carrier": lambda one: one.package.carrier_code,
    "tracking-number": lambda one: one.package.tracking_number or "",
    "fulfillment-center-id": lambda one: one.center.code,
    "fulfillment-channel": lambda one: one.order.channel.value,
    "points-granted": lambda one: str(one.item.held_points * one.units // max(one.item.held, 1)),
    # Assumed: a replacement leaves where the order left that it replaces, and for a reason that nobody has coded.
    "original-fulfillment-center-id": lambda one: one.center.code,
    "replacement-reason-code": lambda _: "",
    "replacement-amazon-order-id": lambda one: one.order.order_id,
    "original-amazon-order-id": lambda one: one.order.replaces_order_id or "",
}


@report("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL", window=_MONTH, empty=Empty.CANCELLED, repeats=_OFTEN)
def shipments(unit: UnitOfWork, asked: Asked) -> Rows:
    """Shipments without what is personal."""
    columns = columns_of(_FILE, "shipments", MARKETPLACES[asked.marketplace_id].country_code)
    return table(columns, shipped_in_time(unit, asked, FulfillmentChannel.AFN), _CELLS, hidden=PERSONAL)


@report("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_INVOICING", window=_MONTH, empty=Empty.CANCELLED, repeats=_OFTEN)
@report("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_TAX", window=_MONTH, empty=Empty.CANCELLED, repeats=_OFTEN)
def shipments_with_buyers(unit: UnitOfWork, asked: Asked) -> Rows:
    """Shipments with who has bought and where they went."""
    columns = columns_of(_FILE, "shipments", MARKETPLACES[asked.marketplace_id].country_code)
    return table(columns, shipped_in_time(unit, asked, FulfillmentChannel.AFN), _CELLS)


@report("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_SALES_DATA", window=_PERIOD, empty=Empty.CANCELLED, repeats=_OFTEN)
def sales(unit: UnitOfWork, asked: Asked) -> Rows:
    """What was sold, by shipment."""
    cells = {**_CELLS, "fnsku": lambda one: fnsku_of(unit, one.item.sku)}
    return table(columns_of(_FILE, "sales"), shipped_in_time(unit, asked, FulfillmentChannel.AFN), cells)


@report("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_PROMOTION_DATA", window=_PERIOD, empty=Empty.CANCELLED, repeats=_DAILY)
def promotions(unit: UnitOfWork, asked: Asked) -> Rows:
    """What promotions took off what was shipped.

    Assumed: a report on promotions has a row for what was taken off the goods of an item of a package and one for what
    was taken off its shipping; both name all of the item's promotions, which have no descriptions and rules here.
    """
    return table(columns_of(_FILE, "promotions"), _promoted(unit, asked), _PROMOTED)


@report("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA", window=_PERIOD, empty=Empty.CANCELLED, repeats=_DAILY)
def replacements(unit: UnitOfWork, asked: Asked) -> Rows:
    """What left in the place of something else."""
    shipped = shipped_in_time(unit, asked, FulfillmentChannel.AFN)
    return table(
        columns_of(_FILE, "replacements"), (one for one in shipped if one.order.replaces_order_id is not None), _CELLS
    )


class _Promoted(NamedTuple):
    """What promotions took off an item of a package."""

    one: Shipped
    minor: int


def _promoted(unit: UnitOfWork, asked: Asked) -> Iterator[_Promoted]:
    for one in shipped_in_time(unit, asked, FulfillmentChannel.AFN):
        for minor in (one.amounts.promotion_discount, one.amounts.shipping_discount):
            if minor:
                yield _Promoted(one, minor)


_PROMOTED: Final[Mapping[str, Callable[[_Promoted], str]]] = {
    "shipment-date": lambda it: _CELLS["shipment-date"](it.one),
    "currency": lambda it: it.one.order.currency,
    "item-promotion-discount": lambda it: padded(it.minor, it.one.order.currency),
    "item-promotion-id": lambda it: ",".join(it.one.item.promotion_ids),
    "description": lambda _: "",
    "promotion-rule-value": lambda _: "",
    "amazon-order-id": lambda it: it.one.order.order_id,
    "shipment-id": lambda it: it.one.shipment_id,
    "shipment-item-id": lambda it: _CELLS["shipment-item-id"](it.one),
}
