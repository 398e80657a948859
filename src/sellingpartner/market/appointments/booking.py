"""Appointments are set and moved, by the seller or by the buyer, and missed if nothing is told of them.

Assumed: an appointment of which nothing was told within two days of its end counts as missed; its job waits for another
one. How Amazon goes on from there is not documented.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sellingpartner.market.appointments.assigning import free_technicians
from sellingpartner.market.appointments.capacity import book, unbook
from sellingpartner.market.appointments.lifecycle import AppointmentStatus
from sellingpartner.market.appointments.model import Appointment, Job, Window
from sellingpartner.market.appointments.refusals import NoSlot, NotSet, WrongJobState
from sellingpartner.market.appointments.resources import resource_of, resource_to_book
from sellingpartner.market.appointments.rules import rules
from sellingpartner.market.appointments.slots import why_not
from sellingpartner.market.appointments.store import job_to_change, keep_job
from sellingpartner.market.events.appointments import AppointmentMissed, AppointmentMoved, AppointmentSet
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

SELLER, BUYER = "SELLER", "BUYER"
BUYERS_WISH = "BUYER"
"""The reason of a move that the buyer wanted; only sellers name codes."""
_LONGEST = 24 * 60


class AppointmentPasses(Due):
    """An appointment has been over for so long that something would have been told of it."""

    job_id: str
    appointment_id: str


class Moved(msgspec.Struct, frozen=True):
    """The appointment that there is now, and who of those assigned cannot come to it."""

    appointment_id: str
    unassigned: tuple[str, ...] = ()


def set_appointment(
    unit: UnitOfWork, job_id: str, starts_at: datetime, minutes: int | None = None, *, said_by: str = SELLER
) -> str:
    """Give a job its appointment; it takes as long as the service does, unless said. Returns the appointment's id."""
    job = job_to_change(unit, job_id)
    if job.active is not None:
        raise NotSet(job_id, "Job already has an active appointmentId.")
    if job.is_over:
        raise WrongJobState(job_id, job.status)
    window = Window(starts_at, job.minutes if minutes is None else minutes)
    _hold_time(unit, job, window)
    made = _made(unit, job, window)
    job.move(AppointmentSet)
    keep_job(unit, job)
    unit.emit(
        AppointmentSet(
            job_id=job_id,
            appointment_id=made.appointment_id,
            starts_at=window.starts_at,
            minutes=window.minutes,
            said_by=said_by,
        )
    )
    return made.appointment_id


def move_appointment(
    unit: UnitOfWork,
    job_id: str,
    appointment_id: str,
    starts_at: datetime,
    minutes: int | None = None,
    *,
    reason: str,
    said_by: str = SELLER,
) -> Moved:
    """Give a job another appointment instead; technicians who cannot come then are assigned no more."""
    job = job_to_change(unit, job_id)
    if job.is_over:
        raise WrongJobState(job_id, job.status)
    old = job.appointment(appointment_id)
    if old is None:
        raise NotSet(job_id, f"No appointment exists with appointmentId: {appointment_id[:100]}")
    if old.status is not AppointmentStatus.ACTIVE:
        instead = f" Appointment {old.moved_to} is there instead." if old.moved_to else ""
        raise NotSet(job_id, "Appointment is not active.", f"It is {old.status.value}.{instead}")
    if said_by == SELLER and reason not in rules().reasons.move:
        known = f"Reason codes are {', '.join(rules().reasons.move)}."
        raise NotSet(job_id, "Appointment reschedule reason code is not valid.", known)
    window = Window(starts_at, old.window.minutes if minutes is None else minutes)
    unbook(unit, appointment_id, (job.store_id, *old.technicians))  # what it has is to be had for what it becomes
    _hold_time(unit, job, window)
    old.move(AppointmentMoved)
    old.called_off_at = unit.now
    made = _made(unit, job, window)
    old.moved_to = made.appointment_id
    staying = free_technicians(unit, job, old.technicians, window)
    made.technicians = staying
    for one in staying:
        book(unit, one, made.appointment_id, window.starts_at, window.ends_at)
    job.move(AppointmentMoved)
    keep_job(unit, job)
    unit.emit(
        AppointmentMoved(
            job_id=job_id,
            appointment_id=made.appointment_id,
            instead_of=appointment_id,
            starts_at=window.starts_at,
            minutes=window.minutes,
            reason=reason,
            said_by=said_by,
        )
    )
    return Moved(made.appointment_id, tuple(one for one in old.technicians if one not in staying))


def miss(unit: UnitOfWork, job_id: str) -> None:
    """Let nothing come of a job's appointment that has begun: nobody came, or nobody was there."""
    job = job_to_change(unit, job_id)
    active = job.active
    if active is None:
        raise WrongJobState(job_id, job.status, "It has no appointment that could be missed.")
    if active.window.starts_at > unit.now:
        begins = f"Its appointment begins at {active.window.starts_at:%Y-%m-%dT%H:%M:%SZ}; nobody can have missed it."
        raise WrongJobState(job_id, job.status, begins)
    _miss(unit, job, active)


@when(AppointmentPasses)
def count_as_missed(unit: UnitOfWork, due: AppointmentPasses) -> None:
    """Give an appointment up of which nothing was told, unless it was moved or done meanwhile."""
    job = job_to_change(unit, due.job_id)
    active = job.active
    if active is not None and active.appointment_id == due.appointment_id and active.told.ended_at is None:
        _miss(unit, job, active)


def _miss(unit: UnitOfWork, job: Job, active: Appointment) -> None:
    active.move(AppointmentMissed)
    active.called_off_at = unit.now
    job.move(AppointmentMissed)
    unbook(unit, active.appointment_id, (job.store_id, *active.technicians))
    keep_job(unit, job)
    unit.emit(AppointmentMissed(job_id=job.job_id, appointment_id=active.appointment_id))


def _made(unit: UnitOfWork, job: Job, window: Window) -> Appointment:
    """A new appointment of a job, with a place in its store's time."""
    drawn = wide_number_of(unit.seed, "appointment", unit.seller_id, job.job_id, len(job.appointments))
    made = Appointment(appointment_id=f"{job.job_id}_{uuid_of(drawn)}", status=AppointmentStatus.ACTIVE, window=window)
    job.appointments = [*job.appointments, made]
    book(unit, job.store_id, made.appointment_id, window.starts_at, window.ends_at)
    passes = AppointmentPasses(job_id=job.job_id, appointment_id=made.appointment_id)
    later(unit, passes, at=window.ends_at + rules().missed_after)
    return made


def _hold_time(unit: UnitOfWork, job: Job, window: Window) -> None:
    """Have nobody else book the time of a job's store until the unit ends; raises if the job cannot be done then."""
    if window.starts_at <= unit.now:
        raise NotSet(job.job_id, "Start time of appointment should be in the future.")
    most = rules().days.latest_start
    if window.starts_at > unit.now + timedelta(days=most):
        raise NotSet(job.job_id, f"Start time for appointment is beyond the maximum allowed period of {most} days.")
    if not 1 <= window.minutes <= _LONGEST:
        raise NoSlot(job.job_id, f"durationInMinutes is {window.minutes}; it must be 1 to {_LONGEST}.")
    store = resource_to_book(unit, job.store_id)
    why = why_not(unit, store or resource_of(unit, job.store_id), job.minutes, window)
    if why:
        raise NoSlot(job.job_id, why)
