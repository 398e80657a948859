"""updateOrderStatus and updatePackage: what works in a sandbox alone."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2026_07_04 import UpdateOrderStatus, UpdatePackage
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.outbound.commands import move_package, set_status
from sellingpartner.market.outbound.lifecycle import FulfillmentStatus
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.words import meant
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_STATUSES = {
    "PROCESSING": FulfillmentStatus.PROCESSING,
    "COMPLETE": FulfillmentStatus.COMPLETE,
    "COMPLETE_PARTIAL": FulfillmentStatus.COMPLETE_PARTIALLED,
    "CANCELLED": FulfillmentStatus.CANCELED,
    "UNFULFILLABLE": FulfillmentStatus.UNFULFILLABLE,
    "INVALID": FulfillmentStatus.INVALID,
}
_MOVES = {
    "IN_TRANSIT": ParcelStatus.IN_TRANSIT,
    "OUT_FOR_DELIVERY": ParcelStatus.OUT_FOR_DELIVERY,
    "DELIVERED": ParcelStatus.DELIVERED,
    "UNDELIVERABLE": ParcelStatus.LOST,
}


@handles(UpdateOrderStatus)
def update_order_status(unit: UnitOfWork, request: UpdateOrderStatus) -> NoContent:
    """Have an order be where a test wants it."""
    status = meant(request.status, _STATUSES, "status", FulfillmentStatus.PROCESSING)
    set_status(unit, request.order_id, status, "updateOrderStatus")
    return NoContent()


@handles(UpdatePackage)
def update_package(unit: UnitOfWork, request: UpdatePackage) -> NoContent:
    """Have a package be somewhere on its way.

    Differs: a package's tracking and the time of its delivery follow from where it is, and cannot be said; nor can
    DELAYED, which is what is late, nor PROCESSING and EXPIRED, which no package that has left can become.
    """
    if request.tracking is not None or request.delivery_time is not None:
        message = "tracking and deliveryTime follow from the status of a package here; leave them out."
        raise InvalidInput(message)
    status = meant(request.status, _MOVES, "status", ParcelStatus.IN_TRANSIT)
    move_package(unit, request.order_id, request.package_id, status, "updatePackage")
    return NoContent()
