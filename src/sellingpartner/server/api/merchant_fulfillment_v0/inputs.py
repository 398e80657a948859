"""getAdditionalSellerInputs: what a service wants to know besides."""

from __future__ import annotations

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.merchant_fulfillment_v0 import GetAdditionalSellerInputs, GetAdditionalSellerInputsResponse
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.refusals import MalformedOrderId, NoSuchOrder
from sellingpartner.market.shipping.carriers.inputs import ITEM_LEVEL, SHIPMENT_LEVEL, Input, wants_inputs
from sellingpartner.market.shipping.carriers.services import find_service, offered_in
from sellingpartner.market.shipping.refusals import InvalidSender, InvalidShipment
from sellingpartner.server.api.merchant_fulfillment_v0.reading import sender_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetAdditionalSellerInputs, reads=True)
def get_additional_seller_inputs(
    unit: UnitOfWork, request: GetAdditionalSellerInputs
) -> GetAdditionalSellerInputsResponse:
    """The form of a service, empty for most."""
    try:
        country = sender_of(request.ship_from_address, "shipFromAddress").country_code
    except InvalidInput as fault:
        raise InvalidSender(fault.reason) from None
    if not offered_in(country):
        raise InvalidSender(f"No carrier of this market starts in {country}.")
    offered = find_service(country, request.shipping_service_id)
    if offered is None:
        raise InvalidShipment(f"No carrier in {country} has a service {request.shipping_service_id!r}.")
    try:
        order = order_of(unit, request.order_id)
    except (NoSuchOrder, MalformedOrderId) as unknown:
        raise InvalidShipment(unknown.reason) from None
    if not wants_inputs(offered):
        return GetAdditionalSellerInputsResponse(
            payload=v0.GetAdditionalSellerInputsResult(shipment_level_fields=[], item_level_fields_list=[])
        )
    asins = dict.fromkeys(item.asin for item in order.items)
    return GetAdditionalSellerInputsResponse(
        payload=v0.GetAdditionalSellerInputsResult(
            shipment_level_fields=_fields(SHIPMENT_LEVEL, v0.InputTargetType.SHIPMENT_LEVEL),
            item_level_fields_list=[
                v0.ItemLevelFields(asin=asin, additional_inputs=_fields(ITEM_LEVEL, v0.InputTargetType.ITEM_LEVEL))
                for asin in asins
            ],
        )
    )


def _fields(inputs: tuple[Input, ...], target: v0.InputTargetType) -> list[v0.AdditionalInputs]:
    return [
        v0.AdditionalInputs(
            additional_input_field_name=one.name,
            seller_input_definition=v0.SellerInputDefinition(
                is_required=one.is_required,
                data_type="String",
                constraints=[v0.Constraint(validation_reg_ex=one.pattern, validation_string=one.explained)],
                input_display_text=one.text,
                input_target=target,
                stored_value=v0.AdditionalSellerInput(data_type="String"),
                restricted_set_values=list(one.choices) or None,
            ),
        )
        for one in inputs
    ]
