"""The lifecycles of a bought label and of a parcel."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class LabelStatus(StrEnum):
    """Where a bought label stands."""

    PURCHASED = "Purchased"
    REFUND_PENDING = "RefundPending"
    REFUND_REJECTED = "RefundRejected"
    REFUND_APPLIED = "RefundApplied"


LABEL: Mapping[LabelStatus, frozenset[LabelStatus]] = {
    LabelStatus.PURCHASED: frozenset({LabelStatus.REFUND_PENDING}),
    LabelStatus.REFUND_PENDING: frozenset({LabelStatus.REFUND_APPLIED, LabelStatus.REFUND_REJECTED}),
    LabelStatus.REFUND_REJECTED: frozenset(),
    LabelStatus.REFUND_APPLIED: frozenset(),
}


class ParcelStatus(StrEnum):
    """Where a parcel is, as its carrier tells."""

    LABEL_CREATED = "LabelCreated"
    ACCEPTED = "Accepted"
    IN_TRANSIT = "InTransit"
    OUT_FOR_DELIVERY = "OutForDelivery"
    ATTEMPTED = "DeliveryAttempted"
    REFUSED = "Refused"
    DELIVERED = "Delivered"
    LOST = "Lost"
    RETURNING = "Returning"
    RETURNED = "Returned"
    CANCELED = "Canceled"


_WAY = frozenset({ParcelStatus.LOST, ParcelStatus.RETURNING, ParcelStatus.DELIVERED, ParcelStatus.OUT_FOR_DELIVERY})
_DOOR = _WAY | {ParcelStatus.IN_TRANSIT, ParcelStatus.ATTEMPTED, ParcelStatus.REFUSED}

PARCEL: Mapping[ParcelStatus, frozenset[ParcelStatus]] = {
    ParcelStatus.LABEL_CREATED: frozenset({ParcelStatus.ACCEPTED, ParcelStatus.CANCELED}),
    ParcelStatus.ACCEPTED: _WAY | {ParcelStatus.IN_TRANSIT},
    ParcelStatus.IN_TRANSIT: _WAY | {ParcelStatus.IN_TRANSIT},
    ParcelStatus.OUT_FOR_DELIVERY: _DOOR,
    ParcelStatus.ATTEMPTED: _DOOR,
    ParcelStatus.REFUSED: frozenset({ParcelStatus.RETURNING, ParcelStatus.LOST}),
    ParcelStatus.RETURNING: frozenset({ParcelStatus.RETURNED, ParcelStatus.LOST}),
    ParcelStatus.DELIVERED: frozenset(),
    ParcelStatus.LOST: frozenset(),
    ParcelStatus.RETURNED: frozenset(),
    ParcelStatus.CANCELED: frozenset(),
}
"""A parcel that is lost may have been anywhere; one that is scanned out may go back into transit for another try.

At the door nobody may be there, or its recipient may refuse it: then it goes back."""

HANDED_OVER = frozenset(ParcelStatus) - {ParcelStatus.LABEL_CREATED, ParcelStatus.CANCELED}
"""The states in which the carrier has, or had, the parcel."""
