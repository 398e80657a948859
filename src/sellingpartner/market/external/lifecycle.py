"""The lifecycles of a shipment from a location, of its packages, and of what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sellingpartner.market.events.external import (
    ExternalInvoiceGenerated,
    ExternalShipmentAccepted,
    ExternalShipmentCanceled,
    ExternalShipmentConfirmed,
    ExternalShipmentDelivered,
    ExternalShipmentPacked,
    ExternalShipmentShipped,
    ExternalShipmentUnpacked,
    PickupSlotsRetrieved,
    ShipLabelCanceled,
    ShipLabelsGenerated,
    ShippedOutside,
)
from sellingpartner.market.time.lifecycle import Lifecycle
from sellingpartner.storage.events import Event


class ShipmentStatus(StrEnum):
    """How far a location is with a shipment, in Amazon's words and order."""

    CREATED = "CREATED"
    ACCEPTED = "ACCEPTED"
    CONFIRMED = "CONFIRMED"
    PACKAGE_CREATED = "PACKAGE_CREATED"
    PICKUP_SLOT_RETRIEVED = "PICKUP_SLOT_RETRIEVED"
    INVOICE_GENERATED = "INVOICE_GENERATED"
    SHIPLABEL_GENERATED = "SHIPLABEL_GENERATED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"


_ENDS: Mapping[type[Event], ShipmentStatus] = {
    ExternalShipmentCanceled: ShipmentStatus.CANCELLED,
    ShippedOutside: ShipmentStatus.SHIPPED,
}
_PACKED: Mapping[type[Event], ShipmentStatus] = {
    **_ENDS,
    ExternalShipmentPacked: ShipmentStatus.PACKAGE_CREATED,
    ExternalShipmentUnpacked: ShipmentStatus.CONFIRMED,
    PickupSlotsRetrieved: ShipmentStatus.PICKUP_SLOT_RETRIEVED,
    ExternalInvoiceGenerated: ShipmentStatus.INVOICE_GENERATED,
    ShipLabelsGenerated: ShipmentStatus.SHIPLABEL_GENERATED,
}

LIFECYCLE: Lifecycle[ShipmentStatus] = {
    ShipmentStatus.CREATED: {**_ENDS, ExternalShipmentAccepted: ShipmentStatus.ACCEPTED},
    ShipmentStatus.ACCEPTED: {**_ENDS, ExternalShipmentConfirmed: ShipmentStatus.CONFIRMED},
    ShipmentStatus.CONFIRMED: {**_ENDS, ExternalShipmentPacked: ShipmentStatus.PACKAGE_CREATED},
    ShipmentStatus.PACKAGE_CREATED: _PACKED,
    ShipmentStatus.PICKUP_SLOT_RETRIEVED: _PACKED,
    # What was retrieved before the invoice was written may be retrieved again; the shipment stays where it is.
    ShipmentStatus.INVOICE_GENERATED: {**_PACKED, PickupSlotsRetrieved: ShipmentStatus.INVOICE_GENERATED},
    ShipmentStatus.SHIPLABEL_GENERATED: {
        **_ENDS,
        ExternalShipmentUnpacked: ShipmentStatus.CONFIRMED,
        ShipLabelsGenerated: ShipmentStatus.SHIPLABEL_GENERATED,
        ShipLabelCanceled: ShipmentStatus.PACKAGE_CREATED,
        ExternalShipmentShipped: ShipmentStatus.SHIPPED,
    },
    ShipmentStatus.SHIPPED: {ExternalShipmentDelivered: ShipmentStatus.DELIVERED},
    ShipmentStatus.DELIVERED: {},
    ShipmentStatus.CANCELLED: {},
}

REJECTABLE = (
    ShipmentStatus.ACCEPTED,
    ShipmentStatus.CONFIRMED,
    ShipmentStatus.PACKAGE_CREATED,
    ShipmentStatus.PICKUP_SLOT_RETRIEVED,
)
"""The states in which a seller may reject a shipment, as Amazon's example lists them."""

OPEN = tuple(status for status, facts in LIFECYCLE.items() if ShippedOutside in facts)
"""The states before anything of a shipment has left."""


