"""ORDER_CHANGE and FBA_OUTBOUND_SHIPMENT_STATUS: what becomes of orders."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from msgspec import structs

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.notifications import order_change as wire
from sellingpartner.contract.notifications.fba_outbound_shipment_status import FBAOutboundShipmentStatusNotification
from sellingpartner.market.events.invoicing import (
    InvoiceAccepted,
    InvoiceRefused,
    InvoiceSubmitted,
    ShipmentAwaitsInvoice,
)
from sellingpartner.market.events.orders import (
    CancellationRequested,
    InvoiceAwaited,
    InvoiceConfirmed,
    OrderCanceled,
    OrderPaid,
    OrderPlaced,
    OrderShipped,
    OrderUnfulfillable,
    PackageShipped,
    PreorderReleased,
)
from sellingpartner.market.events.shipping import EasyShipMoved
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.notifications.filters import Facets
from sellingpartner.market.notifications.telling import tell
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork, on

_BRAZIL = BY_COUNTRY["BR"].marketplace_id
_STATUS = Facets(order_change_type=wire.OrderChangeType.ORDER_STATUS_CHANGE.value)
_BUYER = Facets(order_change_type=wire.OrderChangeType.BUYER_REQUESTED_CHANGE.value)
_HIDES_DELIVERY = frozenset({OrderStatus.PENDING_AVAILABILITY, OrderStatus.PENDING, OrderStatus.CANCELED})

Changed = (
    OrderPlaced
    | PreorderReleased
    | OrderPaid
    | OrderShipped
    | InvoiceAwaited
    | InvoiceConfirmed
    | OrderCanceled
    | OrderUnfulfillable
)
Invoiced = InvoiceSubmitted | InvoiceAccepted | InvoiceRefused


def tell_of_status(unit: UnitOfWork, fact: Changed) -> None:
    """The status of an order is another."""
    tell(unit, "ORDER_CHANGE", partial(_status_change, unit, fact), facets=_STATUS)


# Assumed: an order that is placed counts as a change of its status, to Pending.
_CHANGES: tuple[type[Changed], ...] = (
    OrderPlaced,
    PreorderReleased,
    OrderPaid,
    OrderShipped,
    InvoiceAwaited,
    InvoiceConfirmed,
    OrderCanceled,
    OrderUnfulfillable,
)
for _kind in _CHANGES:
    on(_kind)(tell_of_status)


@on(PackageShipped)
def tell_of_package(unit: UnitOfWork, fact: PackageShipped) -> None:
    """A part of an order left; of the last part OrderShipped tells.

    Assumed: each package of an order that ships in several is told of, also where the status stays PartiallyShipped.
    """
    tell(unit, "ORDER_CHANGE", partial(_partial_shipment, unit, fact.order_id), facets=_STATUS)
    # Assumed: the shipments that are told of are those of FBA Onsite, which is Brazil's; and the status of one that
    # was made is Created.
    if fact.marketplace_id == _BRAZIL and fact.channel == FulfillmentChannel.AFN.value:
        shipment_id = f"{fact.order_id}-{fact.package_reference}"
        if not order_of(unit, fact.order_id).ships_after_invoice:  # of one that waited its seller was told then
            tell(unit, "FBA_OUTBOUND_SHIPMENT_STATUS", partial(_shipment, unit, fact.order_id, shipment_id))


@on(CancellationRequested)
def tell_of_wish(unit: UnitOfWork, fact: CancellationRequested) -> None:
    """The buyer asks the seller to cancel."""
    tell(unit, "ORDER_CHANGE", partial(_buyers_wish, unit, fact.order_id), facets=_BUYER)


@on(EasyShipMoved)
def tell_of_easy_ship(unit: UnitOfWork, fact: EasyShipMoved) -> None:
    """The package of an Easy Ship order is somewhere else.

    Assumed: this is told as a change of the order's status; Amazon publishes the state of the package in the summary,
    and not when it is sent.
    """
    tell(unit, "ORDER_CHANGE", partial(_easy_ship_change, unit, fact), facets=_STATUS)


def tell_of_invoice(unit: UnitOfWork, fact: Invoiced) -> None:
    """Tell that the electronic invoice of an order is somewhere else than before.

    Assumed: this is told as a change of the order's status, as the summary names the status of the invoice.
    """
    tell(unit, "ORDER_CHANGE", partial(_invoice_change, unit, fact.order_id), facets=_STATUS)


_INVOICED: tuple[type[Invoiced], ...] = (InvoiceSubmitted, InvoiceAccepted, InvoiceRefused)
for _invoiced in _INVOICED:
    on(_invoiced)(tell_of_invoice)


@on(ShipmentAwaitsInvoice)
def tell_of_waiting(unit: UnitOfWork, fact: ShipmentAwaitsInvoice) -> None:
    """Tell which shipment waits for its seller's invoice."""
    tell(unit, "FBA_OUTBOUND_SHIPMENT_STATUS", partial(_shipment, unit, fact.order_id, fact.shipment_id))


def _invoice_change(unit: UnitOfWork, order_id: str) -> wire.OrderChangeNotification:
    order = order_of(unit, order_id)
    status = "" if order.invoice_status is None else order.invoice_status.value
    return _notification(unit, order, wire.OrderChangeType.ORDER_STATUS_CHANGE, f"Invoice{status}")


