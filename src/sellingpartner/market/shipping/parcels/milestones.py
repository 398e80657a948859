"""The milestones of a parcel: what the Tracking API, and those whom it notifies, are told of its scans.

Assumed: which scan is which milestone, and which detail of a scan is which sub code. A label that is made or given
back is none.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan

_MILESTONES = {
    ParcelStatus.ACCEPTED: ("CARRIER_RECEIVED_SHIPMENT", "The carrier has the parcel"),
    ParcelStatus.IN_TRANSIT: ("SHIPPED", "The parcel is under way"),
    ParcelStatus.OUT_FOR_DELIVERY: ("OUT_FOR_DELIVERY", "The parcel is on its last way"),
    ParcelStatus.ATTEMPTED: ("DELIVERY_ATTEMPTED", "Nobody was there to take the parcel"),
    ParcelStatus.REFUSED: ("RECIPIENT_REFUSED_DELIVERY", "The recipient refused the parcel"),
    ParcelStatus.DELIVERED: ("DELIVERED", "The parcel was delivered"),
    ParcelStatus.LOST: ("LOST", "The parcel was given up as lost"),
    ParcelStatus.RETURNING: ("UNDELIVERABLE", "The parcel could not be delivered and goes back"),
    ParcelStatus.RETURNED: ("RETURNED", "The parcel is back at its sender"),
}
_SUB_CODES = {
    "DeliveredToPorch": "PORCH",
    "DeliveredToMailRoom": "MAIL_ROOM",
    "DeliveredToReceptionist": "RECEPTION",
    "DeliveredToNeighbor": "NEIGHBOR",
    "Signed": "SIGNED",
    "Rejected": "CUSTOMER_REFUSAL",
    "AddressNotFound": "INVALID_ADDRESS",
    "UnableToAccess": "NO_ACCESS",
}


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a parcel."""

    code: str
    said: str
    at: datetime
    place: str = ""
    """Where, as carriers write it."""
    sub_code: str | None = None


def is_milestone(status: ParcelStatus) -> bool:
    """Whether a state of a parcel is told of."""
    return status in _MILESTONES


def milestones_of(parcel: Parcel) -> list[Milestone]:
    """What happened to a parcel, the last of it first."""
    return [_milestone(scan) for scan in reversed(parcel.scans) if is_milestone(scan.status)]


def _milestone(scan: Scan) -> Milestone:
    code, said = _MILESTONES[scan.status]
    return Milestone(code=code, said=said, at=scan.at, place=scan.place, sub_code=_SUB_CODES.get(scan.detail))
