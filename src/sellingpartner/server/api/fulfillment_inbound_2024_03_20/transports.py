"""Transportation options: worked out, listed, and one confirmed for every shipment."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    ConfirmTransportationOptions,
    ConfirmTransportationOptionsResponse,
    GenerateTransportationOptions,
    GenerateTransportationOptionsResponse,
    ListTransportationOptions,
    ListTransportationOptionsResponse,
)
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.market.inbound.questions import find_plan, find_shipment, transports_for
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sending import transporting
from sellingpartner.market.inbound.sending.transporting import PalletWish, Selection, Wish
from sellingpartner.market.inbound.transport.carriage import Contact, TransportOption
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import currency_view, size_told, weight_told
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST_DECLARED = 10**9


@handles(GenerateTransportationOptions)
def generate_transportation_options(
    unit: UnitOfWork, request: GenerateTransportationOptions
) -> GenerateTransportationOptionsResponse:
    """Have it worked out who may carry the shipments of a placement option."""
    wishes = [_wish(one) for one in request.shipment_transportation_configurations]
    operation_id = transporting.generate(unit, request.inbound_plan_id, request.placement_option_id, wishes)
    return GenerateTransportationOptionsResponse(operation_id=operation_id)


@handles(ListTransportationOptions)
def list_transportation_options(
    unit: UnitOfWork, request: ListTransportationOptions
) -> ListTransportationOptionsResponse:
    """Who may carry a shipment, or the shipments of a placement option; of all that are offered unless one is named."""
    plan = find_plan(unit, request.inbound_plan_id)
    named = [one for one in (request.placement_option_id, request.shipment_id) if one is not None]
    if request.shipment_id is not None:
        shipment_ids = [find_shipment(unit, plan.plan_id, request.shipment_id).shipment_id]
    elif request.placement_option_id is not None:
        shipment_ids = list(plan.placement_option(request.placement_option_id).shipment_ids)
    else:
        chosen = [plan.placement] if plan.placement is not None else plan.placement_options
        shipment_ids = [shipment_id for option in chosen for shipment_id in option.shipment_ids]
    found = [(one, option) for one in shipment_ids for option in transports_for(unit, one)]
    page, pagination = page_of(
        unit, found, request.page_size, request.pagination_token, "transports of", plan.plan_id, *named
    )
    return ListTransportationOptionsResponse(
        transportation_options=[option_view(*one) for one in page], pagination=pagination
    )


@handles(ConfirmTransportationOptions)
def confirm_transportation_options(
    unit: UnitOfWork, request: ConfirmTransportationOptions
) -> ConfirmTransportationOptionsResponse:
    """Choose who carries each shipment."""
    selections = [
        Selection(
            shipment_id=one.shipment_id,
            option_id=one.transportation_option_id,
            contact=_contact(one.contact_information),
        )
        for one in request.transportation_selections
    ]
    operation_id = transporting.confirm(unit, request.inbound_plan_id, selections)
    return ConfirmTransportationOptionsResponse(operation_id=operation_id)


def option_view(shipment_id: str, option: TransportOption) -> api.TransportationOption:
    """A way to carry a shipment as the API shows it."""
    cost = currency_view(option.cost)
    starts_at, ends_at = option.picked_up_from, option.picked_up_until
    return api.TransportationOption(
        transportation_option_id=option.option_id,
        shipment_id=shipment_id,
        carrier=api.Carrier(name=option.name, alpha_code=option.alpha_code),
        shipping_mode=option.mode.value,
        shipping_solution=option.solution.value,
        preconditions=list(option.preconditions),
        quote=None
        if cost is None
        else api.Quote(cost=cost, expiration=option.holds_until, voidable_until=option.voidable_until),
        carrier_appointment=None
        if starts_at is None or ends_at is None
        else api.CarrierAppointment(start_time=starts_at, end_time=ends_at),
    )


def _wish(said: api.ShipmentTransportationConfiguration) -> Wish:
    freight = said.freight_information
    return Wish(
        shipment_id=said.shipment_id,
        ready_at=said.ready_to_ship_window.start.replace(second=0, microsecond=0),
        contact=_contact(said.contact_information),
        freight_class=None if freight is None else freight.freight_class,
        declared=None if freight is None else _declared(freight.declared_value),
        pallets=tuple(_pallet(one) for one in said.pallets or ()),
    )


def _contact(said: api.ContactInformation | None) -> Contact | None:
    return None if said is None else Contact(name=said.name, phone=said.phone_number, email=said.email)


def _declared(said: api.Currency | None) -> Money | None:
    if said is None:
        return None
    minor = minor_units(said.amount, said.code, most=_MOST_DECLARED)
    if minor is None or minor < 0:
        raise BadRequest(f"ERROR: The declaredValue {said.amount} {said.code} is not valid.")
    return Money(minor, said.code)


def _pallet(said: api.PalletInput) -> PalletWish:
    return PalletWish(
        quantity=said.quantity,
        size=None if said.dimensions is None else size_told(said.dimensions),
        weight=None if said.weight is None else weight_told(said.weight),
        stackability=None if said.stackability is None else said.stackability.value,
    )
