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
from sellingpartner.market.shipping.parcels.milestones import Milestone, is_milestone, milestones_of
from sellingpartner.market.shipping.questions import find_parcel
from sellingpartner.storage.unit import UnitOfWork, on


@on(ParcelMoved)
def tell_of_milestone(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """A parcel was scanned.

    Assumed: every parcel with a tracking number is tracked, whoever made its label.
    Differs: that a parcel without a label of the market set out is first told with what comes after it.
    """
    if fact.tracking_id is None or not is_milestone(ParcelStatus(fact.status)):
        return
    facets = Facets(tracking_number=fact.tracking_id, carrier=fact.carrier)
    tell(unit, "SHIPMENT_TRACKING_MILESTONE_CHANGED", partial(_content, unit, fact, fact.tracking_id), facets=facets)


def _content(
    unit: UnitOfWork, fact: ParcelMoved, tracking_id: str
) -> wire.ShipmentTrackingMilestoneChangedNotification:
    history = [_milestone(one) for one in milestones_of(find_parcel(unit, fact.parcel_id))]
    carrier = tracking.CarrierTracking(tracking_number=tracking_id, carrier_code=fact.carrier or None)
    return wire.ShipmentTrackingMilestoneChangedNotification(
        tracking_detail=tracking.TrackingDetail(
            identifier=tracking.TrackingIdentifier(carrier_tracking=carrier),
            latest_milestone=history[0],
            milestone_history=history,
        )
    )


def _milestone(one: Milestone) -> tracking.TrackingMilestone:
    return tracking.TrackingMilestone(
        status=tracking.TrackingMilestoneStatus(
            code=tracking.Code(one.code),
            sub_code=None if one.sub_code is None else tracking.SubCode(one.sub_code),
            description=one.said,
        ),
        occurred_at=in_milliseconds(one.at),
    )
