"""Any walk over the tables of jobs and appointments ends in a state that they know."""

from __future__ import annotations

import pytest

from sellingpartner.market.appointments.lifecycle import APPOINTMENT, JOB, AppointmentStatus, JobStatus
from sellingpartner.market.events.appointments import AppointmentMissed, AppointmentSet, JobCompleted
from sellingpartner.market.time.lifecycle import IllegalTransition, advance


def test_every_state_has_its_row_and_leads_to_states() -> None:
    assert (set(JOB), set(APPOINTMENT)) == (set(JobStatus), set(AppointmentStatus))
    assert {state for facts in JOB.values() for state in facts.values()} | {JobStatus.PENDING_SCHEDULE} == set(
        JobStatus
    )


def test_a_missed_job_waits_for_an_appointment_again() -> None:
    state = advance(JOB, JobStatus.PENDING_SCHEDULE, AppointmentSet, subject="Job 1", deed="be set")
    state = advance(JOB, state, AppointmentMissed, subject="Job 1", deed="be missed")

    assert state is JobStatus.PENDING_SCHEDULE
    with pytest.raises(IllegalTransition, match="must be NOT_SERVICED"):
        advance(JOB, state, JobCompleted, subject="Job 1", deed="be completed")
