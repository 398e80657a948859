"""What a parcel went through, in the words of Shipping: events, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel, Scan

KEPT = timedelta(days=45)
"""So long after a label was bought its events are told; of an older parcel only the last."""

_EVENTS = {
    ParcelStatus.LABEL_CREATED: "ReadyForReceive",
    ParcelStatus.ACCEPTED: "PickupDone",
    ParcelStatus.OUT_FOR_DELIVERY: "OutForDelivery",
    ParcelStatus.ATTEMPTED: "DeliveryAttempted",
    ParcelStatus.REFUSED: "Rejected",
    ParcelStatus.DELIVERED: "Delivered",
    ParcelStatus.LOST: "Lost",
    ParcelStatus.RETURNING: "ReturnInitiated",
    ParcelStatus.RETURNED: "Delivered",
    ParcelStatus.CANCELED: "PickupCancelled",
}
_STATUSES = {
    ParcelStatus.LABEL_CREATED: "PreTransit",
    ParcelStatus.ACCEPTED: "InTransit",
    ParcelStatus.IN_TRANSIT: "InTransit",
    ParcelStatus.OUT_FOR_DELIVERY: "OutForDelivery",
    ParcelStatus.ATTEMPTED: "DeliveryAttempted",
    ParcelStatus.REFUSED: "Rejected",
    ParcelStatus.DELIVERED: "Delivered",
    ParcelStatus.LOST: "Lost",
    ParcelStatus.CANCELED: "PickupCancelled",
}
_REFUSED, _UNDELIVERABLE = "Rejected", "Undeliverable"
_BACK = frozenset({ParcelStatus.RETURNING, ParcelStatus.RETURNED})


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a parcel."""

    code: str
    at: datetime
    place: str
    is_back: bool = False
    """Whether it was on its way back to its sender."""
    detail: str = ""


def history_of(parcel: Parcel) -> list[Happening]:
    """What happened to a parcel, the first of it first.

    Assumed: a parcel departs with the first scan on its way, and every other one is its arrival at a facility; what
    turns back without having been refused is told to be undeliverable first.
    """
    return list(_happenings(parcel.scans))


def status_of(parcel: Parcel) -> str:
    """What all that comes to."""
    known = _STATUSES.get(parcel.status)
    if known is not None:
        return known
    was_refused = any(scan.status is ParcelStatus.REFUSED for scan in parcel.scans)
    return _REFUSED if was_refused else _UNDELIVERABLE


def is_coming_back(parcel: Parcel) -> bool:
    """Whether a parcel is, or was, brought back to its sender."""
    return parcel.status in _BACK


def _happenings(scans: list[Scan]) -> Iterator[Happening]:
    has_departed = was_refused = False
    last: ParcelStatus | None = None
    for scan in scans:
        is_back = scan.status in _BACK
        if scan.status is last and scan.status is ParcelStatus.LABEL_CREATED:
            continue  # a plan was changed, and nobody saw the parcel
        if scan.status is ParcelStatus.IN_TRANSIT:
            code = "ArrivedAtCarrierFacility" if has_departed else "Departed"
            has_departed = True
        else:
            code = _EVENTS[scan.status]
        was_refused = was_refused or scan.status is ParcelStatus.REFUSED
        if scan.status is ParcelStatus.RETURNING and not was_refused:
            yield Happening(code=_UNDELIVERABLE, at=scan.at, place=scan.place, detail=scan.detail)
        yield Happening(code=code, at=scan.at, place=scan.place, is_back=is_back, detail=scan.detail)
        last = scan.status
