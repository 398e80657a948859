"""Sellers tell of appointments: when somebody will come, who it was, from when to when, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from sellingpartner.market.appointments.lifecycle import AppointmentStatus
from sellingpartner.market.appointments.model import Appointment, Job, ResourceKind
from sellingpartner.market.appointments.proofs import attach_proof, wrong_with_proof
from sellingpartner.market.appointments.refusals import Against, BrokenRule, BrokenRules
from sellingpartner.market.appointments.resources import resource_if_there
from sellingpartner.market.appointments.store import job_to_change, keep_job
from sellingpartner.market.events.appointments import AppointmentTold
from sellingpartner.storage.unit import UnitOfWork

MOST_DOCUMENTS = 20


class Proof(msgspec.Struct, frozen=True):
    """A document that was sent to a destination, and its digest."""

    upload_destination_id: str
    content_sha256: str | None = None


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What is told; whatever is None stays as it was."""

    arrives: tuple[datetime, datetime] | None = None
    fulfilled: tuple[datetime | None, datetime | None] | None = None
    technicians: Sequence[str] | None = None
    proofs: Sequence[Proof] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it tells nothing."""
        return not (self.arrives or self.fulfilled or self.technicians or self.proofs)


def tell(unit: UnitOfWork, job_id: str, appointment_id: str, news: News) -> None:
    """Keep what is told of an appointment; raises with all that is wrong, and then keeps nothing of it.

    Assumed: it may be told of an appointment that stands; of one that is over by its job, no more.
    """
    job = job_to_change(unit, job_id)
    if job.is_over:
        message = f"Job with id {job_id} can not be updated. Please check if the job is in valid status."
        raise BrokenRule(message, details=f"It is {job.status.value}.")
    appointment = _appointment(job, appointment_id)
    if wrong := list(_wrong(unit, job, news)):
        raise BrokenRules(wrong)
    told = appointment.told
    if news.arrives:
        told = msgspec.structs.replace(told, arrives_from=news.arrives[0], arrives_until=news.arrives[1])
    if news.fulfilled:
        told = msgspec.structs.replace(told, started_at=news.fulfilled[0], ended_at=news.fulfilled[1])
    if news.technicians:
        told = msgspec.structs.replace(told, technicians=tuple(sorted(set(news.technicians))))
    for proof in news.proofs or ():
        attach_proof(unit, proof.upload_destination_id)
    if news.proofs:
        documents = tuple(dict.fromkeys((*told.documents, *(one.upload_destination_id for one in news.proofs))))
        told = msgspec.structs.replace(told, documents=documents, documented_at=unit.now)
    appointment.told = told
    keep_job(unit, job)
    unit.emit(AppointmentTold(job_id=job_id, appointment_id=appointment_id, documents=len(news.proofs or ())))


def _appointment(job: Job, appointment_id: str) -> Appointment:
    found = job.appointment(appointment_id)
    if found is None:
        message = f"Appointment with id {appointment_id[:100]} is not present in the job. Please check the input again."
        raise BrokenRule(message)
    if found.status is not AppointmentStatus.ACTIVE:
        message = (
            f"Appointment with appointment id {appointment_id} is not valid to update. Please check the input again"
        )
        raise BrokenRule(message, details=f"It is {found.status.value}.")
    return found


def _wrong(unit: UnitOfWork, job: Job, news: News) -> Iterator[Against]:
    known = [resource_if_there(unit, one) for one in news.technicians or ()]
    if any(one is None for one in known):
        yield Against("One or more resources provided does not exist or is deleted. Please check the input again.")
    elif any(one is not None and (one.kind, one.store_id) != (ResourceKind.TECHNICIAN, job.store_id) for one in known):
        yield Against("One or more resources provided is invalid. Please check the input again.")
    if news.arrives and news.arrives[1] <= news.arrives[0]:
        yield Against("Estimated arrival end time should be after start time. Please check the input again.")
    if news.fulfilled:
        yield from _wrong_times(unit, *news.fulfilled)
    if len(news.proofs or ()) > MOST_DOCUMENTS:
        yield Against(f"An appointment has at most {MOST_DOCUMENTS} documents. Please check the input again.")
        return
    for proof in news.proofs or ():
        if against := wrong_with_proof(unit, proof.upload_destination_id, proof.content_sha256):
            yield against


def _wrong_times(unit: UnitOfWork, started_at: datetime | None, ended_at: datetime | None) -> Iterator[Against]:
    if started_at is None:
        yield Against("Appointment start time is required. Please check the input again.")
    elif started_at > unit.now:
        yield Against("Appointment start time should not be in future. Please check the input again")
    if ended_at is None:
        yield Against("Appointment end time is required. Please check the input again.")
    elif ended_at > unit.now:
        yield Against("Appointment end time should not be in future. Please check the input again")
    elif started_at is not None and ended_at <= started_at <= unit.now:
        yield Against("Appointment end time should be after start time. Please check the input again.")
