"""Easy Ship 2022-03-23: time slots, and packages scheduled into them, one by one or in bulk."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sellingpartner.contract import easy_ship_2022_03_23 as api
from sellingpartner.contract.easy_ship_2022_03_23 import (
    CreateScheduledPackage,
    CreateScheduledPackageBulk,
    CreateScheduledPackagesResponse,
    GetScheduledPackage,
    ListHandoverSlots,
    ListHandoverSlotsResponse,
    Package,
    Packages,
    UpdateScheduledPackages,
)
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.shipping.easy_ship import booking
from sellingpartner.market.shipping.easy_ship.booking import Booking
from sellingpartner.market.shipping.easy_ship.model import Contents, EasyPackage
from sellingpartner.market.shipping.easy_ship.refusals import InvalidRequest, NotFoundHere, SlotNotAvailable
from sellingpartner.market.shipping.easy_ship.rules import rules_for
from sellingpartner.market.shipping.easy_ship.slots import Measures, Method, measured
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.shipping_documents import ARCHIVE, told_of
from sellingpartner.storage.unit import UnitOfWork

# Assumed: the link to the documents of a bulk is good for a quarter of an hour; Amazon calls it short-lived.
_LINK_LASTS = timedelta(minutes=15)
_MOST_IN_BULK = 100
_LARGEST_CM, _HEAVIEST_G = 6500, 4_000_000


@handles(ListHandoverSlots, reads=True)
def list_handover_slots(unit: UnitOfWork, request: ListHandoverSlots) -> ListHandoverSlotsResponse:
    """When a package may be handed over."""
    measures = _measures(request.package_dimensions, request.package_weight)
    found = booking.open_slots(unit, request.amazon_order_id, request.marketplace_id, measures)
    if not found:
        raise SlotNotAvailable
    return ListHandoverSlotsResponse(
        amazon_order_id=request.amazon_order_id,
        time_slots=[_slot(one.slot_id, one.method, one.starts_at, one.ends_at) for one in found],
    )


@handles(GetScheduledPackage)
def get_scheduled_package(unit: UnitOfWork, request: GetScheduledPackage) -> Package:
    """The package of an order."""
    return _package(booking.scheduled(unit, request.amazon_order_id, request.marketplace_id))


@handles(CreateScheduledPackage)
def create_scheduled_package(unit: UnitOfWork, request: CreateScheduledPackage) -> Package:
    """Schedule the package of an order."""
    wanted = _booking(request.amazon_order_id, request.marketplace_id, request.package_details)
    return _package(booking.schedule(unit, wanted))


@handles(UpdateScheduledPackages)
def update_scheduled_packages(unit: UnitOfWork, request: UpdateScheduledPackages) -> Packages:
    """Move packages to other slots: all of them, or none."""
    return Packages(
        packages=[
            _package(
                booking.reschedule(
                    unit,
                    one.scheduled_package_id.amazon_order_id,
                    request.marketplace_id,
                    one.scheduled_package_id.package_id,
                    one.package_time_slot.slot_id,
                )
            )
            for one in request.update_package_details_list
        ]
    )


@handles(CreateScheduledPackageBulk)
def create_scheduled_package_bulk(
    unit: UnitOfWork, request: CreateScheduledPackageBulk, caller: Caller, origin: Origin
) -> CreateScheduledPackagesResponse:
    """Schedule many packages; those that cannot be are named with their reason, and the others are scheduled."""
    booking.check_bulk(request.marketplace_id)
    if len(request.order_schedule_details_list) > _MOST_IN_BULK:
        raise InvalidRequest(f"orderScheduleDetailsList holds more than {_MOST_IN_BULK} orders.")
    done: list[EasyPackage] = []
    rejected: list[api.RejectedOrder] = []
    for one in request.order_schedule_details_list:
        try:
            with unit.attempt():
                wanted = _booking(one.amazon_order_id, request.marketplace_id, one.package_details)
                done.append(booking.schedule_in_bulk(unit, wanted))
        except SellingPartnerError as refused:
            rejected.append(_rejected(one.amazon_order_id, refused))
    link = None
    if done:
        said = told_of(caller.seller_id, [one.order_id for one in done], request.label_format.value)
        holder = LinkFor(caller.seller_id, caller.grant_id)
        link = origin + signed(unit, ARCHIVE, said, holder=holder, until=unit.now + _LINK_LASTS)
    return CreateScheduledPackagesResponse(
        scheduled_packages=[_package(one) for one in done],
        rejected_orders=rejected or None,
        printable_documents_url=link,
    )


def _rejected(order_id: str, refused: SellingPartnerError) -> api.RejectedOrder:
    """Why an order of a bulk was not scheduled; of one that is not there Amazon speaks in other words."""
    error = api.Error(code=refused.code, message=refused.message, details=refused.reason)
    if isinstance(refused, NotFoundHere):
        words = f"Couldn't find the order details for {order_id}"
        error = api.Error(code="InvalidInput", message=words, details=words)
    return api.RejectedOrder(amazon_order_id=order_id, error=error)


def _booking(order_id: str, marketplace_id: str, details: api.PackageDetails | None) -> Booking:
    return Booking(
        order_id=order_id,
        marketplace_id=marketplace_id,
        rules=rules_for(marketplace_id),
        slot_id=None if details is None else details.package_time_slot.slot_id,
        contents=()
        if details is None
        else tuple(
            Contents(item.order_item_id, tuple(item.order_item_serial_numbers or ()))
            for item in details.package_items or ()
        ),
        identifier=None if details is None else details.package_identifier,
    )


def _measures(box: api.Dimensions, weight: api.Weight) -> Measures:
    """Assumed: the name of one of Amazon's boxes stands for a usual package; the boxes' measures are not published."""
    if weight.value is None or weight.unit is None or weight.value > _HEAVIEST_G:
        raise InvalidRequest("packageWeight needs a value and a unit.")
    sides = (box.length, box.width, box.height)
    if box.identifier is not None and sides == (None, None, None):
        usual = booking.USUAL
        return Measures(usual.length, usual.width, usual.height, int(weight.value))
    length, width, height = sides
    if length is None or width is None or height is None or box.unit is None:
        raise InvalidRequest("packageDimensions needs length, width, height and unit, or an identifier.")
    if max(length, width, height) > _LARGEST_CM:
        raise InvalidRequest(f"A side of the package is longer than {_LARGEST_CM} cm.")
    return measured(length, width, height, weight.value)


def _slot(slot_id: str, method: Method, starts_at: datetime, ends_at: datetime) -> api.TimeSlot:
    return api.TimeSlot(
        slot_id=slot_id, start_time=starts_at, end_time=ends_at, handover_method=api.HandoverMethod(method.value)
    )


def _package(package: EasyPackage) -> Package:
    zone, measures = ZoneInfo(rules_for(package.marketplace_id).time_zone), package.measures
    return Package(
        scheduled_package_id=api.ScheduledPackageId(amazon_order_id=package.order_id, package_id=package.package_id),
        package_dimensions=api.Dimensions(
            length=measures.length / 10,
            width=measures.width / 10,
            height=measures.height / 10,
            unit=api.UnitOfLength.CM,
        ),
        package_weight=api.Weight(value=float(measures.grams), unit=api.UnitOfWeight.G),
        package_items=[
            api.Item(order_item_id=one.order_item_id, order_item_serial_numbers=list(one.serial_numbers) or None)
            for one in package.contents
        ]
        or None,
        package_time_slot=_slot(
            package.slot_id, package.method, package.starts_at.astimezone(zone), package.ends_at.astimezone(zone)
        ),
        package_identifier=package.identifier,
        invoice=None
        if package.invoice is None
        else api.InvoiceData(
            invoice_number=package.invoice.number, invoice_date=package.invoice.written_at.astimezone(zone)
        ),
        package_status=api.PackageStatus(package.status.value),
        tracking_details=api.TrackingDetails(tracking_id=package.tracking_id),
    )
