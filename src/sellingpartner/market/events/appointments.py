"""What happens to services: they are offered, jobs come of orders, appointments are set, moved, missed and done.

A job's facts come in this order: JobOffered, (JobHeld,) AppointmentSet, AppointmentMoved any number of times, and
either JobCompleted or one of JobCanceled, JobDeclined and JobGivenUp. An appointment that is missed brings the job
back to where it waits for one.
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.storage.events import Event


class ServiceOffered(Event):
    """A seller offers a SKU as a service, or changed how it is done."""

    marketplace_id: str
    sku: str
    asin: str


class ResourceRegistered(Event):
    """A store, or a technician of one, is there, or changed."""

    resource_id: str
    kind: str
    store_id: str


class ScheduleUpdated(Event):
    """A resource's hours changed."""

    resource_id: str
    records: int
    """How many of the records that were sent took effect."""


class CapacityReserved(Event):
    """A part of what a resource could do is not to be had: a break, a vacation, work elsewhere."""

    reservation_id: str
    resource_id: str


class ReservationMoved(Event):
    """A reservation is of another time, or of more or less."""

    reservation_id: str
    resource_id: str


class ReservationCanceled(Event):
    """What was reserved is to be had again."""

    reservation_id: str
    resource_id: str


class JobOffered(Event):
    """A service that was ordered is paid: somebody is to do it."""

    job_id: str
    order_id: str
    asin: str
    store_id: str
    marketplace_id: str


class JobHeld(Event):
    """None of the times that the buyer would like is to be had."""

    job_id: str


class AppointmentSet(Event):
    """A job has an appointment."""

    job_id: str
    appointment_id: str
    starts_at: datetime
    minutes: int
    said_by: str
    """SELLER or BUYER."""


class AppointmentMoved(Event):
    """A job has another appointment instead."""

    job_id: str
    appointment_id: str
    instead_of: str
    starts_at: datetime
    minutes: int
    reason: str
    said_by: str


class AppointmentMissed(Event):
    """Nothing came of an appointment: the job waits for another one."""

    job_id: str
    appointment_id: str


class TechniciansAssigned(Event):
    """It was said who goes to an appointment; nobody, where that was taken back."""

    job_id: str
    appointment_id: str
    resource_ids: tuple[str, ...]


class AppointmentTold(Event):
    """The seller told how an appointment went, or when somebody will come."""

    job_id: str
    appointment_id: str
    documents: int


class JobCompleted(Event):
    """A job is done."""

    job_id: str
    order_id: str
    appointment_id: str


class JobCanceled(Event):
    """A job will not be done, as the seller, the buyer or the market said."""

    job_id: str
    order_id: str
    canceled_by: str
    reason: str


class JobDeclined(Event):
    """A job will not be done, as the buyer's payment was declined."""

    job_id: str
    order_id: str


class JobGivenUp(Event):
    """Nothing can be done about a job any more."""

    job_id: str
    order_id: str
    reason: str
