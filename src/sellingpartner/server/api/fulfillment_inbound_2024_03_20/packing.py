"""How a plan is packed: what may share a box, which boxes there are and what is in them."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    ConfirmPackingOption,
    ConfirmPackingOptionResponse,
    GeneratePackingOptions,
    GeneratePackingOptionsResponse,
    ListInboundPlanBoxes,
    ListInboundPlanBoxesResponse,
    ListInboundPlanPallets,
    ListInboundPlanPalletsResponse,
    ListPackingGroupBoxes,
    ListPackingGroupBoxesResponse,
    ListPackingGroupItems,
    ListPackingGroupItemsResponse,
    ListPackingOptions,
    ListPackingOptionsResponse,
    SetPackingInformation,
    SetPackingInformationResponse,
)
from sellingpartner.market.inbound import commands as inbound
from sellingpartner.market.inbound.model import ContentSource, PackingOption, Plan
from sellingpartner.market.inbound.packing.boxes import BoxTold, Grouping
from sellingpartner.market.inbound.questions import (
    Among,
    box_limits,
    content_sources,
    find_plan,
    items_of,
    shipping_modes,
)
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.package_views import box_page, pallet_page
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import (
    item_told,
    item_view,
    size_told,
    weight_told,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GeneratePackingOptions)
def generate_packing_options(unit: UnitOfWork, request: GeneratePackingOptions) -> GeneratePackingOptionsResponse:
    """Have it worked out which items may share a box."""
    return GeneratePackingOptionsResponse(operation_id=inbound.generate_packing(unit, request.inbound_plan_id))


@handles(ListPackingOptions)
def list_packing_options(unit: UnitOfWork, request: ListPackingOptions) -> ListPackingOptionsResponse:
    """A plan's packing options, those that are over included."""
    plan = find_plan(unit, request.inbound_plan_id)
    page, pagination = page_of(
        unit, plan.packing_options, request.page_size, request.pagination_token, "packing options of", plan.plan_id
    )
    return ListPackingOptionsResponse(packing_options=[_option_view(plan, one) for one in page], pagination=pagination)


@handles(ConfirmPackingOption)
def confirm_packing_option(unit: UnitOfWork, request: ConfirmPackingOption) -> ConfirmPackingOptionResponse:
    """Choose a packing option."""
    operation_id = inbound.confirm_packing(unit, request.inbound_plan_id, request.packing_option_id)
    return ConfirmPackingOptionResponse(operation_id=operation_id)


@handles(SetPackingInformation)
def set_packing_information(unit: UnitOfWork, request: SetPackingInformation) -> SetPackingInformationResponse:
    """Tell which boxes there are, and what is in them."""
    groupings = [
        Grouping(
            group_id=one.packing_group_id,
            shipment_id=one.shipment_id,
            boxes=tuple(_box_told(box) for box in one.boxes),
        )
        for one in request.package_groupings
    ]
    operation_id = inbound.set_packing(unit, request.inbound_plan_id, groupings)
    return SetPackingInformationResponse(operation_id=operation_id)


@handles(ListPackingGroupItems)
def list_packing_group_items(unit: UnitOfWork, request: ListPackingGroupItems) -> ListPackingGroupItemsResponse:
    """The items of a packing group."""
    plan = find_plan(unit, request.inbound_plan_id)
    _, group = plan.packing_group(request.packing_group_id)
    planned = {one.msku: one for one in items_of(unit, plan.plan_id)}
    page, pagination = page_of(
        unit, group.mskus, request.page_size, request.pagination_token, "items of group", group.group_id
    )
    return ListPackingGroupItemsResponse(
        items=[item_view(planned[msku], plan.marketplace_id) for msku in page], pagination=pagination
    )


@handles(ListPackingGroupBoxes)
def list_packing_group_boxes(unit: UnitOfWork, request: ListPackingGroupBoxes) -> ListPackingGroupBoxesResponse:
    """The boxes of a packing group."""
    plan = find_plan(unit, request.inbound_plan_id)
    _, group = plan.packing_group(request.packing_group_id)
    among = Among(plan.plan_id, group_id=group.group_id)
    boxes, pagination = box_page(unit, plan, among, request, "group", group.group_id)
    return ListPackingGroupBoxesResponse(boxes=boxes, pagination=pagination)


@handles(ListInboundPlanBoxes)
def list_inbound_plan_boxes(unit: UnitOfWork, request: ListInboundPlanBoxes) -> ListInboundPlanBoxesResponse:
    """All boxes of a plan."""
    plan = find_plan(unit, request.inbound_plan_id)
    boxes, pagination = box_page(unit, plan, Among(plan.plan_id), request, "plan", plan.plan_id)
    return ListInboundPlanBoxesResponse(boxes=boxes, pagination=pagination)


@handles(ListInboundPlanPallets)
def list_inbound_plan_pallets(unit: UnitOfWork, request: ListInboundPlanPallets) -> ListInboundPlanPalletsResponse:
    """All pallets of a plan."""
    plan = find_plan(unit, request.inbound_plan_id)
    pallets, pagination = pallet_page(unit, Among(plan.plan_id), request, "plan", plan.plan_id)
    return ListInboundPlanPalletsResponse(pallets=pallets, pagination=pagination)


def _box_told(said: api.BoxInput) -> BoxTold:
    return BoxTold(
        source=ContentSource(said.content_information_source.value),
        size=size_told(said.dimensions),
        weight=weight_told(said.weight),
        quantity=said.quantity,
        items=tuple(item_told(one) for one in said.items or ()),
    )


def _option_view(plan: Plan, option: PackingOption) -> api.PackingOption:
    limits, modes = box_limits(plan.marketplace_id), shipping_modes(plan)
    configuration = api.PackingConfiguration(
        box_packing_methods=[
            api.BoxContentInformationSource(one.value)
            for one in content_sources([group.handling for group in option.groups])
        ],
        box_requirements=api.BoxRequirements(
            weight=api.WeightRange(minimum=limits.minimum, maximum=limits.maximum, unit=api.UnitOfWeight(limits.unit))
        ),
        shipping_requirements=[
            api.ShippingRequirements(solution=solution, modes=list(each)) for solution, each in modes.items()
        ],
    )
    return api.PackingOption(
        packing_option_id=option.option_id,
        status=option.status.value,
        expiration=option.expires_at,
        packing_groups=[group.group_id for group in option.groups],
        fees=[],
        discounts=[],
        supported_configurations=[configuration],
        supported_shipping_configurations=[
            api.ShippingConfiguration(shipping_solution=solution, shipping_mode=mode)
            for solution, each in modes.items()
            for mode in each
        ],
    )
