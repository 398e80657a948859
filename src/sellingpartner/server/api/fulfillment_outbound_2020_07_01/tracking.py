"""getPackageTrackingDetails."""

from __future__ import annotations

from urllib.parse import quote

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    GetPackageTrackingDetails,
    GetPackageTrackingDetailsResponse,
)
from sellingpartner.market.outbound.questions import tracked
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_DELIVERED = "DELIVERED"
_LONGEST = 150


@handles(GetPackageTrackingDetails)
def get_package_tracking_details(
    unit: UnitOfWork, request: GetPackageTrackingDetails
) -> GetPackageTrackingDetailsResponse:
    """Follow a package: where it is, and where it has been, the last stop first."""
    found = tracked(unit, request.package_number)
    shipment, address = found.shipment, found.address
    number = shipment.tracking_number or ""
    return GetPackageTrackingDetailsResponse(
        payload=v2020.PackageTrackingDetails(
            package_number=request.package_number,
            tracking_number=number,
            customer_tracking_link=f"https://www.swiship.com/track?id={quote(number)}",
            carrier_code=shipment.carrier,
            ship_date=shipment.ships_at.replace(microsecond=0),
            estimated_arrival_date=shipment.arrives_at.replace(microsecond=0),
            ship_to_address=_place(address.city, address.state_or_region or "", address.country_code),
            current_status=v2020.CurrentStatus(found.status),
            current_status_description=found.said,
            additional_location_info=v2020.AdditionalLocationInfo.FRONT_DOOR if found.status == _DELIVERED else None,
            tracking_events=[
                v2020.TrackingEvent(
                    event_date=one.at.replace(microsecond=0),
                    event_address=_place(one.city, one.state, one.country),
                    event_code=v2020.EventCode(one.code),
                    event_description=one.said,
                )
                for one in found.stops
            ],
        )
    )


def _place(city: str, state: str, country: str) -> v2020.TrackingAddress:
    return v2020.TrackingAddress(city=city[:_LONGEST], state=state[:_LONGEST], country=country)
