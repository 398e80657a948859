"""What happens to labels and parcels.

A parcel is known by its order and, where a label was bought for it in this market, by its shipment.
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.storage.events import Event


class LabelBought(Event):
    """A seller bought a label."""

    order_id: str | None
    shipment_id: str
    carrier: str
    service: str
    cost_minor: int
    currency: str
    tracking_id: str


class LabelVoided(Event):
    """A seller gave a label back, or its order was canceled; whether its price comes back is decided later."""

    order_id: str | None
    shipment_id: str
    carrier: str
    tracking_id: str


class LabelRefunded(Event):
    """The carrier decided about a label that was given back; of a refusal the amount is zero."""

    order_id: str | None
    shipment_id: str
    carrier: str
    refunded_minor: int
    currency: str
    is_refused: bool


class LabelAdjusted(Event):
    """The carrier weighed or measured a parcel and asks for more than its label cost."""

    order_id: str | None
    shipment_id: str
    carrier: str
    added_minor: int
    currency: str
    tracking_id: str | None


class ParcelMoved(Event):
    """A carrier scanned a parcel."""

    parcel_id: str
    shipment_id: str | None
    order_id: str | None
    package_reference: str | None
    carrier: str
    tracking_id: str | None
    status: str
    at: datetime
    place: str


class ParcelLost(Event):
    """A carrier gave a parcel up."""

    shipment_id: str | None
    order_id: str | None
    package_reference: str | None
    tracking_id: str | None


class ParcelReturned(Event):
    """A parcel that could not be delivered came back to its sender."""

    shipment_id: str | None
    order_id: str | None
    package_reference: str | None
    tracking_id: str | None


class PickupScheduled(Event):
    """An Easy Ship package is to be handed over in a time slot."""

    order_id: str
    package_id: str
    method: str
    starts_at: datetime
    ends_at: datetime
    is_rescheduled: bool


class EasyShipMoved(Event):
    """An order's Easy Ship package changed its state."""

    order_id: str
    package_id: str
    status: str


class CarrierAccountLinked(Event):
    """A seller linked an account of its own with a carrier."""

    account_id: str
    carrier: str
    country: str


class CarrierAccountUnlinked(Event):
    """A seller's own account with a carrier pays for no more labels."""

    account_id: str
    carrier: str
    country: str


class CollectionFormMade(Event):
    """A seller had a sheet made of the parcels that a carrier is to be handed."""

    form_id: str
    carrier: str
    parcels: int


class NonDeliveryAnswered(Event):
    """A seller said what is to become of a parcel that could not be delivered."""

    shipment_id: str
    order_id: str | None
    tracking_id: str
    action: str


class ClaimFiled(Event):
    """A seller claims compensation for a parcel."""

    claim_id: str
    shipment_id: str
    order_id: str | None
    reason: str
    settlement: str


class ClaimDecided(Event):
    """It is decided about a claim; of one that is declined, or is settled by a certificate, nothing is paid."""

    claim_id: str
    shipment_id: str
    order_id: str | None
    is_accepted: bool
    paid_minor: int
    currency: str
    reason: str
