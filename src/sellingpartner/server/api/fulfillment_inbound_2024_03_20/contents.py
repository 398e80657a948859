"""Content updates: what is in a shipment changes after its carrier is fixed, once the change was priced."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    ConfirmShipmentContentUpdatePreview,
    ConfirmShipmentContentUpdatePreviewResponse,
    ContentUpdatePreview,
    GenerateShipmentContentUpdatePreviews,
    GenerateShipmentContentUpdatePreviewsResponse,
    GetShipmentContentUpdatePreview,
    ListShipmentContentUpdatePreviews,
    ListShipmentContentUpdatePreviewsResponse,
)
from sellingpartner.market.inbound.model import Box, ContentSource, PlanItem
from sellingpartner.market.inbound.questions import find_plan, find_shipment, previews_for
from sellingpartner.market.inbound.sending import contents
from sellingpartner.market.inbound.sending.contents import Change, Taken
from sellingpartner.market.inbound.store.options import ContentUpdate
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.transports import option_view
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import (
    item_told,
    size_told,
    size_view,
    weight_told,
    weight_view,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GenerateShipmentContentUpdatePreviews)
def generate_shipment_content_update_previews(
    unit: UnitOfWork, request: GenerateShipmentContentUpdatePreviews
) -> GenerateShipmentContentUpdatePreviewsResponse:
    """Have a change priced."""
    change = Change(
        shipment_id=request.shipment_id,
        boxes=tuple(_box(one) for one in request.boxes),
        items=tuple(item_told(one) for one in request.items),
    )
    return GenerateShipmentContentUpdatePreviewsResponse(
        operation_id=contents.generate(unit, request.inbound_plan_id, change)
    )


@handles(ListShipmentContentUpdatePreviews)
def list_shipment_content_update_previews(
    unit: UnitOfWork, request: ListShipmentContentUpdatePreviews
) -> ListShipmentContentUpdatePreviewsResponse:
    """The changes that were priced and not taken."""
    find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    found = previews_for(unit, shipment.shipment_id)
    page, pagination = page_of(
        unit, found, request.page_size, request.pagination_token, "changes of", shipment.shipment_id
    )
    return ListShipmentContentUpdatePreviewsResponse(
        content_update_previews=[_preview(shipment.shipment_id, one) for one in page], pagination=pagination
    )


@handles(GetShipmentContentUpdatePreview)
def get_shipment_content_update_preview(
    unit: UnitOfWork, request: GetShipmentContentUpdatePreview
) -> ContentUpdatePreview:
    """A change that was priced."""
    find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    return _preview(shipment.shipment_id, contents.preview_of(unit, shipment, request.content_update_preview_id))


@handles(ConfirmShipmentContentUpdatePreview)
def confirm_shipment_content_update_preview(
    unit: UnitOfWork, request: ConfirmShipmentContentUpdatePreview
) -> ConfirmShipmentContentUpdatePreviewResponse:
    """Take a change."""
    taken = Taken(shipment_id=request.shipment_id, preview_id=request.content_update_preview_id)
    operation_id = contents.confirm(unit, request.inbound_plan_id, taken)
    return ConfirmShipmentContentUpdatePreviewResponse(operation_id=operation_id)


def _box(said: api.BoxUpdateInput) -> Box:
    return Box(
        package_id=said.package_id or "",
        number=0,
        source=ContentSource(said.content_information_source.value),
        size=size_told(said.dimensions),
        weight=weight_told(said.weight),
        quantity=said.quantity,
        items=tuple(item_told(one) for one in said.items or ()),
    )


def _preview(shipment_id: str, update: ContentUpdate) -> ContentUpdatePreview:
    return ContentUpdatePreview(
        content_update_preview_id=update.preview_id,
        expiration=update.expires_at,
        transportation_option=option_view(shipment_id, update.option),
        requested_updates=api.RequestedUpdates(
            boxes=[_asked(one) for one in update.boxes], items=[_named(one) for one in update.items]
        ),
    )


def _asked(box: Box) -> api.BoxUpdateInput:
    return api.BoxUpdateInput(
        package_id=box.package_id or None,
        content_information_source=api.BoxContentInformationSource(box.source.value),
        dimensions=size_view(box.size),
        weight=weight_view(box.weight),
        quantity=box.quantity,
        items=[_named(one) for one in box.items] or None,
    )


def _named(item: PlanItem) -> api.ItemInput:
    return api.ItemInput(
        msku=item.msku,
        quantity=item.quantity,
        prep_owner=api.PrepOwner(item.prep_owner.value),
        label_owner=api.LabelOwner(item.label_owner.value),
        expiration=item.expires_on,
        manufacturing_lot_code=item.lot,
    )
