"""Plans: made, shown, listed, renamed and given up."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    CancelInboundPlan,
    CancelInboundPlanResponse,
    CreateInboundPlan,
    CreateInboundPlanResponse,
    GetInboundPlan,
    InboundPlan,
    ListInboundPlanItems,
    ListInboundPlanItemsResponse,
    ListInboundPlans,
    ListInboundPlansResponse,
    UpdateInboundPlanName,
)
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.inbound import commands as inbound
from sellingpartner.market.inbound.questions import (
    Key,
    PlanFilter,
    SortedBy,
    find_plan,
    items_of,
    page_of_plans,
    shipments_of,
)
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import USUAL_SIZE, InvalidToken, page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import (
    address_of,
    address_view,
    item_told,
    item_view,
    second,
    summary_view,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LIST = b"inbound plans after "
_SORTED_BY = {api.SortBy.CREATION_TIME: SortedBy.CREATION, api.SortBy.LAST_UPDATED_TIME: SortedBy.UPDATE}


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    wanted: PlanFilter
    after: Key


_decoder = msgspec.json.Decoder(_Continuation)


@handles(CreateInboundPlan)
def create_inbound_plan(unit: UnitOfWork, request: CreateInboundPlan) -> CreateInboundPlanResponse:
    """Begin to plan what is to be sent."""
    plan_id, operation_id = inbound.create_plan(
        unit,
        request.destination_marketplaces[0],
        request.name,
        address_of(request.source_address),
        [item_told(one) for one in request.items],
    )
    return CreateInboundPlanResponse(inbound_plan_id=plan_id, operation_id=operation_id)


@handles(GetInboundPlan)
def get_inbound_plan(unit: UnitOfWork, request: GetInboundPlan) -> InboundPlan:
    """A plan with its options; of those for its placement the one that was confirmed alone, once one is."""
    plan = find_plan(unit, request.inbound_plan_id)
    chosen = plan.placement
    shipments = [] if chosen is None else shipments_of(unit, plan.plan_id)
    return InboundPlan(
        inbound_plan_id=plan.plan_id,
        name=plan.name,
        created_at=second(plan.created_at),
        last_updated_at=second(plan.updated_at),
        marketplace_ids=[plan.marketplace_id],
        source_address=address_view(plan.ship_from),
        status=plan.status.value,
        packing_options=[
            api.PackingOptionSummary(packing_option_id=one.option_id, status=one.status.value)
            for one in plan.packing_options
        ],
        placement_options=[
            api.PlacementOptionSummary(placement_option_id=one.option_id, status=one.status.value)
            for one in plan.placement_options
            if chosen is None or one is chosen
        ],
        shipments=[
            api.ShipmentSummary(shipment_id=one.shipment_id, status=one.status.value)
            for one in shipments
            if chosen is not None and one.shipment_id in chosen.shipment_ids
        ],
    )


@handles(ListInboundPlans)
def list_inbound_plans(unit: UnitOfWork, request: ListInboundPlans) -> ListInboundPlansResponse:
    """The seller's plans, page after page.

    Assumed: unless it is said otherwise, those come first that were made last.
    """
    wanted, after = _asked(unit, request)
    limit = request.page_size or USUAL_SIZE
    found = page_of_plans(unit, wanted, after, limit + 1)
    page, token = found[:limit], None
    if len(found) > limit:
        last = page[-1]
        moment = last.created_at if wanted.by is SortedBy.CREATION else last.updated_at
        continuation = _Continuation(wanted, (moment, last.plan_id))
        token = sealed(unit, msgspec.json.encode(continuation), purpose=_LIST)
    return ListInboundPlansResponse(
        inbound_plans=[summary_view(one) for one in page], pagination=api.Pagination(next_token=token)
    )


@handles(ListInboundPlanItems)
def list_inbound_plan_items(unit: UnitOfWork, request: ListInboundPlanItems) -> ListInboundPlanItemsResponse:
    """A plan's items in the order in which they were planned."""
    plan = find_plan(unit, request.inbound_plan_id)
    items = items_of(unit, plan.plan_id)
    page, pagination = page_of(unit, items, request.page_size, request.pagination_token, "items of", plan.plan_id)
    return ListInboundPlanItemsResponse(
        items=[item_view(one, plan.marketplace_id) for one in page], pagination=pagination
    )


@handles(UpdateInboundPlanName)
def update_inbound_plan_name(unit: UnitOfWork, request: UpdateInboundPlanName) -> NoContent:
    """Give a plan another name."""
    inbound.rename(unit, request.inbound_plan_id, request.name)
    return NoContent()


@handles(CancelInboundPlan)
def cancel_inbound_plan(unit: UnitOfWork, request: CancelInboundPlan) -> CancelInboundPlanResponse:
    """Have a plan given up."""
    return CancelInboundPlanResponse(operation_id=inbound.cancel(unit, request.inbound_plan_id))


def _asked(unit: UnitOfWork, request: ListInboundPlans) -> tuple[PlanFilter, Key | None]:
    """Which plans are wanted, and after which the page begins; a token holds what the first page was asked for."""
    if request.pagination_token:
        continuation = unsealed_as(unit, request.pagination_token, _decoder, purpose=_LIST)
        if continuation is None:
            raise InvalidToken
        return continuation.wanted, continuation.after
    wanted = PlanFilter(
        status=None if request.status is None else request.status.value,
        by=_SORTED_BY[request.sort_by or api.SortBy.CREATION_TIME],
        is_descending=request.sort_order is not api.SortOrder.ASC,
    )
    return wanted, None
