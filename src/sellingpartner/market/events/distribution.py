"""What happens in Amazon Warehousing and Distribution (AWD): units come into bulk storage, and leave it for FBA.

An inbound order and its shipment have one id. A transfer is a shipment that leaves AWD for a fulfillment center.
"""

from __future__ import annotations

from sellingpartner.storage.events import Event


class _Inbound(Event):
    """Something happened to an inbound order."""

    order_id: str


class AwdInboundDrafted(_Inbound):
    """A seller drafted an order that brings units into AWD."""


class AwdInboundChanged(_Inbound):
    """A seller changed a draft, which is checked then."""


class AwdInboundChecked(_Inbound):
    """A changed draft was checked, and is a draft again."""


class AwdInboundConfirmed(_Inbound):
    """A seller confirmed a draft: its shipment is planned."""

    center: str
    region: str


class AwdInboundCanceled(_Inbound):
    """A seller called an order off before its shipment left."""


class AwdInboundExpired(_Inbound):
    """A draft was not confirmed in time."""


class AwdInboundClosed(_Inbound):
    """The shipment of an order was closed, and the order with it."""


class _Shipment(Event):
    """Something happened to a shipment to AWD."""

    shipment_id: str


class AwdShipmentLeft(_Shipment):
    """A carrier has picked the shipment up."""


class AwdShipmentUnderWay(_Shipment):
    """The carrier told AWD that the shipment is on its way."""


class AwdShipmentDelivered(_Shipment):
    """The shipment stands in the yard of its distribution center."""


class AwdUnitsReceived(_Shipment):
    """Some of the shipment's boxes were opened."""

    sellable: int
    damaged: int


class AwdUnitsStored(Event):
    """Units of a SKU lie in a distribution center from then on."""

    sku: str
    center: str
    units: int


class AwdShipmentClosed(_Shipment):
    """No more of the shipment is received."""

    center: str
    boxes: int
    """How many boxes came."""
    missing: int
    """How many units did not."""


class AwdShipmentCanceled(_Shipment):
    """The shipment was called off with its order."""


class _Outbound(Event):
    """Something happened to an order that takes units out of AWD."""

    order_id: str
    kind: str
    """OUTBOUND or REPLENISHMENT."""


class AwdOutboundDrafted(_Outbound):
    """An order was drafted, by its seller or because FBA ran low."""

    is_automatic: bool


class AwdOutboundChanged(_Outbound):
    """A seller changed an order that is not confirmed."""


class AwdOutboundChecking(_Outbound):
    """The order is held against what there is."""


class AwdOutboundEligible(_Outbound):
    """There is enough for the order, or for some of it."""


class AwdOutboundIneligible(_Outbound):
    """The order cannot be carried out."""


class AwdOutboundConfirmed(_Outbound):
    """The order is confirmed, and its units are reserved."""


class AwdOutboundExecuting(_Outbound):
    """AWD works on the order."""


class AwdOutboundPlanned(_Outbound):
    """The order's shipments are made, and wait for their carrier."""


class AwdOutboundSucceeded(_Outbound):
    """Every shipment of the order was received."""


class AwdOutboundFailed(_Outbound):
    """A shipment of the order did not reach its destination."""


class _Transfer(Event):
    """Something happened to a shipment from AWD to a fulfillment center."""

    order_id: str
    shipment_id: str


class AwdTransferLeft(_Transfer):
    """A carrier has taken the units out of the distribution center."""


class AwdTransferDelivered(_Transfer):
    """The carrier has brought the units to the fulfillment center."""


class AwdTransferReceiving(_Transfer):
    """The fulfillment center has taken them in."""


class ReplenishmentArrived(_Transfer):
    """The units can be sold from FBA."""

    units: int
    boxes: int
    volume_mm3: int
    """The space that the boxes take."""
    is_automatic: bool


class AwdTransferClosed(_Transfer):
    """Nothing more is to be done about the shipment."""


class AwdTransferLost(_Transfer):
    """The carrier has lost the shipment."""
