"""Stores, technicians, reservations, jobs and appointments. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.market.appointments.hours import Record
from sellingpartner.market.appointments.lifecycle import APPOINTMENT, JOB, AppointmentStatus, JobStatus
from sellingpartner.market.services.model import Location, Scheduling
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.events import Event


class ResourceKind(StrEnum):
    """A place from which services are done, or somebody who does them."""

    STORE = "STORE"
    TECHNICIAN = "TECHNICIAN"


class Resource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A store, or a technician of one; each has a schedule."""

    resource_id: str
    kind: ResourceKind
    marketplace_id: str
    name: str
    store_id: str
    """The store that it is, or that the technician works for."""
    time_zone: str
    """Of the store: `America/New_York`. Its days and hours are meant by the clocks there."""
    states: tuple[str, ...] = ()
    """Of a store: the states whose buyers it serves; all, if none is said."""
    locations: tuple[Location, ...] = tuple(Location)
    """Of a technician: where they work."""
    skills: tuple[str, ...] = ()
    is_checked: bool = True
    """Of a technician: whether the background check is complete."""
    is_employed: bool = True
    """Of a technician: whether they still work for the seller."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its clocks."""
        return ZoneInfo(self.time_zone)


class ReservationType(StrEnum):
    """Why a part of a resource's time is not to be had."""

    APPOINTMENT = "APPOINTMENT"
    TRAVEL = "TRAVEL"
    VACATION = "VACATION"
    BREAK = "BREAK"
    TRAINING = "TRAINING"


class Reservation(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a resource's time that is not to be had."""

    reservation_id: str
    resource_id: str
    type: ReservationType
    record: Record


class Window(msgspec.Struct, frozen=True):
    """A time for an appointment."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the seller told of an appointment: when somebody will come, and then how it went."""

    arrives_from: datetime | None = None
    arrives_until: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    technicians: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Upload destinations of what proves it."""
    documented_at: datetime | None = None


class Appointment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A time at which a job is to be done."""

    appointment_id: str
    status: AppointmentStatus
    window: Window
    technicians: tuple[str, ...] = ()
    moved_to: str | None = None
    """The appointment that there is instead."""
    called_off_at: datetime | None = None
    """When it was moved, missed or canceled with its job."""
    told: Told = msgspec.field(default_factory=Told)

    def move(self, fact: type[Event]) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        subject = f"Appointment {self.appointment_id}"
        self.status = advance(APPOINTMENT, self.status, fact, subject=subject, deed="be changed")


class Job(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A service that a buyer ordered, from the order to its end; the buyer and the address are the order's."""

    job_id: str
    marketplace_id: str
    store_id: str
    order_id: str
    order_item_id: str
    asin: str
    title: str
    quantity: int
    minutes: int
    location: Location
    scheduling: Scheduling
    skills: tuple[str, ...] = ()
    status: JobStatus = JobStatus.PENDING_SCHEDULE
    created_at: datetime
    updated_at: datetime
    changed_at: tuple[datetime, ...] = ()
    """Each moment at which something of it changed."""
    wishes: tuple[Window, ...] = ()
    """The times that the buyer would like."""
    product_order_ids: tuple[str, ...] = ()
    appointments: list[Appointment] = []
    ended_because: str = ""

    @property
    def active(self) -> Appointment | None:
        """Its appointment, if it has one."""
        return next((one for one in self.appointments if one.status is AppointmentStatus.ACTIVE), None)

    @property
    def planned(self) -> Appointment | None:
        """The appointment that it goes by: the one that stands, or at which it was done."""
        return next((one for one in self.appointments if one.status is not AppointmentStatus.CANCELED), None)

    @property
    def is_over(self) -> bool:
        """Whether nothing leads out of its state."""
        return not JOB[self.status]

    def appointment(self, appointment_id: str) -> Appointment | None:
        """One of its appointments, canceled ones included."""
        return next((one for one in self.appointments if one.appointment_id == appointment_id), None)

    def move(self, fact: type[Event]) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        self.status = advance(JOB, self.status, fact, subject=f"Job {self.job_id}", deed="be changed")
