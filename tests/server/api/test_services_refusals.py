"""What Services refuses: in the form and the words of Amazon, before anything happened."""

from __future__ import annotations

from typing import Any

import pytest
from modeled import check_form
from serviceman import ANN, BEN, MODEL, STORE, Serviceman, told, utc

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.appointments.model import ResourceKind
from sellingpartner.market.events.appointments import AppointmentMoved, AppointmentSet, JobCompleted
from sellingpartner.market.services.model import Location
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

TEN, ELEVEN = "2026-11-03T18:00", "2026-11-03T19:00"
FAILED = "Failed to add appointment for jobId : {}, reason : "


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


def at(start: object, **more: object) -> dict[str, Any]:
    return {"appointmentTime": {"startTime": start, **more}}


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2026-11-02T08:00:00.000Z", FAILED + "Start time of appointment should be in the future."),
        (
            "2027-11-03T18:00:00.000Z",
            FAILED + "Start time for appointment is beyond the maximum allowed period of 365 days.",
        ),
        ("2026-11-03T18:15:00.000Z", FAILED + "Appointment slot is not available."),
        ("2026-11-03T16:00:00.000Z", FAILED + "Appointment slot is not available."),
        ("2026-11-04T01:00:00.000Z", FAILED + "Appointment slot is not available."),
        ("2026-11-03T18:00:00.000+05:30", "ISO8601 time 2026-11-03T18:00:00.000+05:30 is not in UTC."),
        ("2026-11-03T18-00:00.000Z", "Failed to parse ISO8601 input: 2026-11-03T18-00:00.000Z"),
    ],
)
def test_an_appointment_that_cannot_be_is_not_set(
    seller: Serviceman, market: TestMarket, start: str, message: str
) -> None:
    job_id = seller.ordered()

    refused = seller.post("POST", f"/serviceJobs/{job_id}/appointments", at(start))

    assert told(refused) == (422, "InvalidInput", message.format(job_id))
    assert (market.facts(AppointmentSet), seller.status(job_id)) == ([], "PENDING_SCHEDULE")


@pytest.mark.parametrize("minutes", [0, -60, 1441, 10**9])
def test_an_appointment_takes_some_time_and_not_days(seller: Serviceman, minutes: int) -> None:
    job_id = seller.ordered()

    refused = seller.post(
        "POST", f"/serviceJobs/{job_id}/appointments", at("2026-11-03T18:00:00Z", durationInMinutes=minutes)
    )

    assert told(refused)[:2] == (422, "InvalidInput")
    assert seller.status(job_id) == "PENDING_SCHEDULE"


def test_a_longer_appointment_takes_more_of_the_day(seller: Serviceman) -> None:
    job_id = seller.ordered()
    refused = seller.post(
        "POST", f"/serviceJobs/{job_id}/appointments", at("2026-11-04T00:00:00Z", durationInMinutes=120)
    )
    seller.books(job_id, TEN, 120)

    assert "slot is not available" in told(refused)[2]
    assert seller.slots("2026-11-03T18:00:00Z", "2026-11-03T21:00:00Z") == {TEN: 0, ELEVEN: 0, "2026-11-03T20:00": 1}


def test_a_full_slot_takes_nobody_more(seller: Serviceman) -> None:
    seller.books(seller.ordered(), TEN)
    late = seller.ordered()

    refused = seller.post("POST", f"/serviceJobs/{late}/appointments", at("2026-11-03T18:00:00Z"))

    assert told(refused) == (422, "InvalidInput", FAILED.format(late) + "Appointment slot is not available.")
    assert refused.json()["errors"][0]["details"] == "All that the store can do then is taken."


def test_a_job_has_one_appointment_at_a_time(seller: Serviceman) -> None:
    job_id = seller.ordered()
    seller.books(job_id, TEN)

    refused = seller.post("POST", f"/serviceJobs/{job_id}/appointments", at("2026-11-03T19:00:00Z"))

    assert told(refused) == (422, "InvalidInput", FAILED.format(job_id) + "Job already has an active appointmentId.")