class PackageStatus(StrEnum):
    """How far a location is with one package, in Amazon's words and order."""

    CREATED = "CREATED"
    PICKUP_SLOT_RETRIEVED = "PICKUP_SLOT_RETRIEVED"
    INVOICE_GENERATED = "INVOICE_GENERATED"
    SHIPLABEL_GENERATED = "SHIPLABEL_GENERATED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"


_BEFORE_THE_LABEL: Mapping[type[Event], PackageStatus] = {
    PickupSlotsRetrieved: PackageStatus.PICKUP_SLOT_RETRIEVED,
    ExternalInvoiceGenerated: PackageStatus.INVOICE_GENERATED,
    ShipLabelsGenerated: PackageStatus.SHIPLABEL_GENERATED,
    ExternalShipmentPacked: PackageStatus.CREATED,
    ExternalShipmentCanceled: PackageStatus.CANCELLED,
}

PACKAGE: Lifecycle[PackageStatus] = {
    PackageStatus.CREATED: _BEFORE_THE_LABEL,
    PackageStatus.PICKUP_SLOT_RETRIEVED: _BEFORE_THE_LABEL,
    PackageStatus.INVOICE_GENERATED: {
        **_BEFORE_THE_LABEL,
        PickupSlotsRetrieved: PackageStatus.INVOICE_GENERATED,
    },
    PackageStatus.SHIPLABEL_GENERATED: {
        ShipLabelsGenerated: PackageStatus.SHIPLABEL_GENERATED,
        ShipLabelCanceled: PackageStatus.CREATED,
        ExternalShipmentShipped: PackageStatus.SHIPPED,
        ExternalShipmentCanceled: PackageStatus.CANCELLED,
    },
    PackageStatus.SHIPPED: {ExternalShipmentDelivered: PackageStatus.DELIVERED},
    PackageStatus.DELIVERED: {},
    PackageStatus.CANCELLED: {},
}
"""A package goes by the same facts as its shipment, which follows when all its packages have come so far."""


class ReturnStatus(StrEnum):
    """Where what comes back is, in Amazon's words."""

    CREATED = "CREATED"
    NOTIFIED = "CARRIER_NOTIFIED_TO_PICK_UP_FROM_CUSTOMER"
    OUT_FOR_PICK_UP = "CARRIER_OUT_FOR_PICK_UP_FROM_CUSTOMER"
    PICKED = "PICKED_FROM_CUSTOMER"
    DROPPED_OFF = "CUSTOMER_DROPPED_OFF"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    DELIVERED = "DELIVERED"
    PARTIALLY_PROCESSED = "PARTIALLY_PROCESSED"
    PROCESSED = "PROCESSED"


_COMING = frozenset({ReturnStatus.IN_TRANSIT, ReturnStatus.OUT_FOR_DELIVERY, ReturnStatus.DELIVERED})
_HANDED_OVER = frozenset({ReturnStatus.PICKED, ReturnStatus.DROPPED_OFF, ReturnStatus.DELIVERED})

RETURN: Mapping[ReturnStatus, frozenset[ReturnStatus]] = {
    # What a buyer refused is on its way at once; the rest waits to be fetched, or is brought.
    ReturnStatus.CREATED: _HANDED_OVER | {ReturnStatus.NOTIFIED, ReturnStatus.IN_TRANSIT},
    ReturnStatus.NOTIFIED: _HANDED_OVER | {ReturnStatus.OUT_FOR_PICK_UP},
    ReturnStatus.OUT_FOR_PICK_UP: _HANDED_OVER,
    ReturnStatus.PICKED: _COMING,
    ReturnStatus.DROPPED_OFF: _COMING,
    ReturnStatus.IN_TRANSIT: _COMING - {ReturnStatus.IN_TRANSIT},
    ReturnStatus.OUT_FOR_DELIVERY: frozenset({ReturnStatus.DELIVERED}),
    ReturnStatus.DELIVERED: frozenset({ReturnStatus.PARTIALLY_PROCESSED, ReturnStatus.PROCESSED}),
    ReturnStatus.PARTIALLY_PROCESSED: frozenset({ReturnStatus.PROCESSED}),
    ReturnStatus.PROCESSED: frozenset(),
}
"""Where it may be next."""
