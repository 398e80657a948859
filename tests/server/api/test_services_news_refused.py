"""What is told of appointments and cannot have been: times, people, documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from serviceman import PDF, STORE, Serviceman, told, utc

from sellingpartner.contract import services_v1 as v1
from sellingpartner.testing import TestMarket

TEN, ELEVEN = "2026-11-03T18:00", "2026-11-03T19:00"


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


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
