"""What Services refuses: in the form and the words of Amazon, before anything happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from modeled import check_form
from serviceman import ANN, BEN, MODEL, MOUNTING, PDF, STORE, Serviceman, utc

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.market.appointments.model import ResourceKind
from sellingpartner.market.events.appointments import AppointmentMoved, AppointmentSet, JobCompleted
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.market.services.model import Location
from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.saying import US

TEN, ELEVEN = "2026-11-03T18:00", "2026-11-03T19:00"
FAILED = "Failed to add appointment for jobId : {}, reason : "


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


def told(reply: Reply, definition: str = "SetAppointmentResponse") -> tuple[int, str, str]:
    check_form(reply.json(), MODEL, definition)
    (error,) = reply.json()["errors"]
    return reply.status, error["code"], error["message"]


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


Wrong = tuple[dict[str, Any], str]
_WENT: list[Wrong] = [
    ({"endTime": "2026-11-03T18:30:00Z"}, "Appointment start time is required. Please check the input again."),
    ({"startTime": "2026-11-03T18:00:00Z"}, "Appointment end time is required. Please check the input again."),
    (
        {"startTime": "2026-11-03T18:00:00.000+05:30", "endTime": "2026-11-03T18:30:00Z"},
        "ISO8601 time 2026-11-03T18:00:00.000+05:30 is not in UTC format. Please provide time in UTC",
    ),
    (
        {"startTime": "2026-11-03T18-00:00.000Z", "endTime": "2026-11-03T18:30:00Z"},
        "Could not parse given time input 2026-11-03T18-00:00.000Z. Please provide time in ISO8601 format",
    ),
    (
        {"startTime": "2026-11-03T19:30:00Z", "endTime": "2026-11-03T18:30:00Z"},
        "Appointment start time should not be in future. Please check the input again",
    ),
    (
        {"startTime": "2026-11-03T18:00:00Z", "endTime": "9000-11-03T18:30:00Z"},
        "Appointment end time should not be in future. Please check the input again",
    ),
    (
        {"startTime": "2026-11-03T18:40:00Z", "endTime": "2026-11-03T18:30:00Z"},
        "Appointment end time should be after start time. Please check the input again.",
    ),
]


@pytest.mark.parametrize(("went", "message"), _WENT)
def test_times_that_cannot_have_been_are_refused(
    seller: Serviceman, market: TestMarket, went: dict[str, Any], message: str
) -> None:
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/fulfillment"
    market.clock.freeze(at=utc(ELEVEN))

    refused = seller.post("PUT", here, {"fulfillmentTime": went})

    assert told(refused) == (422, "InvalidInput", message)


ARRIVAL = (
    "Failed to process input. Reason: ETA start and end time both are mandatory field as part of "
    "estimatedArrivalTime object. Please check the input again"
)
DIGEST = (
    "Document failed to meet sanity check. Could not get a Sha256 Message Digest instance. "
    "Please review document uploaded"
)
PROOF = "Failed to process proof of appointment input. Reason: "
Sent = Callable[[Serviceman], dict[str, str]]


def _sent(**how: Any) -> Sent:  # noqa: ANN401 - of `sends`
    return lambda seller: {"uploadDestinationId": seller.sends(**how)}


def _unsent(seller: Serviceman) -> dict[str, str]:
    asked = v1.CreateServiceDocumentUploadDestination(content_type=v1.ContentType.PDF, content_length=10)
    return {"uploadDestinationId": seller.seller.send(asked).payload.upload_destination_id}


def _with_digest(digest: str) -> Sent:
    return lambda seller: {"uploadDestinationId": seller.sends(), "contentSha256": digest}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (lambda _: {"uploadDestinationId": "nothing"}, "Input document id does not exist. Please check the input"),
        (lambda _: {}, "Input document id does not exist. Please check the input"),
        (_unsent, "Document encrypted not found or exist. Please review document uploaded"),
        (_sent(is_encrypted=False), "Document failed to decrypt or decipher. Please review the uploaded document"),
        (
            _sent(content=b"", length=1),
            "Document failed to meet content length restrictions. Please review document uploaded",
        ),
        (
            _sent(length=len(PDF) + 1),
            "Document failed to meet content length restrictions. Please review document uploaded",
        ),
        (_sent(kind="PNG"), "Document failed to meet content type restrictions. Please review document uploaded"),
        (
            _with_digest("InvalidSHA256GiDNVqcxMqYEr7n0BCS9EtNN7szHe0RT="),
            DIGEST,
        ),
        (
            _with_digest("00" * 32),
            DIGEST,
        ),
    ],
)
def test_a_document_that_is_not_what_was_announced_proves_nothing(seller: Serviceman, document: Sent, why: str) -> None:
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/fulfillment"

    refused = seller.post("PUT", here, {"fulfillmentDocuments": [document(seller)]})

    assert told(refused) == (422, "InvalidInput", PROOF + why)
    (kept,) = seller.job(job_id).appointments or []
    assert kept.poa is None


def test_all_that_is_wrong_is_told_at_once(seller: Serviceman) -> None:
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/fulfillment"
    body = {
        "fulfillmentTime": {"endTime": "2026-11-02T08:00:00Z"},
        "appointmentResources": [{"resourceId": "nobody"}],
        "fulfillmentDocuments": [{"uploadDestinationId": "nothing"}],
    }

    refused = seller.post("PUT", here, body)

    assert [one["message"] for one in refused.json()["errors"]] == [
        "One or more resources provided does not exist or is deleted. Please check the input again.",
        "Appointment start time is required. Please check the input again.",
        PROOF + "Input document id does not exist. Please check the input",
    ]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({}, 400, "No fulfillment artifacts provided in JSON payload."),
        (
            {"estimatedArrivalTime": {"startTime": "2026-11-03T18:00:00Z"}},
            422,
            ARRIVAL,
        ),
        (
            {"appointmentResources": [{"resourceId": STORE}]},
            422,
            "One or more resources provided is invalid. Please check the input again.",
        ),
        (
            {"estimatedArrivalTime": {"startTime": "2026-11-03T18:00:00Z", "endTime": "2026-11-03T17:00:00Z"}},
            422,
            "Estimated arrival end time should be after start time. Please check the input again.",
        ),
    ],
)
def test_news_of_nothing_or_nobody_are_refused(seller: Serviceman, body: object, status: int, message: str) -> None:
    job_id = seller.ordered()
    here = f"/serviceJobs/{job_id}/appointments/{seller.books(job_id, TEN)}/fulfillment"

    assert told(seller.post("PUT", here, body)) == (status, "InvalidInput", message)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({}, 400, "Missing or invalid request parameters: [contentType]"),
        ({"contentType": "PNG"}, 400, "Missing or invalid request parameters: [contentLength]"),
        (
            {"contentType": "PNGr", "contentLength": 10},
            422,
            "contentType parameter is invalid. Use one of ['TIFF', 'JPG', 'PNG', 'JPEG', 'GIF', 'PDF']",
        ),
        ({"contentType": "PNG", "contentLength": 10.5}, 400, "Missing or invalid request parameters: [contentLength]"),
    ],
)
def test_a_destination_of_no_document_is_not_made(seller: Serviceman, body: object, status: int, message: str) -> None:
    refused = seller.post("POST", "/documents", body)

    assert told(refused, "CreateServiceDocumentUploadDestination") == (status, "InvalidInput", message)


@pytest.mark.parametrize("length", [0, -1, 5_242_881])
def test_a_document_of_no_length_or_too_much_is_refused(seller: Serviceman, length: int) -> None:
    refused = seller.post("POST", "/documents", {"contentType": "PNG", "contentLength": length})

    assert told(refused, "CreateServiceDocumentUploadDestination")[:2] == (400, "InvalidInput")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Missing or invalid request parameters: [createdAfter, lastUpdatedAfter]"),
        (
            "&createdAfter=2026-11-01&lastUpdatedAfter=2026-11-01",
            "Missing or invalid request parameters: [createdAfter, lastUpdatedAfter]",
        ),
        ("&createdAfter=TEST_CASE_400", "createdAfter is not a valid ISO date/time object"),
        (
            "&createdAfter=2026-11-01&scheduleStartDate=2026-11-05&scheduleEndDate=2026-11-04",
            "scheduleEndDate should not be earlier than scheduleStartDate",
        ),
        ("&createdAfter=2026-11-01&pageToken=x", "Missing or invalid request parameters: [pageToken]"),
    ],
)
def test_a_list_of_nothing_that_can_be_is_refused(seller: Serviceman, query: str, message: str) -> None:
    refused = seller.post("GET", f"/serviceJobs?marketplaceIds={US}{query}")

    assert told(refused, "GetServiceJobsResponse") == (400, "InvalidInput", message)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("&endTime=2026-11-04T00:00:00Z", "Missing or invalid request parameters: [startTime]"),
        (
            "&startTime=2026-11-04T00:00:00Z&endTime=20-21-04-04T01:00:00Z",
            "Range End Time is not a valid ISO date/time object",
        ),
        (
            "&startTime=2026-11-04T05:00:00Z&endTime=2026-11-04T02:00:00Z",
            "Range End Time should be after Range Start Time",
        ),
        ("&startTime=2026-11-04&endTime=2027-02-03", "Range End Time should be at most 90 days after Range Start Time"),
    ],
)
def test_slots_of_no_time_are_refused(seller: Serviceman, query: str, message: str) -> None:
    refused = seller.post("GET", f"/appointmentSlots?asin={seller.asin}&storeId={STORE}&marketplaceIds={US}{query}")

    assert told(refused, "GetAppointmentSlotsResponse") == (400, "InvalidInput", message)


@pytest.mark.parametrize(
    ("asin", "store", "name"), [("B000000000", STORE, "asin"), ("", "NOBODY", "storeId"), ("", ANN, "storeId")]
)
def test_slots_of_no_service_or_store_are_refused(seller: Serviceman, asin: str, store: str, name: str) -> None:
    refused = seller.post("GET", f"/appointmentSlots?asin={asin or seller.asin}&storeId={store}&marketplaceIds={US}")

    assert told(refused, "GetAppointmentSlotsResponse") == (
        400,
        "InvalidInput",
        f"Missing or invalid request parameters: [{name}]",
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"serves_order_ids": ("111-1111111-1111111",)}, "There is no order"),
        ({"wished_times": (utc("2026-11-01T00:00"),)}, "each of them to come"),
        ({"wished_times": (utc(TEN),) * 4}, "3 times at most"),
    ],
)
def test_a_service_that_cannot_be_is_not_ordered(market: TestMarket, more: dict[str, Any], why: str) -> None:
    seller = Serviceman(market)

    with pytest.raises(SellingPartnerError, match=why):
        seller.ordered(**more)


def test_goods_and_services_are_ordered_apart(seller: Serviceman, market: TestMarket) -> None:
    lines = (PurchaseLine(sku=MOUNTING), PurchaseLine(sku="MUG-BLUE"))
    with pytest.raises(NotBuyable, match="an order of its own"):
        market.buys(lines=lines)
    with pytest.raises(NotBuyable, match="is no service"):
        market.buys("LAMP-OAK", wished_times=(utc(TEN),))
    served = str(seller.job(seller.ordered()).service_order_id)
    with pytest.raises(NotBuyable, match="is for orders of goods"):
        seller.ordered(serves_order_ids=(served,))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"minutes": 7}, "in steps of 5"),
        ({"minutes": 0}, "5 to 1440"),
        ({"store_ids": ()}, "1 to 50 stores"),
        ({"store_ids": (ANN,)}, "no store"),
        ({"store_ids": ("NOBODY",)}, "no service resource"),
        ({"skills": ("",)}, "1 to 50 characters"),
    ],
)
def test_a_service_that_nobody_can_do_is_not_offered(seller: Serviceman, more: dict[str, Any], why: str) -> None:
    with pytest.raises(SellingPartnerError, match=why):
        seller.offers(MOUNTING, **{"store_ids": (STORE,)} | more)
