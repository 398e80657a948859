"""Tracking 2026-01-30: any parcel of the market, by its carrier's number or by Amazon's, a milestone after another.

An application follows the parcels of the sellers who let it in; in a sandbox, where nobody needs to, all parcels.
Differs: what travels by sea or air to Amazon is no part of the market, so no air cargo number, container or house bill
of lading leads to anything; and an AFTN of a wrong form is refused as every parameter is, with the code InvalidInput.
Assumed: `id` is the id of the label's shipment, or of the parcel where no label was bought here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

import msgspec

from sellingpartner.contract import tracking_2026_01_30 as v2026
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.tracking_2026_01_30 import GetShipmentTracking, GetShipmentTrackingResponse
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import all_sellers, grants_of
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.outbound.numbers import package_number_in
from sellingpartner.market.outbound.questions import sellers_of_package, tracked
from sellingpartner.market.sandbox import is_sandbox
from sellingpartner.market.shipping.model import Parcel
from sellingpartner.market.shipping.parcels.milestones import Milestone, milestones_of
from sellingpartner.market.shipping.questions import find_parcel, find_shipment, parcels_of_anybody
from sellingpartner.market.shipping.refusals import NoSuchParcel
from sellingpartner.server.api.shipping_v2.tracking import location_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_ESTIMATE = "ESTIMATED_DELIVERY_DATE"
_PREPARING = ("ORDER_PREPARING", "The order is being prepared")


class _Refused(InvalidInput):
    """The identifiers of a request cannot be; this API has codes of its own."""

    def __init__(self, code: str, message: str, details: str) -> None:
        super().__init__(message, details=details, code=code)
        self.because(details)


class _Unknown(NotFound):
    """Nobody whom the application may ask has such a parcel."""

    code = "RESOURCE_NOT_FOUND"

    def __init__(self, name: str) -> None:
        super().__init__(
            "The requested resource does not exist.",
            details="Check the identifier, and that the seller of the shipment has authorized the application.",
        )
        self.because(f"No seller who lets the application in has a parcel that is known as {name[:60]!r}.")


class _Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel, and how it is told of."""

    identifier: v2026.TrackingIdentifier
    number: str
    milestones: list[Milestone]
    estimate: tuple[datetime, datetime, datetime] | None
    """From when to when it is to arrive, and since when that is said."""


@handles(GetShipmentTracking)
def get_shipment_tracking(
    unit: UnitOfWork, request: GetShipmentTracking, caller: Caller
) -> GetShipmentTrackingResponse:
    """Follow a parcel."""
    found = _found(unit, request, _sellers(unit, caller))
    history = [_milestone(one) for one in found.milestones]
    return GetShipmentTrackingResponse(
        tracking_detail=v2026.TrackingDetail(
            identifier=found.identifier,
            tracking_url=f"https://www.swiship.com/track?id={quote(found.number)}",
            tracking_estimates=None if found.estimate is None else [_estimate(found.estimate)],
            latest_milestone=history[0] if history else None,
            milestone_history=history,
        )
    )


def _found(unit: UnitOfWork, request: GetShipmentTracking, sellers: Sequence[str]) -> _Followed:
    said = {
        "id": request.id,
        "acsin": request.acsin,
        "aftn": request.aftn,
        "containerNumber": request.container_number,
        "houseBillOfLadingNumber": request.house_bill_of_lading_number,
        "carrierTracking": request.tracking_number,
    }
    given = {name: value for name, value in said.items() if value}
    if not given:
        names = "id, acsin, aftn, containerNumber, houseBillOfLadingNumber or carrierTracking.trackingNumber"
        raise _Refused("BAD_REQUEST", "The request parameters provided are invalid.", f"Name the shipment by {names}.")
    if len(given) > 1:
        raise _Refused(
            "MULTIPLE_TRACKING_IDS_NOT_ALLOWED",
            "Only one tracking ID type is allowed per request. Please provide a single ID per request.",
            f"The request names {' and '.join(given)}.",
        )
    [(kind, name)] = given.items()
    found: _Followed | None = None
    if kind == "aftn":
        found = _by_amazons_number(unit, name, sellers)
    elif kind == "carrierTracking":
        found = _by_carriers_number(unit, name, request.carrier_code, sellers)
    elif kind == "id":
        found = _by_id(unit, name, sellers)
    if found is None:
        raise _Unknown(name)
    return found


def _sellers(unit: UnitOfWork, caller: Caller) -> Sequence[str]:
    """Whose parcels a caller follows."""
    if caller.seller_id:
        return [caller.seller_id]
    if is_sandbox(unit):
        return [one.seller_id for one in all_sellers(unit)]
    grants = grants_of(unit, application_id=caller.application_id)
    return list(dict.fromkeys(one.seller_id for one in grants if one.stands(unit.now)))


