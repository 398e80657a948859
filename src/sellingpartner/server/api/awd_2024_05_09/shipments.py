"""Inbound shipments of AWD: listed, shown, carried and labeled."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.centers.questions import center
from sellingpartner.market.distribution import commands
from sellingpartner.market.distribution.labels import LabelStatus
from sellingpartner.market.distribution.model import InboundShipment, Tracking
from sellingpartner.market.distribution.questions import (
    Listed,
    label_status,
    page_of_shipments,
    received_by_sku,
    received_cases,
    shipment_of,
)
from sellingpartner.server.api.awd_2024_05_09.reading import Pages, named
from sellingpartner.server.api.awd_2024_05_09.views import address_of, is_ascending
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.shipping_documents import BOX_LABELS, told_of_boxes
from sellingpartner.storage.unit import UnitOfWork

_LINK_LASTS = timedelta(seconds=600)
_PRESENT = "ShipmentId should be present for this request"
_pages = Pages("listInboundShipments", page_of_shipments, lambda one: (one.updated_at, one.created_at, one.shipment_id))


@handles(awd.ListInboundShipments)
def list_inbound_shipments(unit: UnitOfWork, request: awd.ListInboundShipments) -> awd.ShipmentListing:
    """Go through shipments, the one that changed last first unless said."""
    wanted = Listed(
        is_by_creation=request.sort_by is awd.SortBy.CREATED_AT,
        is_ascending=is_ascending(request.sort_order),
        status=None if request.shipment_status is None else request.shipment_status.value,
        after=request.updated_after,
        before=request.updated_before,
    )
    page, token = _pages.read(unit, wanted, request.max_results, request.next_token)
    return awd.ShipmentListing(shipments=[_summary(one) for one in page], next_token=token)


@handles(awd.GetInboundShipment)
def get_inbound_shipment(unit: UnitOfWork, request: awd.GetInboundShipment) -> awd.InboundShipment:
    """Show a shipment, with what came of each SKU if wished."""
    shipment = shipment_of(unit, named(request.shipment_id, "shipmentId"))
    first = shipment.tracking[0] if shipment.tracking else None
    return awd.InboundShipment(
        order_id=shipment.shipment_id,
        shipment_id=shipment.shipment_id,
        shipment_status=awd.InboundShipmentStatus(shipment.status.value),
        origin_address=shipment.origin,
        destination_address=address_of(center(shipment.center)),
        destination_region=shipment.region,
        shipment_container_quantities=list(shipment.packages),
        received_quantity=[_quantity(received_cases(shipment), awd.InventoryUnitOfMeasurement.CASES)],
        shipment_sku_quantities=_by_sku(shipment) if request.sku_quantities is awd.SkuQuantities.SHOW else None,
        carrier_code=None if first is None or first.carrier is None else _carrier(first.carrier),
        tracking_id=None if first is None else first.booking_id,
        external_reference_id=shipment.reference,
        ship_by=shipment.ship_by,
        created_at=shipment.created_at,
        updated_at=shipment.updated_at,
        warehouse_reference_id=f"{shipment.center}-{shipment.shipment_id}",
    )


@handles(awd.UpdateInboundShipmentTransportDetails)
def update_inbound_shipment_transport_details(
    unit: UnitOfWork, request: awd.UpdateInboundShipmentTransportDetails
) -> NoContent:
    """Tell who carries a shipment."""
    tracking = [
        Tracking(one.booking_id, None if one.carrier_code is None else one.carrier_code.carrier_code_value)
        for one in request.tracking_details
    ]
    commands.tell_transport(unit, named(request.shipment_id, "shipmentId", says=_PRESENT), tracking)
    return NoContent()


@handles(awd.GetInboundShipmentLabels)
def get_inbound_shipment_labels(
    unit: UnitOfWork, request: awd.GetInboundShipmentLabels, caller: Caller, origin: Origin
) -> awd.ShipmentLabels:
    """Give a link to the box labels, which is good for ten minutes, once they are there."""
    shipment_id = named(request.shipment_id, "shipmentId", says=_PRESENT)
    status = label_status(unit, shipment_id)
    link = None
    if status is LabelStatus.GENERATED:
        holder = LinkFor(caller.seller_id, caller.grant_id)
        said = told_of_boxes(caller.seller_id, shipment_id)
        link = origin + signed(unit, BOX_LABELS, said, holder=holder, until=unit.now + _LINK_LASTS)
    return awd.ShipmentLabels(label_status=awd.LabelStatus(status.value), label_download_url=link)


@handles(awd.GetLabelPageTypes)
def get_label_page_types(unit: UnitOfWork, request: awd.GetLabelPageTypes) -> awd.ShipmentLabelPageTypes:
    """Say on which paper the labels are.

    Assumed: a shipment that the seller has carried has labels on plain paper alone, as its labels' operation offers.
    """
    status = label_status(unit, named(request.shipment_id, "shipmentId", says=_PRESENT))
    is_there = status is LabelStatus.GENERATED
    return awd.ShipmentLabelPageTypes(
        label_status=awd.LabelStatus(status.value), page_types=[awd.PageType.PLAIN_PAPER] if is_there else None
    )


def _summary(shipment: InboundShipment) -> awd.InboundShipmentSummary:
    return awd.InboundShipmentSummary(
        order_id=shipment.shipment_id,
        shipment_id=shipment.shipment_id,
        shipment_status=awd.InboundShipmentStatus(shipment.status.value),
        external_reference_id=shipment.reference,
        created_at=shipment.created_at,
        updated_at=shipment.updated_at,
    )


def _by_sku(shipment: InboundShipment) -> list[awd.SkuQuantity]:
    """Assumed: what a SKU's quantities are measured in is product units."""
    units = awd.InventoryUnitOfMeasurement.PRODUCT_UNITS
    return [
        awd.SkuQuantity(
            sku=one.sku,
            expected_quantity=_quantity(one.expected, units),
            received_quantity=_quantity(one.received, units),
        )
        for one in received_by_sku(shipment)
    ]


def _quantity(count: int, unit: awd.InventoryUnitOfMeasurement) -> awd.InventoryQuantity:
    return awd.InventoryQuantity(quantity=Decimal(count), unit_of_measurement=unit)


def _carrier(code: str) -> awd.CarrierCode:
    return awd.CarrierCode(carrier_code_type=awd.CarrierCodeType.SCAC, carrier_code_value=code)
