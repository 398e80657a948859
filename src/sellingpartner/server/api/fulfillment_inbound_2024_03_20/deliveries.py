"""When shipments arrive: delivery windows, and the seller's own truck at the dock."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    CancelSelfShipAppointment,
    CancelSelfShipAppointmentResponse,
    ConfirmDeliveryWindowOptions,
    ConfirmDeliveryWindowOptionsResponse,
    GenerateDeliveryWindowOptions,
    GenerateDeliveryWindowOptionsResponse,
    GenerateSelfShipAppointmentSlots,
    GenerateSelfShipAppointmentSlotsResponse,
    GetSelfShipAppointmentSlots,
    GetSelfShipAppointmentSlotsResponse,
    ListDeliveryWindowOptions,
    ListDeliveryWindowOptionsResponse,
    ScheduleSelfShipAppointment,
    ScheduleSelfShipAppointmentResponse,
)
from sellingpartner.market.inbound.questions import find_plan, find_shipment, windows_for
from sellingpartner.market.inbound.sending import arriving, docking
from sellingpartner.market.inbound.sending.arriving import Choice
from sellingpartner.market.inbound.transport.carriage import Appointment, WindowOption
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import page_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GenerateDeliveryWindowOptions)
def generate_delivery_window_options(
    unit: UnitOfWork, request: GenerateDeliveryWindowOptions
) -> GenerateDeliveryWindowOptionsResponse:
    """Have it worked out when a shipment may arrive."""
    operation_id = arriving.generate(unit, request.inbound_plan_id, request.shipment_id)
    return GenerateDeliveryWindowOptionsResponse(operation_id=operation_id)


@handles(ListDeliveryWindowOptions)
def list_delivery_window_options(
    unit: UnitOfWork, request: ListDeliveryWindowOptions
) -> ListDeliveryWindowOptionsResponse:
    """When a shipment may arrive."""
    find_plan(unit, request.inbound_plan_id)
    shipment = find_shipment(unit, request.inbound_plan_id, request.shipment_id)
    found = windows_for(unit, shipment.shipment_id)
    page, pagination = page_of(
        unit, found, request.page_size, request.pagination_token, "windows of", shipment.shipment_id
    )
    return ListDeliveryWindowOptionsResponse(
        delivery_window_options=[_window(one) for one in page], pagination=pagination
    )


@handles(ConfirmDeliveryWindowOptions)
def confirm_delivery_window_options(
    unit: UnitOfWork, request: ConfirmDeliveryWindowOptions
) -> ConfirmDeliveryWindowOptionsResponse:
    """Choose when a shipment is to arrive."""
    choice = Choice(shipment_id=request.shipment_id, option_id=request.delivery_window_option_id)
    return ConfirmDeliveryWindowOptionsResponse(operation_id=arriving.confirm(unit, request.inbound_plan_id, choice))


@handles(GenerateSelfShipAppointmentSlots)
def generate_self_ship_appointment_slots(
    unit: UnitOfWork, request: GenerateSelfShipAppointmentSlots
) -> GenerateSelfShipAppointmentSlotsResponse:
    """Have times at the dock worked out."""
    operation_id = docking.generate(
        unit, request.inbound_plan_id, request.shipment_id, request.desired_start_date, request.desired_end_date
    )
    return GenerateSelfShipAppointmentSlotsResponse(operation_id=operation_id)


@handles(GetSelfShipAppointmentSlots)
def get_self_ship_appointment_slots(
    unit: UnitOfWork, request: GetSelfShipAppointmentSlots
) -> GetSelfShipAppointmentSlotsResponse:
    """The times at the dock that were worked out."""
    find_plan(unit, request.inbound_plan_id)
    dock = docking.slots_of(unit, request.inbound_plan_id, request.shipment_id)
    slots = () if dock is None else dock.slots
    page, pagination = page_of(
        unit, slots, request.page_size, request.pagination_token, "slots of", request.shipment_id
    )
    shown = [
        api.AppointmentSlot(
            slot_id=one.slot_id, slot_time=api.AppointmentSlotTime(start_time=one.starts_at, end_time=one.ends_at)
        )
        for one in page
    ]
    return GetSelfShipAppointmentSlotsResponse(
        self_ship_appointment_slots_availability=api.SelfShipAppointmentSlotsAvailability(
            expires_at=None if dock is None else dock.expires_at, slots=shown
        ),
        pagination=pagination,
    )


@handles(ScheduleSelfShipAppointment)
def schedule_self_ship_appointment(
    unit: UnitOfWork, request: ScheduleSelfShipAppointment
) -> ScheduleSelfShipAppointmentResponse:
    """Take a time at the dock, or move to another one."""
    reason = None if request.reason_comment is None else request.reason_comment.value
    made = docking.schedule(unit, request.inbound_plan_id, request.shipment_id, request.slot_id, reason)
    return ScheduleSelfShipAppointmentResponse(self_ship_appointment_details=appointment_view(made))


@handles(CancelSelfShipAppointment)
def cancel_self_ship_appointment(
    unit: UnitOfWork, request: CancelSelfShipAppointment
) -> CancelSelfShipAppointmentResponse:
    """Give a time at the dock up."""
    reason = None if request.reason_comment is None else request.reason_comment.value
    operation_id = docking.cancel(unit, request.inbound_plan_id, request.shipment_id, reason)
    return CancelSelfShipAppointmentResponse(operation_id=operation_id)


def appointment_view(appointment: Appointment) -> api.SelfShipAppointmentDetails:
    """A time at the dock as the API shows it."""
    return api.SelfShipAppointmentDetails(
        appointment_id=Decimal(appointment.number),
        appointment_slot_time=api.AppointmentSlotTime(start_time=appointment.starts_at, end_time=appointment.ends_at),
        appointment_status=appointment.status.value,
    )


def _window(option: WindowOption) -> api.DeliveryWindowOption:
    return api.DeliveryWindowOption(
        delivery_window_option_id=option.option_id,
        availability_type=option.availability.value,
        start_date=option.starts_at,
        end_date=option.ends_at,
        valid_until=option.valid_until,
    )