def _by_carriers_number(
    unit: UnitOfWork, number: str, carrier_code: str | None, sellers: Sequence[str]
) -> _Followed | None:
    """Assumed: where several parcels have a number, as sellers may say anything, it is of the last that set out."""
    wanted = (carrier_code or "").upper()
    found = [
        (seller_id, parcel)
        for seller_id, parcel in parcels_of_anybody(unit, number)
        if seller_id in sellers and wanted in {"", _carrier(parcel).upper()}
    ]
    if not found:
        return None
    seller_id, parcel = max(found, key=lambda one: (one[1].scans[0].at, one[1].parcel_id))
    carrier = v2026.CarrierTracking(tracking_number=number, carrier_code=_carrier(parcel) or None)
    identifier = v2026.TrackingIdentifier(carrier_tracking=carrier)
    return _followed(unit.beside(seller_id), parcel, identifier, number)


def _by_id(unit: UnitOfWork, name: str, sellers: Sequence[str]) -> _Followed | None:
    for seller_id in sellers:
        of_seller = unit.beside(seller_id)
        try:
            parcel = find_parcel(of_seller, name)
        except NoSuchParcel:
            continue
        identifier = v2026.TrackingIdentifier(id=name)
        return _followed(of_seller, parcel, identifier, parcel.tracking_id or name)
    return None


def _by_amazons_number(unit: UnitOfWork, number: str, sellers: Sequence[str]) -> _Followed | None:
    """A package of a fulfillment order, whoever carries it, from the order on."""
    package_number = package_number_in(number)
    known = [] if package_number is None else sellers_of_package(unit, package_number)
    seller_id = next((one for one in known if one in sellers), None)
    if package_number is None or seller_id is None:
        return None
    found = tracked(unit.beside(seller_id), package_number)
    places = {one.at: ", ".join(filter(None, (one.city, one.state, one.country))) for one in found.stops}
    milestones = [msgspec.structs.replace(one, place=places.get(one.at, "")) for one in milestones_of(found.parcel)]
    code, text = _PREPARING
    return _Followed(
        identifier=v2026.TrackingIdentifier(aftn=number),
        number=number,
        milestones=[*milestones, Milestone(code=code, said=text, at=found.order.received_at)],
        estimate=(found.shipment.arrives_at, found.shipment.arrives_at, found.shipment.ships_at),
    )


def _followed(unit: UnitOfWork, parcel: Parcel, identifier: v2026.TrackingIdentifier, number: str) -> _Followed:
    return _Followed(
        identifier=identifier, number=number, milestones=milestones_of(parcel), estimate=_promise(unit, parcel)
    )


def _promise(unit: UnitOfWork, parcel: Parcel) -> tuple[datetime, datetime, datetime] | None:
    """When a parcel is to arrive: as its label promised, or else its order."""
    since = parcel.scans[0].at
    if parcel.shipment_id is not None:
        bought = find_shipment(unit, parcel.shipment_id).bought
        return bought.earliest_at, bought.latest_at, since
    if parcel.order_id is None:
        return None
    order = order_of(unit, parcel.order_id)
    return min(order.earliest_delivery_at, order.latest_delivery_at), order.latest_delivery_at, since


def _carrier(parcel: Parcel) -> str:
    """The carrier's code, without what tells Easy Ship from others."""
    return parcel.carrier_id.partition("/")[0]


def _milestone(one: Milestone) -> v2026.TrackingMilestone:
    place = location_of(one.place)
    return v2026.TrackingMilestone(
        status=v2026.TrackingMilestoneStatus(
            code=v2026.Code(one.code),
            sub_code=None if one.sub_code is None else v2026.SubCode(one.sub_code),
            description=one.said,
        ),
        location=None
        if place is None
        else v2026.TrackingMilestoneLocation(
            address=v2026.TrackingMilestoneAddress(
                city=place.city, region=place.state_or_region, country_code=place.country_code
            )
        ),
        occurred_at=_second(one.at),
    )


def _estimate(estimate: tuple[datetime, datetime, datetime]) -> v2026.TrackingEstimate:
    earliest, latest, since = estimate
    return v2026.TrackingEstimate(
        type=_ESTIMATE,
        estimated_interval=v2026.BoundedInterval(start_time=_second(earliest), end_time=_second(latest)),
        last_updated_time=_second(since),
    )


def _second(moment: datetime) -> v2026.Instant:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
