"""getTrackingInformation: where a parcel of Amazon Shipping was."""

from __future__ import annotations

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract.shipping_v1 import GetTrackingInformation, GetTrackingInformationResponse
from sellingpartner.market.shipping.buying.announcing import type_of
from sellingpartner.market.shipping.parcels.history import history_of, status_of
from sellingpartner.market.shipping.questions import bought_parcel
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.server.api.shipping_v2.tracking import location_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetTrackingInformation)
def get_tracking_information(unit: UnitOfWork, request: GetTrackingInformation) -> GetTrackingInformationResponse:
    """Follow a parcel, whichever version bought its label."""
    found = bought_parcel(unit, request.tracking_id)
    if found is None or type_of(found[1]) is None:
        raise Unfit(f"No label of Amazon Shipping was bought that has the tracking id {request.tracking_id}.")
    parcel, shipment = found
    return GetTrackingInformationResponse(
        payload=v1.TrackingInformation(
            tracking_id=shipment.tracking_id,
            summary=v1.TrackingSummary(status=status_of(parcel)),
            promised_delivery_date=shipment.bought.latest_at,
            event_history=[
                v1.Event(event_code=one.code, event_time=one.at.replace(microsecond=0), location=_location(one.place))
                for one in history_of(parcel)
            ],
        )
    )


def _location(place: str) -> v1.Location | None:
    found = location_of(place)
    if found is None:
        return None
    return v1.Location(city=found.city, state_or_region=found.state_or_region, country_code=found.country_code)
