"""Appointments of jobs: set, moved, with those who go there, and told of."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.telling import News, Proof
from sellingpartner.server.api.services_v1.reading import bounded
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.AddAppointmentForServiceJobByServiceJobId)
def add_appointment_for_service_job_by_service_job_id(
    unit: UnitOfWork, request: v1.AddAppointmentForServiceJobByServiceJobId
) -> v1.SetAppointmentResponse:
    """Set a job's appointment."""
    said = request.appointment_time
    starts_at = bounded(said.start_time, "appointmentTime.startTime")
    made = commands.set_appointment(unit, request.service_job_id, starts_at, said.duration_in_minutes)
    return v1.SetAppointmentResponse(appointment_id=made)


@handles(v1.RescheduleAppointmentForServiceJobByServiceJobId)
def reschedule_appointment_for_service_job_by_service_job_id(
    unit: UnitOfWork, request: v1.RescheduleAppointmentForServiceJobByServiceJobId
) -> v1.SetAppointmentResponse:
    """Move a job's appointment, and warn of those who cannot come to it any more."""
    said = request.appointment_time
    moved = commands.move_appointment(
        unit,
        request.service_job_id,
        request.appointment_id,
        bounded(said.start_time, "appointmentTime.startTime"),
        said.duration_in_minutes,
        reason=request.reschedule_reason_code,
    )
    warning = v1.Warning(code="RESOURCES_UNASSIGNED", message=f"Unassigned resources : {','.join(moved.unassigned)}")
    return v1.SetAppointmentResponse(
        appointment_id=moved.appointment_id, warnings=[warning] if moved.unassigned else None
    )


@handles(v1.AssignAppointmentResources)
def assign_appointment_resources(
    unit: UnitOfWork, request: v1.AssignAppointmentResources
) -> v1.AssignAppointmentResourcesResponse:
    """Say who goes to an appointment."""
    if not request.resources:
        message = "Resources must have size greater than or equal to 1."
        raise InvalidInput(message)
    wanted = [one.resource_id or "" for one in request.resources]
    warnings = commands.assign(unit, request.service_job_id, request.appointment_id, wanted)
    told = [v1.Warning(code=one.code, message=one.message) for one in warnings] or None
    return v1.AssignAppointmentResourcesResponse(payload=v1.AssignAppointmentResourcesResponsePayload(warnings=told))


@handles(v1.SetAppointmentFulfillmentData)
def set_appointment_fulfillment_data(unit: UnitOfWork, request: v1.SetAppointmentFulfillmentData) -> NoContent:
    """Keep what the seller tells of an appointment."""
    coming, went = request.estimated_arrival_time, request.fulfillment_time
    news = News(
        arrives=None
        if coming is None
        else (bounded(coming.start_time, "estimatedArrivalTime"), bounded(coming.end_time, "estimatedArrivalTime")),
        fulfilled=None
        if went is None
        else (_said(went.start_time, "fulfillmentTime"), _said(went.end_time, "fulfillmentTime")),
        technicians=[one.resource_id or "" for one in request.appointment_resources or ()],
        proofs=[
            Proof(one.upload_destination_id or "", one.content_sha256) for one in request.fulfillment_documents or ()
        ],
    )
    if news.is_empty:
        message = "No fulfillment artifacts provided in JSON payload."
        raise InvalidInput(message)
    commands.tell(unit, request.service_job_id, request.appointment_id, news)
    return NoContent()


def _said(moment: datetime | None, name: str) -> datetime | None:
    return None if moment is None else bounded(moment, name)
