"""createShipment, getShipment, cancelShipment: labels bought, shown again and given back."""

from __future__ import annotations

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract.merchant_fulfillment_v0 import (
    CancelShipment,
    CancelShipmentResponse,
    CreateShipment,
    CreateShipmentResponse,
    GetShipment,
    GetShipmentResponse,
)
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.model import LabelWish, Shipment
from sellingpartner.market.shipping.questions import find_shipment
from sellingpartner.market.shipping.refusals import NoSuchShipment
from sellingpartner.server.api.merchant_fulfillment_v0.reading import wish_of
from sellingpartner.server.api.merchant_fulfillment_v0.views import shipment_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateShipment)
def create_shipment(unit: UnitOfWork, request: CreateShipment) -> CreateShipmentResponse:
    """Buy a label."""
    shipment = shipping.buy(
        unit,
        wish_of(request.shipment_request_details),
        request.shipping_service_id,
        request.shipping_service_offer_id,
        _label(request),
        inputs=_inputs(request.shipment_level_seller_inputs_list or []),
    )
    return CreateShipmentResponse(payload=_shown(unit, shipment))


@handles(GetShipment)
def get_shipment(unit: UnitOfWork, request: GetShipment) -> GetShipmentResponse:
    """Show a shipment, with the label that it had from the beginning."""
    return GetShipmentResponse(payload=_shown(unit, find_shipment(unit, request.shipment_id)))


@handles(CancelShipment)
def cancel_shipment(unit: UnitOfWork, request: CancelShipment) -> CancelShipmentResponse:
    """Give a label back."""
    _order_id(find_shipment(unit, request.shipment_id))
    return CancelShipmentResponse(payload=_shown(unit, shipping.void(unit, request.shipment_id)))


def _shown(unit: UnitOfWork, shipment: Shipment) -> v0.Shipment:
    order_id = _order_id(shipment)
    return shipment_of(shipment, order_id, order_of(unit, order_id))


def _order_id(shipment: Shipment) -> str:
    """The order of a shipment; this API knows none without, which Shipping sells."""
    if shipment.order_id is None:
        raise NoSuchShipment(shipment.shipment_id)
    return shipment.order_id


def _label(request: CreateShipment) -> LabelWish:
    details, slip = request.shipment_request_details, request.label_format_option
    asked = details.shipping_service_options.label_format
    custom = details.label_customization
    return LabelWish(
        format="" if asked is None else asked.value,
        asked=None if asked is None else asked.value,
        has_slip=bool(slip and slip.include_packing_slip_with_label),
        custom_text=None if custom is None else custom.custom_text_for_label,
        standard_id=None
        if custom is None or custom.standard_id_for_label is None
        else custom.standard_id_for_label.value,
        is_hazmat=request.hazmat_type is v0.HazmatType.LQ_HAZMAT,
    )


def _inputs(said: list[v0.AdditionalSellerInputs]) -> dict[str, str]:
    return {one.additional_input_field_name: one.additional_seller_input.value_as_string or "" for one in said}
