"""getTracking: where a parcel was, and what that comes to."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import GetTracking, GetTrackingResponse
from sellingpartner.market.shipping.model import Parcel, Shipment
from sellingpartner.market.shipping.parcels.history import KEPT, Happening, history_of, is_coming_back, status_of
from sellingpartner.market.shipping.questions import bought_parcel
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PARTS = 3


@handles(GetTracking)
def get_tracking(unit: UnitOfWork, request: GetTracking) -> GetTrackingResponse:
    """Follow a parcel whose label was bought."""
    found = bought_parcel(unit, request.tracking_id, request.carrier_id)
    if found is None:
        raise Unfit(f"No label of {request.carrier_id} was bought that has the tracking id {request.tracking_id}.")
    parcel, shipment = found
    return GetTrackingResponse(payload=tracked(parcel, shipment, unit.now))


def tracked(parcel: Parcel, shipment: Shipment, now: datetime) -> v2.GetTrackingResult:
    """What is told of a parcel; once it is old, the last of its events alone.

    Assumed: a parcel that comes back to its sender keeps its tracking number.
    """
    events = history_of(parcel)
    details = [one.detail for one in events if one.detail]
    shown = events if now < shipment.created_at + KEPT else events[-1:]
    return v2.GetTrackingResult(
        tracking_id=shipment.tracking_id,
        alternate_leg_tracking_id=shipment.tracking_id if is_coming_back(parcel) else "",
        event_history=[_event(one, is_return=shipment.wish.is_return) for one in shown],
        promised_delivery_date=shipment.bought.latest_at,
        summary=v2.TrackingSummary(
            status=v2.Status(status_of(parcel)),
            tracking_detail_codes=v2.TrackingDetailCodes(
                forward=[v2.DetailCodes(one) for one in details[-1:]], returns=[]
            ),
        ),
    )


def _event(one: Happening, *, is_return: bool) -> v2.Event:
    types = v2.ShipmentType
    return v2.Event(
        event_code=v2.EventCode(one.code),
        event_time=one.at.replace(microsecond=0),
        location=location_of(one.place),
        shipment_type=types.RETURNS if one.is_back or is_return else types.FORWARD,
    )


def location_of(place: str) -> v2.Location | None:
    """A place as carriers write it, taken apart: city, state and country."""
    if not place:
        return None
    parts = place.rsplit(", ", _PARTS - 1)
    return v2.Location(
        city=parts[0],
        state_or_region=parts[1] if len(parts) == _PARTS else None,
        country_code=parts[-1] if len(parts) > 1 else None,
    )
