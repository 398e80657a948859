"""The lifecycles of AWD: orders and shipments on their way in, orders and shipments on their way out."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.market.events.distribution import (
    AwdInboundCanceled,
    AwdInboundChanged,
    AwdInboundChecked,
    AwdInboundClosed,
    AwdInboundConfirmed,
    AwdInboundExpired,
    AwdOutboundChanged,
    AwdOutboundChecking,
    AwdOutboundConfirmed,
    AwdOutboundEligible,
    AwdOutboundExecuting,
    AwdOutboundFailed,
    AwdOutboundIneligible,
    AwdOutboundPlanned,
    AwdOutboundSucceeded,
    AwdShipmentCanceled,
    AwdShipmentClosed,
    AwdShipmentDelivered,
    AwdShipmentLeft,
    AwdShipmentUnderWay,
    AwdTransferClosed,
    AwdTransferDelivered,
    AwdTransferLeft,
    AwdTransferLost,
    AwdTransferReceiving,
    AwdUnitsReceived,
    ReplenishmentArrived,
)
from sellingpartner.market.time.lifecycle import Lifecycle
from sellingpartner.storage.events import Event


class InboundStatus(StrEnum):
    """Where an order stands that brings units into AWD."""

    DRAFT = "DRAFT"
    VALIDATING = "VALIDATING"
    CONFIRMED = "CONFIRMED"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    CANCELED = "CANCELLED"  # spelled as the API spells it


INBOUND: Lifecycle[InboundStatus] = {
    InboundStatus.DRAFT: {
        AwdInboundChanged: InboundStatus.VALIDATING,
        AwdInboundConfirmed: InboundStatus.CONFIRMED,
        AwdInboundCanceled: InboundStatus.CANCELED,
        AwdInboundExpired: InboundStatus.EXPIRED,
    },
    InboundStatus.VALIDATING: {AwdInboundChecked: InboundStatus.DRAFT},
    InboundStatus.CONFIRMED: {
        AwdInboundCanceled: InboundStatus.CANCELED,
        AwdInboundClosed: InboundStatus.CLOSED,
    },
    InboundStatus.CLOSED: {},
    InboundStatus.EXPIRED: {},
    InboundStatus.CANCELED: {},
}


class ShipmentStatus(StrEnum):
    """Where a shipment to AWD is."""

    CREATED = "CREATED"
    SHIPPED = "SHIPPED"
    IN_TRANSIT = "IN_TRANSIT"
    DELIVERED = "DELIVERED"
    RECEIVING = "RECEIVING"
    CLOSED = "CLOSED"
    CANCELED = "CANCELLED"


SHIPMENT: Lifecycle[ShipmentStatus] = {
    ShipmentStatus.CREATED: {
        AwdShipmentLeft: ShipmentStatus.SHIPPED,
        AwdShipmentCanceled: ShipmentStatus.CANCELED,
    },
    ShipmentStatus.SHIPPED: {AwdShipmentUnderWay: ShipmentStatus.IN_TRANSIT},
    ShipmentStatus.IN_TRANSIT: {AwdShipmentDelivered: ShipmentStatus.DELIVERED},
    ShipmentStatus.DELIVERED: {AwdUnitsReceived: ShipmentStatus.RECEIVING},
    ShipmentStatus.RECEIVING: {
        AwdUnitsReceived: ShipmentStatus.RECEIVING,
        AwdShipmentClosed: ShipmentStatus.CLOSED,
    },
    ShipmentStatus.CLOSED: {},
    ShipmentStatus.CANCELED: {},
}


class OutboundStatus(StrEnum):
    """Where an order stands that takes units out of AWD."""

    DRAFT = "DRAFT"
    VALIDATING = "VALIDATING"
    ELIGIBLE = "ELIGIBLE"
    INELIGIBLE = "INELIGIBLE"
    CONFIRMED = "CONFIRMED"
    EXECUTING = "EXECUTING"
    INVENTORY_OUTBOUND = "INVENTORY_OUTBOUND"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


OUTBOUND: Lifecycle[OutboundStatus] = {
    OutboundStatus.DRAFT: {
        AwdOutboundChanged: OutboundStatus.VALIDATING,
        AwdOutboundChecking: OutboundStatus.VALIDATING,
    },
    OutboundStatus.VALIDATING: {
        AwdOutboundEligible: OutboundStatus.ELIGIBLE,
        AwdOutboundIneligible: OutboundStatus.INELIGIBLE,
    },
    OutboundStatus.ELIGIBLE: {
        AwdOutboundChanged: OutboundStatus.VALIDATING,
        AwdOutboundConfirmed: OutboundStatus.CONFIRMED,
    },
    OutboundStatus.INELIGIBLE: {AwdOutboundChanged: OutboundStatus.VALIDATING},
    OutboundStatus.CONFIRMED: {AwdOutboundExecuting: OutboundStatus.EXECUTING},
    OutboundStatus.EXECUTING: {AwdOutboundPlanned: OutboundStatus.INVENTORY_OUTBOUND},
    OutboundStatus.INVENTORY_OUTBOUND: {
        AwdOutboundSucceeded: OutboundStatus.SUCCESS,
        AwdOutboundFailed: OutboundStatus.FAILURE,
    },
    OutboundStatus.SUCCESS: {},
    OutboundStatus.FAILURE: {},
}


class TransferStatus(StrEnum):
    """Where a shipment from AWD to a fulfillment center is."""

    CREATED = "CREATED"
    IN_TRANSIT = "IN_TRANSIT"
    DELIVERED = "DELIVERED"
    RECEIVING = "RECEIVING"
    RECEIVED = "RECEIVED"
    CLOSED = "CLOSED"
    FAILED = "FAILED"


TRANSFER: Lifecycle[TransferStatus] = {
    TransferStatus.CREATED: {AwdTransferLeft: TransferStatus.IN_TRANSIT},
    TransferStatus.IN_TRANSIT: {
        AwdTransferDelivered: TransferStatus.DELIVERED,
        AwdTransferLost: TransferStatus.FAILED,
    },
    TransferStatus.DELIVERED: {AwdTransferReceiving: TransferStatus.RECEIVING},
    TransferStatus.RECEIVING: {ReplenishmentArrived: TransferStatus.RECEIVED},
    TransferStatus.RECEIVED: {AwdTransferClosed: TransferStatus.CLOSED},
    TransferStatus.CLOSED: {},
    TransferStatus.FAILED: {},
}

DEEDS: dict[type[Event], str] = {
    AwdInboundChanged: "be changed",
    AwdInboundChecked: "be checked",
    AwdInboundConfirmed: "be confirmed",
    AwdInboundCanceled: "be canceled",
    AwdInboundExpired: "expire",
    AwdInboundClosed: "be closed",
    AwdShipmentLeft: "be shipped",
    AwdShipmentUnderWay: "be on its way",
    AwdShipmentDelivered: "be delivered",
    AwdUnitsReceived: "be received",
    AwdShipmentClosed: "be closed",
    AwdShipmentCanceled: "be canceled",
    AwdOutboundChanged: "be changed",
    AwdOutboundChecking: "be checked",
    AwdOutboundEligible: "be found eligible",
    AwdOutboundIneligible: "be found ineligible",
    AwdOutboundConfirmed: "be confirmed",
    AwdOutboundExecuting: "be carried out",
    AwdOutboundPlanned: "have its shipments made",
    AwdOutboundSucceeded: "succeed",
    AwdOutboundFailed: "fail",
    AwdTransferLeft: "leave",
    AwdTransferDelivered: "be delivered",
    AwdTransferReceiving: "be taken in",
    ReplenishmentArrived: "be received",
    AwdTransferClosed: "be closed",
    AwdTransferLost: "be lost",
}
"""What becomes of an order or a shipment by each fact, as a refusal says it: `to be confirmed it must be DRAFT`."""
