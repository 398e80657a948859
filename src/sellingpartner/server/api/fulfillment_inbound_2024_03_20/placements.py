"""Placement options: worked out, listed, and one confirmed."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    ConfirmPlacementOption,
    ConfirmPlacementOptionResponse,
    GeneratePlacementOptions,
    GeneratePlacementOptionsResponse,
    ListPlacementOptions,
    ListPlacementOptionsResponse,
)
from sellingpartner.market.inbound.model import Incentive, PlacementOption
from sellingpartner.market.inbound.placement import placing
from sellingpartner.market.inbound.placement.placing import CustomShare
from sellingpartner.market.inbound.questions import find_plan
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import item_told
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GeneratePlacementOptions)
def generate_placement_options(unit: UnitOfWork, request: GeneratePlacementOptions) -> GeneratePlacementOptionsResponse:
    """Have the ways to split a plan worked out."""
    custom = [
        CustomShare(center=one.warehouse_id, items=tuple(item_told(item) for item in one.items))
        for one in request.custom_placement or ()
    ]
    return GeneratePlacementOptionsResponse(operation_id=placing.generate(unit, request.inbound_plan_id, custom))


@handles(ListPlacementOptions)
def list_placement_options(unit: UnitOfWork, request: ListPlacementOptions) -> ListPlacementOptionsResponse:
    """The ways to split a plan, those that are over included."""
    plan = find_plan(unit, request.inbound_plan_id)
    page, pagination = page_of(
        unit, plan.placement_options, request.page_size, request.pagination_token, "placements of", plan.plan_id
    )
    return ListPlacementOptionsResponse(placement_options=[_option(one) for one in page], pagination=pagination)


@handles(ConfirmPlacementOption)
def confirm_placement_option(unit: UnitOfWork, request: ConfirmPlacementOption) -> ConfirmPlacementOptionResponse:
    """Choose how a plan is split."""
    operation_id = placing.confirm(unit, request.inbound_plan_id, request.placement_option_id)
    return ConfirmPlacementOptionResponse(operation_id=operation_id)


def _option(option: PlacementOption) -> api.PlacementOption:
    return api.PlacementOption(
        placement_option_id=option.option_id,
        status=option.status.value,
        fees=[_incentive(one, "FEE") for one in option.fees],
        discounts=[_incentive(one, "DISCOUNT") for one in option.discounts],
        expiration=option.expires_at,
        shipment_ids=list(option.shipment_ids),
    )


def _incentive(one: Incentive, kind: str) -> api.Incentive:
    value = api.Currency(amount=one.amount.decimal, code=one.amount.currency)
    return api.Incentive(description=one.description, target=one.target, type=kind, value=value)
