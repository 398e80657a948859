"""Shipments: shown with their boxes, items and pallets, renamed, moved to another source, and followed."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    GetDeliveryChallanDocument,
    GetDeliveryChallanDocumentResponse,
    GetShipment,
    ListShipmentBoxes,
    ListShipmentBoxesResponse,
    ListShipmentItems,
    ListShipmentItemsResponse,
    ListShipmentPallets,
    ListShipmentPalletsResponse,
    Shipment,
    UpdateShipmentName,
    UpdateShipmentSourceAddress,
    UpdateShipmentSourceAddressResponse,
    UpdateShipmentTrackingDetails,
    UpdateShipmentTrackingDetailsResponse,
)
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.papers import lading
from sellingpartner.market.inbound.questions import Among, boxes_going, find_plan, find_shipment
from sellingpartner.market.inbound.sending import changing, tracking
from sellingpartner.market.inbound.sending.changing import Source
from sellingpartner.market.inbound.sending.tracking import Told
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.package_views import box_page, box_view, pallet_page
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.shipment_views import shipment_view
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import address_of, item_view
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.inbound_documents import link_to
from sellingpartner.storage.unit import UnitOfWork


@handles(GetShipment)
def get_shipment(unit: UnitOfWork, request: GetShipment) -> Shipment:
    """A shipment with all that is known of its way."""
    find_plan(unit, request.inbound_plan_id)
    return shipment_view(find_shipment(unit, request.inbound_plan_id, request.shipment_id))


@handles(ListShipmentBoxes)
def list_shipment_boxes(unit: UnitOfWork, request: ListShipmentBoxes) -> ListShipmentBoxesResponse:
    """The boxes of a shipment; until its carrier is confirmed those that are alike are told together."""
    plan = find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    if shipment.status is not ShipmentStatus.UNCONFIRMED:
        among = Among(plan.plan_id, shipment_id=shipment.shipment_id)
        boxes, pagination = box_page(unit, plan, among, request, "shipment", shipment.shipment_id)
        return ListShipmentBoxesResponse(boxes=boxes, pagination=pagination)
    found = [msgspec.structs.replace(box, quantity=count) for box, count in boxes_going(unit, shipment)]
    page, pagination = page_of(
        unit, found, request.page_size, request.pagination_token, "boxes for", shipment.shipment_id
    )
    planned = {item.msku: item for item in shipment.items}
    return ListShipmentBoxesResponse(boxes=[box_view(one, plan, planned) for one in page], pagination=pagination)


@handles(ListShipmentItems)
def list_shipment_items(unit: UnitOfWork, request: ListShipmentItems) -> ListShipmentItemsResponse:
    """The items of a shipment."""
    find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    page, pagination = page_of(
        unit, shipment.items, request.page_size, request.pagination_token, "items of", request.shipment_id
    )
    return ListShipmentItemsResponse(
        items=[item_view(one, shipment.marketplace_id) for one in page], pagination=pagination
    )


@handles(ListShipmentPallets)
def list_shipment_pallets(unit: UnitOfWork, request: ListShipmentPallets) -> ListShipmentPalletsResponse:
    """The pallets of a shipment."""
    plan = find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    among = Among(plan.plan_id, shipment_id=shipment.shipment_id)
    pallets, pagination = pallet_page(unit, among, request, "shipment", shipment.shipment_id)
    return ListShipmentPalletsResponse(pallets=pallets, pagination=pagination)


@handles(UpdateShipmentName)
def update_shipment_name(unit: UnitOfWork, request: UpdateShipmentName) -> NoContent:
    """Give a shipment another name."""
    changing.rename_shipment(unit, request.inbound_plan_id, request.shipment_id, request.name)
    return NoContent()


@handles(UpdateShipmentSourceAddress)
def update_shipment_source_address(
    unit: UnitOfWork, request: UpdateShipmentSourceAddress
) -> UpdateShipmentSourceAddressResponse:
    """Have a shipment leave from elsewhere."""
    source = Source(shipment_id=request.shipment_id, address=address_of(request.address))
    operation_id = changing.change_source(unit, request.inbound_plan_id, source)
    return UpdateShipmentSourceAddressResponse(operation_id=operation_id)


@handles(UpdateShipmentTrackingDetails)
def update_shipment_tracking_details(
    unit: UnitOfWork, request: UpdateShipmentTrackingDetails
) -> UpdateShipmentTrackingDetailsResponse:
    """Have tracking numbers taken in."""
    boxes, freight = request.tracking_details.spd_tracking_detail, request.tracking_details.ltl_tracking_detail
    told = Told(
        shipment_id=request.shipment_id,
        numbers=() if boxes is None else tuple((one.box_id, one.tracking_id) for one in boxes.spd_tracking_items),
        freight_bills=() if freight is None else tuple(freight.freight_bill_number),
        bill_of_lading=None if freight is None else freight.bill_of_lading_number,
    )
    return UpdateShipmentTrackingDetailsResponse(operation_id=tracking.tell(unit, request.inbound_plan_id, told))


@handles(GetDeliveryChallanDocument, reads=False)
def get_delivery_challan_document(
    unit: UnitOfWork, request: GetDeliveryChallanDocument, caller: Caller, origin: Origin
) -> GetDeliveryChallanDocumentResponse:
    """A link to the challan that a shipment travels with in India."""
    find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    kept = lading.order_challan(unit, shipment)
    link = origin + link_to(unit, kept, grant_id=caller.grant_id)
    return GetDeliveryChallanDocumentResponse(
        document_download=api.DocumentDownload(download_type="URL", uri=link, expiration=kept.expires_at)
    )
