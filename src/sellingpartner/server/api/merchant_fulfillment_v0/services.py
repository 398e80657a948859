"""getEligibleShipmentServices: what is offered for a parcel, and what is not and why."""

from __future__ import annotations

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract.merchant_fulfillment_v0 import (
    GetEligibleShipmentServices,
    GetEligibleShipmentServicesResponse,
)
from sellingpartner.market.shipping.carriers.inputs import wants_inputs
from sellingpartner.market.shipping.carriers.services import Carrier, carriers
from sellingpartner.market.shipping.questions import Offer, offering
from sellingpartner.market.shipping.rating.eligibility import Reason, Rejection
from sellingpartner.market.shipping.rating.quoting import experience_charge
from sellingpartner.market.shipping.wishes import Experience
from sellingpartner.server.api.merchant_fulfillment_v0.reading import wish_of
from sellingpartner.server.api.merchant_fulfillment_v0.views import amount, service_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_NOT_ELIGIBLE = "EXCLUDED_FROM_CARRIER_RESPONSE"
_NOT_ELIGIBLE_WORDS = "It is not an eligible ship method for this order."
# Assumed: Amazon was seen to give two codes for rejected services, EXCLUDED_FROM_CARRIER_RESPONSE and
# CARRIER_CANNOT_SHIP_TO_POBOX. Weight, size, lateness and options are told by the codes of Shipping v2.
_AS_NOT_ELIGIBLE = frozenset({Reason.NO_COVERAGE, Reason.PROGRAM})
_ANY = {None, "NoPreference"}


@handles(GetEligibleShipmentServices, reads=True)
def get_eligible_shipment_services(
    unit: UnitOfWork, request: GetEligibleShipmentServices
) -> GetEligibleShipmentServicesResponse:
    """Hold every service against a parcel of an order."""
    wish, filter_ = wish_of(request.shipment_request_details), request.shipping_offering_filter
    found = offering(unit, wish)
    names = {carrier.carrier_id: carrier.name for carrier in carriers() if carrier.country == found.country}
    shown = [one for one in found.offers if _passes(one, filter_)]
    left_out = {Reason.TERMS, Reason.UNAVAILABLE}
    return GetEligibleShipmentServicesResponse(
        payload=v0.GetEligibleShipmentServicesResult(
            shipping_service_list=[
                service_of(
                    one,
                    wish,
                    is_late=found.target.order is None
                    or one.quote.arrives.latest > found.target.order.latest_delivery_at,
                    available=_available(one.quote.offered.carrier),
                )
                for one in shown
            ],
            rejected_shipping_service_list=[_rejected(one) for one in found.rejections if one.reason not in left_out],
            temporarily_unavailable_carrier_list=[
                v0.TemporarilyUnavailableCarrier(carrier_name=names[one])
                for one in found.settings.paused
                if one in names
            ],
            terms_and_conditions_not_accepted_carrier_list=[
                v0.TermsAndConditionsNotAcceptedCarrier(carrier_name=names[one])
                for one in found.settings.refused_terms
                if one in names
            ],
        )
    )


def _passes(offer: Offer, filter_: v0.ShippingOfferingFilter | None) -> bool:
    """Whether an offer is one of those that were asked for.

    Assumed: services that want additional inputs are the complex ones, which are told where they are asked for.
    """
    carrier = offer.quote.offered.carrier
    if wants_inputs(offer.quote.offered) and not (filter_ and filter_.include_complex_shipping_options):
        return False
    if filter_ is None:
        return True
    if filter_.include_packing_slip_with_label and "PDF" not in carrier.formats:
        return False
    pick_up, experience = filter_.carrier_will_pick_up, filter_.delivery_experience
    if pick_up is v0.CarrierWillPickUpOption.CARRIER_WILL_PICK_UP and carrier.collects is None:
        return False
    if experience is None or experience.value in _ANY:
        return True
    return experience_charge(carrier, Experience(experience.value)) is not None


def _available(carrier: Carrier) -> v0.AvailableShippingServiceOptions:
    options = v0.CarrierWillPickUpOption
    pick_ups = {options.SHIPPER_WILL_DROP_OFF: 0, options.CARRIER_WILL_PICK_UP: carrier.collects}
    experiences = {one: experience_charge(carrier, one) for one in Experience}
    return v0.AvailableShippingServiceOptions(
        available_carrier_will_pick_up_options=[
            v0.AvailableCarrierWillPickUpOption(
                carrier_will_pick_up_option=one, charge=amount(charge, carrier.currency)
            )
            for one, charge in pick_ups.items()
            if charge is not None
        ],
        available_delivery_experience_options=[
            v0.AvailableDeliveryExperienceOption(
                delivery_experience_option=v0.DeliveryExperienceOption(one.value),
                charge=amount(charge, carrier.currency),
            )
            for one, charge in experiences.items()
            if charge is not None
        ],
    )


def _rejected(rejection: Rejection) -> v0.RejectedShippingService:
    carrier, service = rejection.offered.carrier, rejection.offered.service
    is_plain = rejection.reason in _AS_NOT_ELIGIBLE
    is_of_products = rejection.reason is Reason.PRODUCTS
    return v0.RejectedShippingService(
        carrier_name=carrier.name,
        shipping_service_name=service.name,
        shipping_service_id=service.service_id,
        rejection_reason_code=_NOT_ELIGIBLE if is_plain or is_of_products else rejection.reason.value,
        rejection_reason_message=_NOT_ELIGIBLE_WORDS if is_plain else rejection.message,
    )
