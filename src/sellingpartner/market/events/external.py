"""What happens to shipments that a seller's own location fulfills, and to what comes back to it."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class ExternalShipmentFact(Event):
    """Something happened to a shipment; which, its class tells."""

    shipment_id: str
    order_id: str
    supply_source_id: str


class ExternalShipmentCreated(ExternalShipmentFact):
    """A location is to ship what a buyer has paid for."""


class ExternalShipmentAccepted(ExternalShipmentFact):
    """The units are assigned to it, so that the seller may begin."""


class ExternalShipmentConfirmed(ExternalShipmentFact):
    """The seller will fulfill it."""


class ExternalShipmentPacked(ExternalShipmentFact):
    """The seller said which packages it is, or said another thing of one of them."""


class ExternalShipmentUnpacked(ExternalShipmentFact):
    """Units that were packed were canceled, so that the packages are to be told anew."""


class PickupSlotsRetrieved(ExternalShipmentFact):
    """The seller asked when all its packages may be fetched."""


class ExternalInvoiceGenerated(ExternalShipmentFact):
    """Its invoice was written."""


class ShipLabelsGenerated(ExternalShipmentFact):
    """All its packages have labels."""


class ShipLabelCanceled(ExternalShipmentFact):
    """The label of one of its packages was given back."""


class ExternalShipmentShipped(ExternalShipmentFact):
    """Its last package has left."""


class ShippedOutside(ExternalShipmentFact):
    """Its units have left in another way: the seller confirmed the order itself."""


class ExternalShipmentDelivered(ExternalShipmentFact):
    """Its last package reached the buyer."""


class ExternalShipmentCanceled(ExternalShipmentFact):
    """It will not be fulfilled from there."""

    canceled_by: str
    moved_to: str | None = None
    """The supply source that ships the order in its place."""


class ExternalReturnMoved(Event):
    """What a buyer sends back to a location is somewhere else than before."""

    external_return_id: str
    order_id: str
    sku: str
    status: str
