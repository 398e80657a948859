"""Shipments are confirmed or rejected, packed, labeled and sent."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.external_fulfillment_shipments_2024_09_11 import (
    CreatePackages,
    GenerateShipLabels,
    ProcessShipment,
    ShipLabelsResponse,
    UpdatePackage,
    UpdatePackageStatus,
)
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.external import commands
from sellingpartner.market.external.commands import Answer, Courier, Labeled
from sellingpartner.market.external.leaving import SHIPPED
from sellingpartner.market.external.model import Measure, Package, Packed
from sellingpartner.market.external.refusals import WrongValue
from sellingpartner.market.external.rules import rules
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.shipping_documents import LABEL, told_of_label
from sellingpartner.storage.unit import UnitOfWork

_CREATED = api.PackageStatusChoice.CREATED
_REGENERATE = api.GenerateShipLabelsOperation.REGENERATE


@handles(ProcessShipment)
def process_shipment(unit: UnitOfWork, request: ProcessShipment) -> NoContent:
    """Take a shipment on, or refuse it."""
    said = [] if request.body is None else request.body.line_items
    answers = [
        Answer(
            line_id=one.line_item.id,
            quantity=one.line_item.quantity,
            reason=None if one.reason is None else one.reason.value,
        )
        for one in said
    ]
    if request.operation_ == api.ProcessShipmentOperation.CONFIRM:
        commands.confirm(unit, request.shipment_id, answers)
    else:
        commands.reject(unit, request.shipment_id, answers)
    return NoContent()


@handles(CreatePackages)
def create_packages(unit: UnitOfWork, request: CreatePackages) -> NoContent:
    """Pack a shipment."""
    commands.create_packages(unit, request.shipment_id, [_package(one) for one in request.packages])
    return NoContent()


@handles(UpdatePackage)
def update_package(unit: UnitOfWork, request: UpdatePackage) -> NoContent:
    """Say another thing of a package."""
    commands.update_package(unit, request.shipment_id, request.package_id, _package(request))
    return NoContent()


@handles(UpdatePackageStatus)
def update_package_status(unit: UnitOfWork, request: UpdatePackageStatus) -> NoContent:
    """Say that a package has left, or where it is.

    The parameter `status` is deprecated; it is read where the body says nothing.
    """
    said = request.body or api.PackageDeliveryStatus()
    status = request.status.value if said.status is None and request.status is not None else None
    if said.status is not None:
        status = said.status.value
    if status is None:
        if said.sub_status is None:
            raise WrongValue("status", "", "At least one field is mandatory in the input payload")
        status = SHIPPED
    sub_status = None if said.sub_status is None else said.sub_status.value
    commands.update_status(unit, request.shipment_id, request.package_id, status, sub_status, said.reason)
    return NoContent()


@handles(GenerateShipLabels)
def generate_ship_labels(
    unit: UnitOfWork, request: GenerateShipLabels, caller: Caller, origin: Origin
) -> ShipLabelsResponse:
    """Have labels made; each is fetched from a link."""
    courier = None if request.body is None else request.body.courier_supported_attributes
    done = commands.generate_labels(
        unit,
        request.shipment_id,
        [] if request.body is None else request.body.package_ids,
        option_id=request.shipping_option_id,
        courier=None if courier is None else Courier(courier.carrier_name, courier.tracking_id),
        is_anew=request.operation_ == _REGENERATE,
    )
    holder = LinkFor(caller.seller_id, caller.grant_id)

    def link(package_id: str) -> str:
        said = told_of_label(caller.seller_id, request.shipment_id, package_id)
        return origin + signed(unit, LABEL, said, holder=holder, until=unit.now + rules().link_lasts)

    return ShipLabelsResponse(package_ship_label_list=[_label(one, link) for one in done])


def _label(done: Labeled, link: Callable[[str], str]) -> api.PackageShipLabel:
    package_id, label = done.package.package_id, done.package.label
    if done.refused is not None or label is None:
        said = done.refused
        error = api.Error(code="", message="") if said is None else api.Error(code=said.code, message=said.reason)
        return api.PackageShipLabel(package_id=package_id, status=api.Status.FAILURE, error_details=error)
    window = None
    if label.slot_starts_at is not None and label.slot_ends_at is not None:
        start, end = int(label.slot_starts_at.timestamp()), int(label.slot_ends_at.timestamp())
        window = api.TimeWindow(start_time=start, end_time=end, handover_method=api.HandoverMethod.PICKUP)
    return api.PackageShipLabel(
        package_id=package_id,
        ship_label_metadata=api.ShipLabelMetadata(
            shipping_option_id=label.option_id,
            carrier_name=label.carrier_name,
            tracking_id=label.tracking_id,
            pickup_window=window,
            time_slot=window,
        ),
        file_data=api.DocumentV2(url=link(package_id)),
        status=api.Status.SUCCESS,
    )


def _package(said: api.Package | UpdatePackage) -> Package:
    if said.status not in {None, _CREATED}:
        raise WrongValue("status", said.status, "A package that is told is CREATED; its status follows its steps.")
    sides = said.dimensions
    handling = said.package_handling_requirements
    return Package(
        package_id=said.id,
        length=Measure(sides.length.value, sides.length.dimension_unit.value),
        width=Measure(sides.width.value, sides.width.dimension_unit.value),
        height=Measure(sides.height.value, sides.height.dimension_unit.value),
        weight=Measure(said.weight.value, said.weight.weight_unit.value),
        packed=tuple(_packed(one) for one in said.package_line_items),
        hazmat_labels=tuple(said.hazmat_labels or ()),
        handling=None if handling is None else handling.value,
    )


def _packed(said: api.PackageLineItem) -> Packed:
    worth = said.item_value
    return Packed(
        line_id=said.package_line_item_id,
        units=said.quantity,
        serial_numbers=tuple(said.serial_numbers or ()),
        pieces=said.pieces,
        country_of_origin=said.country_of_origin,
        value=None if worth is None else (worth.value, worth.currency_code),
    )
