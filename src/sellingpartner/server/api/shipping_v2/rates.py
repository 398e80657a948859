"""getRates and getAdditionalInputs: what is offered for a parcel, what is not and why, what a rate wants to know."""

from __future__ import annotations

from typing import Any

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import (
    GetAdditionalInputs,
    GetAdditionalInputsResponse,
    GetRates,
    GetRatesResponse,
)
from sellingpartner.market.shipping.carriers.inputs import ITEM_LEVEL, SHIPMENT_LEVEL, Input, wants_inputs
from sellingpartner.market.shipping.rating.requests import asked_by, rates_for, service_of_rate
from sellingpartner.server.api.shipping_v2.rate_views import RateView, ineligible
from sellingpartner.server.api.shipping_v2.reading import Said, wish_of
from sellingpartner.server.api.shipping_v2.refusing import in_shippings_words
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_DRAFT = "http://json-schema.org/draft-04/schema#"


@handles(GetRates, reads=True)
def get_rates(unit: UnitOfWork, request: GetRates) -> GetRatesResponse:
    """Hold every service against a parcel."""
    additions = request.value_added_services
    cash = None if additions is None else additions.collect_on_delivery
    said = Said(
        ship_from=request.ship_from,
        packages=request.packages,
        channel=request.channel_details,
        business=request.shipping_business_id,
        ship_to=request.ship_to,
        return_to=request.return_to,
        ship_date=request.ship_date,
        instruction=request.shipper_instruction,
        client_references=request.client_reference_details or (),
        to_collect=None if cash is None else cash.amount,
        access_point=request.destination_access_point_details,
        accounts=request.carrier_accounts or (),
        is_return=request.shipment_type is v2.ShipmentType.RETURNS,
    )
    wish = wish_of(said)
    with in_shippings_words():
        found = rates_for(unit, wish)
    view = RateView(found.asked, found.target.order)
    return GetRatesResponse(
        payload=v2.GetRatesResult(
            request_token=found.sealed,
            rates=[view.rate(one) for one in found.quotes],
            ineligible_rates=[ineligible(one) for one in found.rejections],
        )
    )


@handles(GetAdditionalInputs)
def get_additional_inputs(unit: UnitOfWork, request: GetAdditionalInputs) -> GetAdditionalInputsResponse:
    """The JSON Schema of what a rate wants to know; empty for most."""
    offered = service_of_rate(asked_by(unit, request.request_token), request.rate_id)
    return GetAdditionalInputsResponse(payload=_schema() if wants_inputs(offered) else {})


def _schema() -> dict[str, Any]:
    """Assumed: Amazon's schema has no public example that says more than that it is one of draft 4."""
    known = (*SHIPMENT_LEVEL, *ITEM_LEVEL)
    return {
        "$schema": _DRAFT,
        "type": "object",
        "properties": {one.name: _property(one) for one in known},
        "required": [one.name for one in known if one.is_required],
        "additionalProperties": False,
    }


def _property(one: Input) -> dict[str, Any]:
    choices: dict[str, Any] = {"enum": list(one.choices)} if one.choices else {"pattern": one.pattern}
    return {"type": "string", "title": one.text, "description": one.explained, **choices}