def _easy_ship_change(unit: UnitOfWork, fact: EasyShipMoved) -> wire.OrderChangeNotification:
    order = structs.replace(order_of(unit, fact.order_id), easy_ship_status=fact.status)
    return _notification(unit, order, wire.OrderChangeType.ORDER_STATUS_CHANGE, fact.status)


def _status_change(unit: UnitOfWork, fact: Changed) -> wire.OrderChangeNotification:
    order = order_of(unit, fact.order_id)
    if isinstance(fact, OrderPlaced):  # one that is paid at once is kept as it stands after that
        order = structs.replace(order, status=OrderStatus(fact.status))
    # Assumed: the reason of a change of status is the status; Amazon's words for it are not published.
    return _notification(unit, order, wire.OrderChangeType.ORDER_STATUS_CHANGE, order.status.value)


def _partial_shipment(unit: UnitOfWork, order_id: str) -> wire.OrderChangeNotification | None:
    order = order_of(unit, order_id)
    if order.status is not OrderStatus.PARTIALLY_SHIPPED:
        return None
    return _notification(unit, order, wire.OrderChangeType.ORDER_STATUS_CHANGE, order.status.value)


def _buyers_wish(unit: UnitOfWork, order_id: str) -> wire.OrderChangeNotification:
    order = order_of(unit, order_id)
    return _notification(unit, order, wire.OrderChangeType.BUYER_REQUESTED_CHANGE, "Buyer Requested Cancel")


def _shipment(unit: UnitOfWork, order_id: str, shipment_id: str) -> FBAOutboundShipmentStatusNotification:
    return FBAOutboundShipmentStatusNotification(
        seller_id=unit.seller_id,
        amazon_order_id=order_id,
        amazon_shipment_id=shipment_id,
        shipment_status="Created",
    )


def _notification(
    unit: UnitOfWork, order: Order, kind: wire.OrderChangeType, reason: str
) -> wire.OrderChangeNotification:
    return wire.OrderChangeNotification(
        notification_level=wire.NotificationLevel.ORDER_LEVEL,
        seller_id=unit.seller_id,
        amazon_order_id=order.order_id,
        order_change_type=kind,
        order_change_trigger=wire.OrderChangeTrigger(time_of_order_change=unit.now, change_reason=reason),
        summary=_summary(order),
    )


def _summary(order: Order) -> wire.Summary:
    is_sellers = order.channel is FulfillmentChannel.MFN
    programs, shipping = _programs(order)
    return wire.Summary(
        marketplace_id=order.marketplace_id,
        order_status=wire.OrderStatus(order.status.value),
        purchase_date=order.purchased_at,
        # An order that is not paid hides where it goes, here as in the Orders API.
        destination_postal_code=None if order.is_unpaid else order.address.postal_code,
        fulfillment_type=wire.FulfillmentType(order.channel.value),
        order_type=wire.OrderType(order.order_type.value),
        number_of_items_shipped=order.quantity_shipped,
        number_of_items_unshipped=order.quantity_unshipped,
        earliest_delivery_date=order.earliest_delivery_at if is_sellers else None,
        latest_delivery_date=_latest_delivery(order) if is_sellers else None,
        earliest_ship_date=order.earliest_ship_at,
        latest_ship_date=order.latest_ship_at,
        order_programs=programs or None,
        shipping_programs=shipping or None,
        easy_ship_shipment_status=(
            None if order.easy_ship_status is None else wire.EasyShipShipmentStatus(order.easy_ship_status)
        ),
        electronic_invoice_status=(
            None if order.invoice_status is None else wire.ElectronicInvoiceStatus(order.invoice_status.value)
        ),
        order_items=[_item(order, item) for item in order.items],
    )


def _latest_delivery(order: Order) -> datetime | None:
    return None if order.status in _HIDES_DELIVERY else order.latest_delivery_at


def _programs(order: Order) -> tuple[list[wire.OrderProgram], list[wire.ShippingProgram]]:
    programs = [
        (wire.OrderProgram.BUSINESS, order.is_business),
        (wire.OrderProgram.PRIME, order.is_prime),
        (wire.OrderProgram.PREMIUM, order.is_premium),
        (wire.OrderProgram.REPLACEMENT, order.replaces_order_id is not None),
    ]
    shipping = [
        (wire.ShippingProgram.GLOBAL_EXPRESS, order.is_global_express),
        (wire.ShippingProgram.ISPU, order.is_store_pickup),
        (wire.ShippingProgram.ACCESS_POINT, order.is_access_point),
        (wire.ShippingProgram.EASY_SHIP, order.easy_ship_status is not None),
    ]
    return [name for name, holds in programs if holds], [name for name, holds in shipping if holds]


def _item(order: Order, item: OrderItem) -> wire.OrderItem:
    is_shipped = item.unshipped == 0 and item.shipped > 0
    return wire.OrderItem(
        order_item_id=item.order_item_id,
        seller_sku=item.sku,
        supply_source_id=order.supply_source_id,
        order_item_status=wire.OrderItemStatus.SHIPPED if is_shipped else wire.OrderItemStatus.UNSHIPPED,
        quantity=item.quantity,
        quantity_shipped=item.shipped,
        is_buyer_requested_cancel=order.cancellation_request is not None,
    )
