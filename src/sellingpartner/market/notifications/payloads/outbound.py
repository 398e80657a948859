"""FULFILLMENT_ORDER_STATUS: what becomes of multi-channel orders, of their shipments, and of what comes back.

Assumed: what an event is about is its EventType (Order, Shipment, Return), and statuses are spelled as in 2020-07-01;
Amazon's published example has made-up values.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sellingpartner.contract.notifications import fulfillment_order_status as wire
from sellingpartner.market.events.outbound import (
    FulfillmentBegun,
    FulfillmentCanceled,
    FulfillmentCompleted,
    FulfillmentFact,
    FulfillmentOrderReceived,
    FulfillmentOrderRefused,
    FulfillmentPartlyCompleted,
    FulfillmentPlanned,
    FulfillmentReturnReceived,
    FulfillmentShipmentDropped,
    FulfillmentShipped,
    FulfillmentUnfulfillable,
)
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on

_TYPE = "FULFILLMENT_ORDER_STATUS"
_SHIPPED = "SHIPPED"

# Assumed: an order that comes in is told of as one whose status changed.
_CHANGES: tuple[type[FulfillmentFact], ...] = (
    FulfillmentOrderReceived,
    FulfillmentOrderRefused,
    FulfillmentPlanned,
    FulfillmentBegun,
    FulfillmentCompleted,
    FulfillmentPartlyCompleted,
    FulfillmentCanceled,
    FulfillmentUnfulfillable,
)


def tell_of_status(unit: UnitOfWork, fact: FulfillmentFact) -> None:
    """The status of an order is another."""
    tell(unit, _TYPE, partial(_content, unit, fact, "Order"))


for _kind in _CHANGES:
    on(_kind)(tell_of_status)


@on(FulfillmentShipped)
def tell_of_shipment(unit: UnitOfWork, fact: FulfillmentShipped) -> None:
    """A shipment left its center."""
    package = wire.FulfillmentShipmentPackage(
        package_number=fact.package_number,
        carrier_code=fact.carrier,
        tracking_number=fact.tracking_number,
    )
    shipment = _shipment(fact.shipment_id, _SHIPPED, fact.arrives_at, [package])
    tell(unit, _TYPE, partial(_content, unit, fact, "Shipment", shipment=shipment))


@on(FulfillmentShipmentDropped)
def tell_of_dropped_shipment(unit: UnitOfWork, fact: FulfillmentShipmentDropped) -> None:
    """A shipment will not leave.

    Assumed: the moment is told for the arrival of a shipment that will not arrive: the published form asks for one.
    """
    shipment = _shipment(fact.shipment_id, fact.shipment_status, unit.now, [])
    tell(unit, _TYPE, partial(_content, unit, fact, "Shipment", shipment=shipment))


@on(FulfillmentReturnReceived)
def tell_of_return(unit: UnitOfWork, fact: FulfillmentReturnReceived) -> None:
    """Units came back."""
    returned = wire.FulfillmentReturnItem(
        received_date_time=unit.now, returned_quantity=fact.quantity, seller_sku=fact.sku
    )
    tell(unit, _TYPE, partial(_content, unit, fact, "Return", returned=returned))


def _content(
    unit: UnitOfWork,
    fact: FulfillmentFact,
    event_type: str,
    *,
    shipment: wire.FulfillmentShipment | None = None,
    returned: wire.FulfillmentReturnItem | None = None,
) -> wire.FulfillmentOrderStatusNotification:
    return wire.FulfillmentOrderStatusNotification(
        seller_id=unit.seller_id,
        event_type=event_type,
        status_updated_date_time=unit.now,
        seller_fulfillment_order_id=fact.fulfillment_order_id,
        fulfillment_order_status=fact.status,
        fulfillment_shipment=shipment,
        fulfillment_return_item=returned,
    )


def _shipment(
    shipment_id: str, status: str, arrives_at: datetime, packages: list[wire.FulfillmentShipmentPackage]
) -> wire.FulfillmentShipment:
    return wire.FulfillmentShipment(
        fulfillment_shipment_status=status,
        amazon_shipment_id=shipment_id,
        estimated_arrival_date_time=arrives_at,
        fulfillment_shipment_packages=packages,
    )
