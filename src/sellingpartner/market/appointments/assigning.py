"""Sellers say who goes to an appointment: technicians who can do it, are allowed to, and have the time.

Assumed: somebody who goes to another appointment at that time is assigned all the same, with a warning, as Amazon's
examples show it; an empty resource assigns nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sellingpartner.market.appointments.capacity import book, capacity_of, schedule_of, unbook
from sellingpartner.market.appointments.lifecycle import AppointmentStatus
from sellingpartner.market.appointments.model import Appointment, Job, Resource, ResourceKind, Window
from sellingpartner.market.appointments.refusals import (
    Against,
    BrokenRule,
    BrokenRules,
    NotUpdated,
    WrongJobState,
)
from sellingpartner.market.appointments.resources import resource_if_there, resource_to_book
from sellingpartner.market.appointments.store import job_to_change, keep_job
from sellingpartner.market.events.appointments import TechniciansAssigned
from sellingpartner.storage.unit import UnitOfWork

_OVERBOOKED = Against("Resources overbooked for this time window.", code="RESOURCES_OVERBOOKED")


def assign(unit: UnitOfWork, job_id: str, appointment_id: str, resource_ids: Sequence[str]) -> list[Against]:
    """Say who goes to an appointment, instead of whoever was to go before; returns what to beware of."""
    job = job_to_change(unit, job_id, "No job exists with jobId : {}")
    if job.is_over:
        raise WrongJobState(job_id, job.status)
    appointment = job.appointment(appointment_id)
    if appointment is None:
        raise NotUpdated(job_id, appointment_id)
    if appointment.status is not AppointmentStatus.ACTIVE:
        message = f"Appointment metadata update is not allowed for appointmentId {appointment_id}"
        raise BrokenRule(message)
    wanted = tuple(sorted({one for one in resource_ids if one}))
    people = [_known(unit, one) for one in wanted]
    unbook(unit, appointment_id, appointment.technicians)
    if against := _against(unit, job, appointment.window, people):
        raise BrokenRules(against)
    is_overbooked = any(_is_busy(unit, one, appointment.window) for one in people)
    _book(unit, appointment, wanted)
    keep_job(unit, job)
    unit.emit(TechniciansAssigned(job_id=job_id, appointment_id=appointment_id, resource_ids=wanted))
    return [_OVERBOOKED] if is_overbooked else []


def free_technicians(unit: UnitOfWork, job: Job, resource_ids: Sequence[str], window: Window) -> tuple[str, ...]:
    """Those who could come at another time, too."""
    people = [found for one in sorted(resource_ids) if (found := resource_to_book(unit, one)) is not None]
    return tuple(
        one.resource_id for one in people if not _against(unit, job, window, [one]) and not _is_busy(unit, one, window)
    )


def _book(unit: UnitOfWork, appointment: Appointment, wanted: tuple[str, ...]) -> None:
    appointment.technicians = wanted
    for one in wanted:
        book(unit, one, appointment.appointment_id, appointment.window.starts_at, appointment.window.ends_at)


def _known(unit: UnitOfWork, resource_id: str) -> Resource:
    found = resource_to_book(unit, resource_id)
    if found is None or found.kind is not ResourceKind.TECHNICIAN:
        message = f"Invalid resourceId : {resource_id[:100]} provided in the input."
        why = "" if found is None else f"{resource_id} is a store; technicians go to appointments."
        raise BrokenRule(message, details=why)
    return found


def _against(unit: UnitOfWork, job: Job, window: Window, people: Sequence[Resource]) -> list[Against]:
    """What keeps technicians from an appointment, rule by rule, each with those whom it keeps."""
    missing = sorted({one for person in people for one in job.skills if one not in person.skills})
    rules: tuple[tuple[str, str, Callable[[Resource], bool]], ...] = (
        (
            "RESOURCES_MISMATCHED_SERVICE_LOCATION_TYPE",
            "Resources do not have same service location type as job.",
            lambda one: job.location not in one.locations,
        ),
        (
            "RESOURCES_MISSING_REQUIRED_SKILLS",
            f"Resources Missing required {', '.join(missing)} skills.",
            lambda one: not set(job.skills) <= set(one.skills),
        ),
        (
            "RESOURCES_NOT_AVAILABLE_IN_LOCATION",
            "Resources are not available in the store.",
            lambda one: one.store_id != job.store_id,
        ),
        (
            "RESOURCES_NOT_REGISTERED_UNDER_MERCHANT",
            "Resources are not registered under this Merchant.",
            lambda one: not one.is_employed,
        ),
        (
            "RESOURCES_BACKGROUND_CHECK_INCOMPLETE",
            "Resources background check is incomplete.",
            lambda one: not one.is_checked,
        ),
        (
            "RESOURCES_NOT_AVAILABLE_IN_TIME_WINDOW",
            "Resources do not have sufficient available capacity.",
            lambda one: not _works(unit, one, window),
        ),
    )
    found = []
    for code, message, keeps in rules:
        if kept := [one.resource_id for one in people if keeps(one)]:
            found.append(Against(f"{message} Applicable resources: {','.join(kept)}", code))
    return found


def _works(unit: UnitOfWork, person: Resource, window: Window) -> bool:
    """Whether somebody works at a time, and has not reserved it: when their store does, if nobody told their hours."""
    there = capacity_of(unit, person, window.starts_at, window.ends_at)
    store = None if schedule_of(unit, person.resource_id) else resource_if_there(unit, person.store_id)
    if store is not None:
        hours = capacity_of(unit, store, window.starts_at, window.ends_at).scheduled
        return hours.least(window.starts_at, window.ends_at) > 0 and not there.reserved.most(
            window.starts_at, window.ends_at
        )
    return there.scheduled.without(there.reserved).least(window.starts_at, window.ends_at) > 0


def _is_busy(unit: UnitOfWork, person: Resource, window: Window) -> bool:
    """Whether somebody goes to another appointment at a time."""
    there = capacity_of(unit, person, window.starts_at, window.ends_at)
    return there.encumbered.most(window.starts_at, window.ends_at) > 0
