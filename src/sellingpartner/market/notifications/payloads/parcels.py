"""SHIPMENT_TRACKING_MILESTONE_CHANGED: where a parcel is, and where it was before.

Differs: a milestone has no location. The type needs no role, and where a parcel arrives is where its buyer lives.
Assumed: Amazon publishes no content of this type; it is what the Tracking API says of a shipment.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract import tracking_2026_01_30 as tracking
from sellingpartner.contract.notifications import shipment_tracking_milestone_changed as wire
from sellingpartner.market.events.shipping import ParcelMoved
from sellingpartner.market.notifications.envelopes import in_milliseconds
from sellingpartner.market.notifications.filters import Facets
from sellingpartner.market.notifications.telling import tell
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Scan
from sellingpartner.market.shipping.questions import find_parcel
from sellingpartner.storage.unit import UnitOfWork, on

# Assumed: which scan is which milestone. A label that is made or given back is none.
_MILESTONES = {
    ParcelStatus.ACCEPTED: (tracking.Code.CARRIER_RECEIVED_SHIPMENT, "The carrier has the parcel"),
    ParcelStatus.IN_TRANSIT: (tracking.Code.SHIPPED, "The parcel is under way"),
    ParcelStatus.OUT_FOR_DELIVERY: (tracking.Code.OUT_FOR_DELIVERY, "The parcel is on its last way"),
    ParcelStatus.ATTEMPTED: (tracking.Code.DELIVERY_ATTEMPTED, "Nobody was there to take the parcel"),
    ParcelStatus.REFUSED: (tracking.Code.RECIPIENT_REFUSED_DELIVERY, "The recipient refused the parcel"),
    ParcelStatus.DELIVERED: (tracking.Code.DELIVERED, "The parcel was delivered"),
    ParcelStatus.LOST: (tracking.Code.LOST, "The parcel was given up as lost"),
    ParcelStatus.RETURNING: (tracking.Code.UNDELIVERABLE, "The parcel could not be delivered and goes back"),
    ParcelStatus.RETURNED: (tracking.Code.RETURNED, "The parcel is back at its sender"),
}


@on(ParcelMoved)
def tell_of_milestone(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """A parcel was scanned.

    Assumed: every parcel with a tracking number is tracked, whoever made its label.
    Differs: that a parcel without a label of the market set out is first told with what comes after it.
    """
    if fact.tracking_id is None or ParcelStatus(fact.status) not in _MILESTONES:
        return
    facets = Facets(tracking_number=fact.tracking_id, carrier=fact.carrier)
    tell(unit, "SHIPMENT_TRACKING_MILESTONE_CHANGED", partial(_content, unit, fact, fact.tracking_id), facets=facets)


def _content(
    unit: UnitOfWork, fact: ParcelMoved, tracking_id: str
) -> wire.ShipmentTrackingMilestoneChangedNotification:
    scans = find_parcel(unit, fact.parcel_id).scans
    history = [_milestone(scan) for scan in reversed(scans) if scan.status in _MILESTONES]
    carrier = tracking.CarrierTracking(tracking_number=tracking_id, carrier_code=fact.carrier or None)
    return wire.ShipmentTrackingMilestoneChangedNotification(
        tracking_detail=tracking.TrackingDetail(
            identifier=tracking.TrackingIdentifier(carrier_tracking=carrier),
            latest_milestone=history[0],
            milestone_history=history,
        )
    )


def _milestone(scan: Scan) -> tracking.TrackingMilestone:
    code, description = _MILESTONES[scan.status]
    status = tracking.TrackingMilestoneStatus(code=code, description=description)
    return tracking.TrackingMilestone(status=status, occurred_at=in_milliseconds(scan.at))