@pytest.mark.parametrize(
    ("method", "path", "body", "definition", "message"),
    [
        (
            "POST",
            "/appointments",
            at("2026-11-03T18:00:00Z"),
            "SetAppointmentResponse",
            "No job exist with jobId : nobody",
        ),
        (
            "POST",
            "/appointments/none1",
            at("2026-11-03T18:00:00Z") | {"rescheduleReasonCode": "R1"},
            "SetAppointmentResponse",
            "No job exist with jobId : nobody",
        ),
        (
            "PUT",
            "/appointments/none1/resources",
            {"resources": [{"resourceId": ANN}]},
            "AssignAppointmentResourcesResponse",
            "No job exists with jobId : nobody",
        ),
        (
            "PUT",
            "/appointments/none1/fulfillment",
            {"appointmentResources": [{"resourceId": ANN}]},
            "SetAppointmentResponse",
            "No job exist with jobId : nobody",
        ),
        (
            "PUT",
            "/cancellations?cancellationReasonCode=V1",
            None,
            "CancelServiceJobByServiceJobIdResponse",
            "Job not found for jobId nobody",
        ),
        ("PUT", "/completions", None, "CompleteServiceJobByServiceJobIdResponse", "Job not found for jobId nobody"),
    ],
)
def test_nothing_can_be_done_about_a_job_that_is_not_there(
    seller: Serviceman, method: str, path: str, body: object, definition: str, message: str
) -> None:
    assert told(seller.post(method, f"/serviceJobs/nobody{path}", body), definition) == (422, "InvalidInput", message)


