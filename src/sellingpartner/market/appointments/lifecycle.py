"""The lifecycles of a job and of an appointment.

Assumed: a job that somebody has missed waits for an appointment again, and one that is on hold may get any other time
than those that the buyer would have liked.
"""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.market.events.appointments import (
    AppointmentMissed,
    AppointmentMoved,
    AppointmentSet,
    JobCanceled,
    JobCompleted,
    JobDeclined,
    JobGivenUp,
    JobHeld,
)
from sellingpartner.market.time.lifecycle import Lifecycle
from sellingpartner.storage.events import Event


class JobStatus(StrEnum):
    """Where a job stands."""

    PENDING_SCHEDULE = "PENDING_SCHEDULE"
    NOT_SERVICED = "NOT_SERVICED"
    HOLD = "HOLD"
    COMPLETED = "COMPLETED"
    CANCELED = "CANCELLED"  # spelled as the API spells it
    NOT_FULFILLABLE = "NOT_FULFILLABLE"
    PAYMENT_DECLINED = "PAYMENT_DECLINED"


_ENDED: dict[type[Event], JobStatus] = {
    JobCanceled: JobStatus.CANCELED,
    JobDeclined: JobStatus.PAYMENT_DECLINED,
    JobGivenUp: JobStatus.NOT_FULFILLABLE,
}

JOB: Lifecycle[JobStatus] = {
    JobStatus.PENDING_SCHEDULE: {JobHeld: JobStatus.HOLD, AppointmentSet: JobStatus.NOT_SERVICED, **_ENDED},
    JobStatus.HOLD: {AppointmentSet: JobStatus.NOT_SERVICED, **_ENDED},
    JobStatus.NOT_SERVICED: {
        AppointmentMoved: JobStatus.NOT_SERVICED,
        AppointmentMissed: JobStatus.PENDING_SCHEDULE,
        JobCompleted: JobStatus.COMPLETED,
        **_ENDED,
    },
    JobStatus.COMPLETED: {},
    JobStatus.CANCELED: {},
    JobStatus.NOT_FULFILLABLE: {},
    JobStatus.PAYMENT_DECLINED: {},
}


class AppointmentStatus(StrEnum):
    """Where an appointment stands."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    CANCELED = "CANCELLED"


APPOINTMENT: Lifecycle[AppointmentStatus] = {
    AppointmentStatus.ACTIVE: {
        AppointmentMoved: AppointmentStatus.CANCELED,
        AppointmentMissed: AppointmentStatus.CANCELED,
        JobCompleted: AppointmentStatus.COMPLETED,
        JobCanceled: AppointmentStatus.CANCELED,
        JobDeclined: AppointmentStatus.CANCELED,
        JobGivenUp: AppointmentStatus.CANCELED,
    },
    AppointmentStatus.COMPLETED: {},
    AppointmentStatus.CANCELED: {},
}
