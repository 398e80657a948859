"""How a shipment travels: what was offered for it, what its seller chose, and how it is followed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound.transport.carrying import CONFIRMED_WINDOW, Mode, Solution
from sellingpartner.market.inbound.transport.windows import Availability


class TransportOption(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way to carry a shipment."""

    option_id: str
    name: str
    alpha_code: str | None = None
    mode: Mode
    solution: Solution
    cost: Money | None = None
    holds_until: datetime | None = None
    voidable_until: datetime | None = None
    """Until when it costs nothing to call it off; told once it is confirmed."""
    picked_up_from: datetime | None = None
    picked_up_until: datetime | None = None

    @property
    def is_partnered(self) -> bool:
        """Whether Amazon's partner carries it."""
        return self.solution is Solution.PARTNERED

    @property
    def is_freight(self) -> bool:
        """Whether it goes on pallets."""
        return self.mode is Mode.FREIGHT

    @property
    def preconditions(self) -> tuple[str, ...]:
        """What must be confirmed before it can be."""
        return () if self.is_partnered else (CONFIRMED_WINDOW,)


class WindowOption(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a shipment may arrive."""

    option_id: str
    starts_at: datetime
    ends_at: datetime
    availability: Availability
    valid_until: datetime


class DockSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A time at which the seller's truck may come."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime


class DockSlots(msgspec.Struct, frozen=True, kw_only=True):
    """The times that were worked out, and until when they may be taken."""

    expires_at: datetime
    slots: tuple[DockSlot, ...]


class AppointmentStatus(StrEnum):
    """Where an appointment stands.

    Assumed: of Amazon's words for the status of an appointment at the dock only ARRIVAL_SCHEDULED was seen.
    """

    SCHEDULED = "ARRIVAL_SCHEDULED"
    CANCELED = "CANCELLED"


class Appointment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time at the dock that a seller has taken."""

    number: int
    slot_id: str
    starts_at: datetime
    ends_at: datetime
    status: AppointmentStatus = AppointmentStatus.SCHEDULED
    reason: str | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whom a carrier may ask."""

    name: str
    phone: str
    email: str | None = None


class Validation(StrEnum):
    """Whether Amazon knows a tracking number."""

    NOT_VALIDATED = "NOT_VALIDATED"
    VALIDATED = "VALIDATED"
    NOT_SUPPORTED = "NOT_SUPPORTED"


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """The tracking number of a box."""

    box_id: str
    tracking_id: str
    validation: Validation = Validation.NOT_VALIDATED


class Carriage(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How a shipment travels, as far as that is known."""

    ready_at: datetime | None = None
    contact: Contact | None = None
    freight_class: str | None = None
    declared: Money | None = None
    option: TransportOption | None = None
    """What was confirmed."""
    window: WindowOption | None = None
    """In which time it is to arrive."""
    appointments: tuple[Appointment, ...] = ()
    reference: str | None = None
    """Amazon's number for what its partner carries on pallets."""
    tracked: tuple[Tracked, ...] = ()
    freight_bills: tuple[str, ...] = ()
    bill_of_lading: str | None = None
    boxes: int = 0
    """How many boxes have a number."""
    contents: str | None = None
    """How Amazon learns what is in them; of several ways the one that tells the least."""

    @property
    def appointment(self) -> Appointment | None:
        """The time at the dock that stands."""
        return next((one for one in self.appointments if one.status is AppointmentStatus.SCHEDULED), None)