def test_a_job_of_another_seller_is_not_there(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    other = market.caller(seller=market.join("Other & Co"))

    refused = other.call("GET", f"/service/v1/serviceJobs/{job_id}")

    assert told(refused, "GetServiceJobByServiceJobIdResponse") == (
        404,
        "InvalidInput",
        f"Job not found for jobId {job_id}",
    )


def test_nothing_is_moved_or_changed_after_it_was_done(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    appointment_id = seller.books(job_id, TEN)
    market.clock.freeze(at=utc(ELEVEN))
    seller.completes(job_id)
    here = f"/serviceJobs/{job_id}"
    over = f"Operation not allowed on job with jobId : {job_id} and jobState : COMPLETED"
    calls: list[tuple[str, str, object, str, str]] = [
        ("POST", "/appointments", at("2026-11-04T18:00:00Z"), "SetAppointmentResponse", over),
        (
            "POST",
            f"/appointments/{appointment_id}",
            at("2026-11-04T18:00:00Z") | {"rescheduleReasonCode": "R1"},
            "SetAppointmentResponse",
            over,
        ),
        (
            "PUT",
            f"/appointments/{appointment_id}/resources",
            {"resources": [{"resourceId": ANN}]},
            "AssignAppointmentResourcesResponse",
            over,
        ),
        ("PUT", "/completions", None, "CompleteServiceJobByServiceJobIdResponse", over),
        (
            "PUT",
            "/cancellations?cancellationReasonCode=V1",
            None,
            "CancelServiceJobByServiceJobIdResponse",
            f"Job with jobId {job_id} and jobStatus COMPLETED cannot be cancelled",
        ),
        (
            "PUT",
            f"/appointments/{appointment_id}/fulfillment",
            {"appointmentResources": [{"resourceId": ANN}]},
            "SetAppointmentResponse",
            f"Job with id {job_id} can not be updated. Please check if the job is in valid status.",
        ),
        ("GET", f"/appointmentSlots?marketplaceIds={US}", None, "GetAppointmentSlotsResponse", over),
    ]

    for method, path, body, definition, message in calls:
        assert told(seller.post(method, here + path, body), definition) == (422, "InvalidInput", message)

    assert (len(market.facts(JobCompleted)), market.facts(AppointmentMoved)) == (1, [])
    assert [one.appointment_id for one in seller.job(job_id).appointments or []] == [appointment_id]


@pytest.mark.parametrize(
    ("appointment", "reason", "why"),
    [
        ("", "U1", "Appointment reschedule reason code is not valid."),
        ("", "", "Appointment reschedule reason code is not valid."),
        ("nothing", "R1", "No appointment exists with appointmentId: nothing"),
    ],
)
def test_a_move_without_reason_or_appointment_is_refused(
    seller: Serviceman, appointment: str, reason: str, why: str
) -> None:
    job_id = seller.ordered()
    here = seller.books(job_id, TEN)

    body = at("2026-11-03T19:00:00Z") | {"rescheduleReasonCode": reason}
    refused = seller.post("POST", f"/serviceJobs/{job_id}/appointments/{appointment or here}", body)

    assert told(refused) == (422, "InvalidInput", FAILED.format(job_id) + why)
    assert seller.slots("2026-11-03T18:00:00Z", "2026-11-03T20:00:00Z") == {TEN: 0, ELEVEN: 1}


def test_a_move_to_a_full_slot_leaves_the_appointment_as_it_was(seller: Serviceman) -> None:
    seller.books(seller.ordered(), ELEVEN)
    job_id = seller.ordered()
    here = seller.books(job_id, TEN)
    seller.assigns(job_id, here, ANN)

    with pytest.raises(InvalidInput, match="slot is not available"):
        seller.moves(job_id, here, ELEVEN)

    (kept,) = seller.job(job_id).appointments or []
    assert (kept.appointment_id, kept.appointment_status) == (here, "ACTIVE")
    assert [one.technician_id for one in kept.assigned_technicians or []] == [ANN]
    assert seller.slots("2026-11-03T18:00:00Z", "2026-11-03T20:00:00Z") == {TEN: 0, ELEVEN: 0}


def test_a_job_is_not_done_before_it_begins_nor_canceled_after(seller: Serviceman, market: TestMarket) -> None:
    unset, job_id = seller.ordered(), seller.ordered()
    seller.books(job_id, TEN)
    here = f"/serviceJobs/{job_id}"

    early = seller.post("PUT", f"{here}/completions")
    market.clock.freeze(at=utc(TEN))
    late = seller.post("PUT", f"{here}/cancellations?cancellationReasonCode=V1")
    never = seller.post("PUT", f"/serviceJobs/{unset}/completions")

    assert "jobState : NOT_SERVICED" in told(early, "CompleteServiceJobByServiceJobIdResponse")[2]
    assert "cannot be cancelled" in told(late, "CancelServiceJobByServiceJobIdResponse")[2]
    assert "jobState : PENDING_SCHEDULE" in told(never, "CompleteServiceJobByServiceJobIdResponse")[2]
    assert seller.status(job_id) == "NOT_SERVICED"


@pytest.mark.parametrize(("code", "status"), [("INV1", 422), ("V10", 422), ("v1", 400), ("", 400)])
def test_a_job_is_canceled_for_a_reason_that_there_is(seller: Serviceman, code: str, status: int) -> None:
    job_id = seller.ordered()

    refused = seller.post("PUT", f"/serviceJobs/{job_id}/cancellations?cancellationReasonCode={code}")

    assert told(refused, "CancelServiceJobByServiceJobIdResponse")[:2] == (status, "InvalidInput")
    assert seller.status(job_id) == "PENDING_SCHEDULE"


def test_who_cannot_go_is_told_with_every_reason(seller: Serviceman) -> None:
    other = "STORESALEM"
    seller.has(other, kind=ResourceKind.STORE, name="Salem")
    seller.has("TECHCY", name="Cy", store_id=other, is_checked=False, is_employed=False, locations=(Location.ONLINE,))
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/resources"

    refused = seller.post("PUT", here, {"resources": [{"resourceId": "TECHCY"}, {"resourceId": ANN}]})

    check_form(refused.json(), MODEL, "AssignAppointmentResourcesResponse")
    assert (refused.status, [one["code"] for one in refused.json()["errors"]]) == (
        422,
        [
            "RESOURCES_MISMATCHED_SERVICE_LOCATION_TYPE",
            "RESOURCES_MISSING_REQUIRED_SKILLS",
            "RESOURCES_NOT_AVAILABLE_IN_LOCATION",
            "RESOURCES_NOT_REGISTERED_UNDER_MERCHANT",
            "RESOURCES_BACKGROUND_CHECK_INCOMPLETE",
            "RESOURCES_NOT_AVAILABLE_IN_TIME_WINDOW",
        ],
    )
    assert all("Applicable resources: TECHCY" in one["message"] for one in refused.json()["errors"])
    (kept,) = seller.job(job_id).appointments or []
    assert kept.assigned_technicians is None


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"resources": []}, 400, "Resources must have size greater than or equal to 1."),
        ({}, 400, "Resources not provided in input JSON payload."),
        (
            {"resources": [{"resourceId": "badResourceId"}]},
            422,
            "Invalid resourceId : badResourceId provided in the input.",
        ),
        ({"resources": [{"resourceId": STORE}]}, 422, f"Invalid resourceId : {STORE} provided in the input."),
    ],
)
def test_nobody_is_no_technician(seller: Serviceman, body: object, status: int, message: str) -> None:
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/resources"

    assert told(seller.post("PUT", here, body), "AssignAppointmentResourcesResponse") == (
        status,
        "InvalidInput",
        message,
    )


def test_who_goes_elsewhere_at_that_time_is_assigned_with_a_warning(market: TestMarket) -> None:
    seller = Serviceman(market, capacity=2)
    first, second = seller.ordered(), seller.ordered()
    here, there = seller.books(first, TEN), seller.books(second, TEN)

    assert seller.assigns(first, here, ANN, BEN) == []
    assert seller.assigns(second, there, ANN) == ["RESOURCES_OVERBOOKED"]
    assert seller.assigns(first, here, "") == []
    (nobody,) = seller.job(first).appointments or []
    assert nobody.assigned_technicians is None
    assert seller.assigns(second, there, ANN) == []
