"""When a job, or a service that nobody has ordered yet, could have an appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.appointments.questions import Slot, job_of, slots_for_job, slots_for_product
from sellingpartner.market.appointments.refusals import JobNotFound, WrongJobState
from sellingpartner.server.api.services_v1.reading import range_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.GetAppointmmentSlotsByJobId)
def get_appointmment_slots_by_job_id(
    unit: UnitOfWork, request: v1.GetAppointmmentSlotsByJobId
) -> v1.GetAppointmentSlotsResponse:
    """Show when a job could have its appointment."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    job = job_of(unit, request.service_job_id)
    if job.marketplace_id != request.marketplace_ids[0]:
        raise JobNotFound(request.service_job_id)
    if job.is_over:
        raise WrongJobState(job.job_id, job.status)
    begin, end = range_of(unit, request.start_time, request.end_time)
    return _answer(job.scheduling.value, begin, end, slots_for_job(unit, job, begin, end))


@handles(v1.GetAppointmentSlots)
def get_appointment_slots(unit: UnitOfWork, request: v1.GetAppointmentSlots) -> v1.GetAppointmentSlotsResponse:
    """Show when a service could be done in a store's area."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    begin, end = range_of(unit, request.start_time, request.end_time, "Range ")
    (marketplace_id,) = request.marketplace_ids
    scheduling, slots = slots_for_product(unit, request.asin, request.store_id, marketplace_id, begin, end)
    return _answer(scheduling, begin, end, slots)


def _answer(scheduling: str, begin: datetime, end: datetime, slots: Sequence[Slot]) -> v1.GetAppointmentSlotsResponse:
    return v1.GetAppointmentSlotsResponse(
        payload=v1.AppointmentSlotReport(
            scheduling_type=v1.SchedulingType(scheduling),
            start_time=begin,
            end_time=end,
            appointment_slots=[
                v1.AppointmentSlot(start_time=one.window.starts_at, end_time=one.window.ends_at, capacity=one.capacity)
                for one in slots
            ],
        )
    )
