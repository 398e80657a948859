"""POST_ORDER_FULFILLMENT_DATA and its flat twin: packages that have left, as confirmShipment takes them.

A message without items is about all of the order that has not left. A package goes by the seller's number for it
(MerchantFulfillmentID) or, without one, by the next number of its order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from sellingpartner.market.feeds.families.order_messages import (
    count_of,
    incomplete,
    moment_of,
    order_meant,
    told,
)
from sellingpartner.market.feeds.kinds import FeedFile, Form, Message, feed
from sellingpartner.market.feeds.reading import envelope, table
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.feeds.reading.table import Columns, Record
from sellingpartner.market.orders.commands import confirm_shipment
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package, Parcel
from sellingpartner.market.orders.refusals import OrderNotShippable
from sellingpartner.storage.unit import UnitOfWork

_OTHER = "Other"
_CLEARED = "NULL"
_COLUMNS = Columns(
    ("order-id", "ship-date"),
    (
        "order-item-id",
        "quantity",
        "carrier-code",
        "carrier-name",
        "tracking-number",
        "ship-method",
        "ship_from_supply_source_id",
        "cod-collection-method",
    ),
)


class ShippedItem(msgspec.Struct, frozen=True, kw_only=True):
    """Units of an item that have left."""

    order_item_id: str
    quantity: int | None = None
    """None is all that has not left."""
    codes: tuple[str, ...] = ()


class Shipped(msgspec.Struct, frozen=True, kw_only=True):
    """A package that has left, as a message says it."""

    order_id: str | None = None
    seller_order_id: str | None = None
    reference: str | None = None
    shipped_at: datetime
    carrier_code: str | None = None
    carrier_name: str | None = None
    method: str | None = None
    tracking_number: str | None = None
    cod_collection_method: str | None = None
    supply_source_id: str | None = None
    items: tuple[ShippedItem, ...] = ()


def _of_element(body: Element) -> Shipped:
    def data(name: str) -> str | None:
        return text_of(body, f"FulfillmentData/{name}")

    return Shipped(
        order_id=text_of(body, "AmazonOrderID"),
        seller_order_id=text_of(body, "MerchantOrderID"),
        reference=text_of(body, "MerchantFulfillmentID"),
        shipped_at=moment_of("FulfillmentDate", text_of(body, "FulfillmentDate") or ""),
        carrier_code=data("CarrierCode"),
        carrier_name=data("CarrierName"),
        method=data("ShippingMethod"),
        tracking_number=data("ShipperTrackingNumber"),
        cod_collection_method=text_of(body, "CODCollectionMethod"),
        supply_source_id=text_of(body, "ShipFromSupplySourceId"),
        items=tuple(_item_of_element(item) for item in body.iterfind("Item")),
    )


def _item_of_element(item: Element) -> ShippedItem:
    """Assumed: orders keep no item numbers of the seller's own, so an item named by one of them is not known."""
    quantity = text_of(item, "Quantity")
    return ShippedItem(
        order_item_id=text_of(item, "AmazonOrderItemCode") or text_of(item, "MerchantOrderItemID") or "",
        quantity=None if quantity is None else count_of("Quantity", quantity),
        codes=tuple((code.text or "").strip() for code in item.iterfind("TransparencyCode")),
    )


def _of_record(record: Record) -> Shipped:
    if not record["order-id"]:
        raise incomplete("order-id is empty.")
    item_id, quantity = record["order-item-id"], record["quantity"]
    if quantity and not item_id:
        raise incomplete("quantity takes order-item-id as well.", AmazonOrderID=record["order-id"])
    items: tuple[ShippedItem, ...] = ()
    if item_id:
        items = (ShippedItem(order_item_id=item_id, quantity=count_of("quantity", quantity) if quantity else None),)
    return Shipped(
        order_id=record["order-id"],
        shipped_at=moment_of("ship-date", record["ship-date"]),
        carrier_code=_said(record["carrier-code"]),
        carrier_name=_said(record["carrier-name"]),
        method=_said(record["ship-method"]),
        tracking_number=_said(record["tracking-number"]),
        cod_collection_method=record["cod-collection-method"] or None,
        supply_source_id=record["ship_from_supply_source_id"] or None,
        items=items,
    )


def _said(text: str) -> str | None:
    return None if text in {"", _CLEARED} else text


def in_xml(file: FeedFile) -> Iterator[Message]:
    """The packages of an envelope."""
    return envelope.messages(file, "OrderFulfillment", _of_element)


def in_table(file: FeedFile) -> Iterator[Message]:
    """The packages of a flat file."""
    return table.parsed(file, _COLUMNS, _of_record)


@feed("POST_FLAT_FILE_FULFILLMENT_DATA", read=in_table, tell=told, form=Form.FLAT_OF_ORDERS)
@feed("POST_ORDER_FULFILLMENT_DATA", read=in_xml, tell=told, form=Form.XML)
def carry_out(unit: UnitOfWork, file: FeedFile, said: Shipped) -> None:
    """Let a package leave, or correct what was said of it."""
    order = order_meant(unit, file, said)
    quantities = _quantities(order, said)
    corrected = _corrected(order, said, quantities)
    if not quantities and corrected is None:
        raise OrderNotShippable(order.order_id, order.status)
    parcel = Parcel(
        reference=said.reference or (corrected.reference if corrected else _next_reference(order)),
        shipped_at=said.shipped_at,
        quantities=quantities or (corrected.quantities if corrected else {}),
        carrier_code=said.carrier_code or _OTHER,
        carrier_name=said.carrier_name,
        method=said.method,
        tracking_number=said.tracking_number,
        supply_source_id=said.supply_source_id,
        cod_collection_method=said.cod_collection_method,
        transparency_codes={item.order_item_id: item.codes for item in said.items if item.codes},
    )
    confirm_shipment(unit, order.order_id, parcel, marketplace_id=order.marketplace_id)


def _quantities(order: Order, said: Shipped) -> dict[str, int]:
    """How many units of which item a message is about."""
    if not said.items:
        return order.unshipped_quantities()
    quantities: dict[str, int] = {}
    for item in said.items:
        units = item.quantity or order.item(item.order_item_id).unshipped
        if units:
            quantities[item.order_item_id] = quantities.get(item.order_item_id, 0) + units
    return quantities


def _corrected(order: Order, said: Shipped, quantities: Mapping[str, int]) -> Package | None:
    """The package that a message without a number corrects: the last that holds what it is about.

    Assumed: what is said again of units that have left, and of none that have not, corrects their package.
    """
    if said.reference is not None:
        return order.package(said.reference)
    left = order.unshipped_quantities()
    if any(item_id in left for item_id in quantities):
        return None
    named = {item.order_item_id for item in said.items}
    holding = [one for one in order.packages if not named or named <= one.quantities.keys()]
    same = [one for one in holding if not quantities or one.quantities == quantities]
    return same[-1] if same else None


def _next_reference(order: Order) -> str:
    """A number that no package of an order has."""
    number = len(order.packages) + 1
    while order.package(str(number)) is not None:
        number += 1
    return str(number)
