"""When stores and technicians work, and what of it is reserved."""

from __future__ import annotations

from typing import Any

import pytest
from modeled import check_form
from serviceman import MODEL, STORE, Serviceman, ranges, reserve, utc

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market, capacity=2)


def test_a_later_record_overrides_an_earlier_one_and_says_so(seller: Serviceman) -> None:
    told = seller.works("2026-11-04T12:00:00-08:00", "2026-11-04T20:00:00-08:00", capacity=5)
    apart = seller.works("2026-11-07T20:00:00-08:00", "2026-11-07T22:00:00-08:00")

    assert [one.code for each in told for one in each.warnings or []] == ["ScheduleOverride"]
    assert apart == []
    assert ranges(seller, "SCHEDULED_CAPACITY", "2026-11-04T17:00", "2026-11-05T06:00") == [
        ("11-04T17:00", 2),
        ("11-04T20:00", 5),
        ("11-05T04:00", 0),
    ]


def test_a_schedule_as_amazons_examples_have_it_is_read(seller: Serviceman) -> None:
    body = {
        "schedules": [
            {
                "startTime": "2026-12-07T00:00:00.00-08",
                "endTime": "2026-12-07T23:59:00.00-08",
                "recurrence": {"endTime": "2026-12-11T23:59:00.00-08", "daysOfWeek": ["MONDAY", "WEDNESDAY"]},
            }
        ]
    }
    shown = seller.post("PUT", f"/serviceResources/{STORE}/schedules?marketplaceIds={US}", body)

    check_form(shown.json(), MODEL, "UpdateScheduleResponse")
    assert (shown.status, shown.json()["payload"][0]["warnings"][0]["code"]) == (200, "ScheduleOverride")
    scheduled = ranges(seller, "SCHEDULED_CAPACITY", "2026-12-07T08:00", "2026-12-10T08:00")
    assert scheduled[:2] == [("12-07T08:00", 1), ("12-08T07:59", 0)]
    assert ("12-09T08:00", 1) in scheduled


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"endTime": "2026-11-10T09:00:00Z"}, "endTime must be after startTime"),
        ({"recurrence": {"endTime": "2026-11-01T00:00:00Z"}}, "must not be before startTime"),
        ({"endTime": "2026-11-12T09:00:00Z", "recurrence": {"endTime": "2027-01-01T00:00:00Z"}}, "at most 24 hours"),
        ({"capacity": 10_001}, "it must be 1 to 10000"),
    ],
)
def test_a_record_that_cannot_be_is_told_and_changes_nothing(
    seller: Serviceman, said: dict[str, Any], why: str
) -> None:
    before = ranges(seller, "SCHEDULED_CAPACITY", "2026-11-10T08:00", "2026-11-13T08:00")
    record = {"startTime": "2026-11-10T10:00:00Z", "endTime": "2026-11-10T12:00:00Z"}

    shown = seller.post(
        "PUT", f"/serviceResources/{STORE}/schedules?marketplaceIds={US}", {"schedules": [record | said]}
    )

    check_form(shown.json(), MODEL, "UpdateScheduleResponse")
    (told,) = shown.json()["payload"]
    assert (shown.status, why in told["errors"][0]["message"]) == (200, True)
    assert ranges(seller, "SCHEDULED_CAPACITY", "2026-11-10T08:00", "2026-11-13T08:00") == before


@pytest.mark.parametrize(
    ("resource", "body", "status", "message"),
    [
        (STORE, {"schedules": []}, 400, "Missing or invalid request parameters: [schedule]"),
        (STORE, {}, 400, "Missing or invalid request parameters: [schedules]"),
        (
            STORE,
            {"schedules": [{"startTime": "x", "endTime": "y"}]},
            400,
            "Missing or invalid request parameters: [schedules[0].startTime]",
        ),
        (
            "NOBODY",
            {"schedules": [{"startTime": "2026-11-10T10:00:00Z", "endTime": "2026-11-10T12:00:00Z"}]},
            400,
            "Invalid request parameters: [resourceId]",
        ),
    ],
)
def test_a_schedule_of_nothing_or_nobody_is_refused(
    seller: Serviceman, resource: str, body: dict[str, Any], status: int, message: str
) -> None:
    refused = seller.post("PUT", f"/serviceResources/{resource}/schedules?marketplaceIds={US}", body)

    check_form(refused.json(), MODEL, "UpdateScheduleResponse")
    (error,) = refused.json()["errors"]
    assert (refused.status, error["code"], error["message"]) == (status, "InvalidInput", message)


def test_what_is_booked_cannot_be_scheduled_away(seller: Serviceman) -> None:
    for _ in range(2):
        seller.books(seller.ordered(), "2026-11-03T18:00")

    told = seller.works("2026-11-03T09:30:00-08:00", "2026-11-03T12:00:00-08:00", capacity=1)
    kept = seller.works("2026-11-03T11:00:00-08:00", "2026-11-03T12:00:00-08:00", capacity=1)

    assert [one.code for each in told for one in each.errors or []] == ["CapacityInUse"]
    assert [one.errors for one in kept] == [None]
    assert ranges(seller, "AVAILABLE_CAPACITY", "2026-11-03T17:00", "2026-11-03T20:00") == [
        ("11-03T17:00", 2),
        ("11-03T18:00", 0),
        ("11-03T19:00", 1),
    ]


def test_a_reservation_is_made_moved_and_canceled(seller: Serviceman) -> None:
    made = reserve(seller, "2026-11-03T18:00", "2026-11-03T19:00", capacity=2)
    assert made.reservation is not None
    name = str(made.reservation.reservation_id)
    body = {
        "resourceId": STORE,
        "reservation": {
            "type": "TRAINING",
            "availability": {"startTime": "2026-11-03T18:30:00Z", "endTime": "2026-11-03T19:30:00Z", "capacity": 2},
        },
    }
    moved = seller.post("PUT", f"/reservation/{name}?marketplaceIds={US}", body)

    check_form(moved.json(), MODEL, "UpdateReservationResponse")
    assert moved.json()["payload"]["reservation"]["type"] == "TRAINING"
    assert ranges(seller, "RESERVED_CAPACITY", "2026-11-03T18:00", "2026-11-03T20:00") == [
        ("11-03T18:00", 0),
        ("11-03T18:30", 2),
        ("11-03T19:30", 0),
    ]
    gone = seller.post("DELETE", f"/reservation/{name}?marketplaceIds={US}")
    again = seller.post("DELETE", f"/reservation/{name}?marketplaceIds={US}")
    assert (gone.status, gone.body, again.status) == (204, b"", 404)
    check_form(again.json(), MODEL, "CancelReservationResponse")
    assert again.json()["errors"][0]["message"] == "Reservation does not exist"
    assert ranges(seller, "RESERVED_CAPACITY", "2026-11-03T18:00", "2026-11-03T20:00") == [("11-03T18:00", 0)]


def test_more_than_there_is_cannot_be_reserved(seller: Serviceman) -> None:
    seller.books(seller.ordered(), "2026-11-03T18:00")
    before = ranges(seller, "AVAILABLE_CAPACITY", "2026-11-03T17:00", "2026-11-03T21:00")
    body = {
        "resourceId": STORE,
        "reservation": {
            "type": "VACATION",
            "availability": {"startTime": "2026-11-03T17:00:00Z", "endTime": "2026-11-03T21:00:00Z", "capacity": 2},
        },
    }

    refused = seller.post("POST", f"/reservation?marketplaceIds={US}", body)

    check_form(refused.json(), MODEL, "CreateReservationResponse")
    record = refused.json()["payload"]
    assert (refused.status, record["errors"][0]["code"]) == (200, "InsufficientCapacity")
    assert "reservationId" not in record["reservation"]
    assert ranges(seller, "AVAILABLE_CAPACITY", "2026-11-03T17:00", "2026-11-03T21:00") == before


def test_a_refused_move_leaves_the_reservation_as_it_was(seller: Serviceman) -> None:
    made = reserve(seller, "2026-11-03T18:00", "2026-11-03T19:00", capacity=2)
    assert made.reservation is not None
    wanted = v1.AvailabilityRecord(start_time=utc("2026-11-03T16:00"), end_time=utc("2026-11-03T19:00"), capacity=2)
    asked = v1.UpdateReservation(
        reservation_id=str(made.reservation.reservation_id),
        marketplace_ids=[US],
        resource_id=STORE,
        reservation=v1.Reservation(type=v1.Type.BREAK, availability=wanted),
    )
    record = seller.seller.send(asked).payload

    assert [one.code for one in record.errors or []] == ["InsufficientCapacity"]
    assert ranges(seller, "RESERVED_CAPACITY", "2026-11-03T16:00", "2026-11-03T20:00") == [
        ("11-03T16:00", 0),
        ("11-03T18:00", 2),
        ("11-03T19:00", 0),
    ]
    with pytest.raises(NotFound, match=r"Could not find reservation with ID: \[nobody\]"):
        seller.seller.send(msg_replace(asked, reservation_id="nobody"))


def msg_replace(asked: v1.UpdateReservation, **more: str) -> v1.UpdateReservation:
    return v1.UpdateReservation(**{name: getattr(asked, name) for name in asked.__struct_fields__} | more)


def test_a_break_that_comes_again_takes_time_each_day(seller: Serviceman) -> None:
    lunch = v1.AvailabilityRecord(
        start_time=utc("2026-11-03T20:00"),
        end_time=utc("2026-11-03T21:00"),
        capacity=2,
        recurrence=v1.Recurrence(end_time=utc("2027-04-01T00:00")),
    )
    asked = v1.CreateReservation(
        marketplace_ids=[US], resource_id=STORE, reservation=v1.Reservation(type=v1.Type.BREAK, availability=lunch)
    )
    assert seller.seller.send(asked).payload.errors is None

    winter = seller.slots("2026-11-10T16:00:00Z", "2026-11-11T02:00:00Z")
    summer = seller.slots("2027-03-20T15:00:00Z", "2027-03-21T01:00:00Z")

    assert [one for one, capacity in winter.items() if not capacity] == ["2026-11-10T20:00"]
    assert [one for one, capacity in summer.items() if not capacity] == ["2027-03-20T19:00"]
