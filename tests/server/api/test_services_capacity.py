"""What stores and technicians can do, by the hour: schedules, reservations, slots, across changes of clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from modeled import check_form
from serviceman import ANN, MODEL, STORE, Serviceman, ranges, reserve, utc

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.services.model import Scheduling
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

ALL = ["SCHEDULED_CAPACITY", "AVAILABLE_CAPACITY", "ENCUMBERED_CAPACITY", "RESERVED_CAPACITY"]
FOUR_HOURS = {"startDateTime": "2026-11-03T17:00:00Z", "endDateTime": "2026-11-03T21:00:00Z"}
RANGE = f"/serviceResources/{STORE}/capacity/range?marketplaceIds={US}"
FIXED = f"/serviceResources/{STORE}/capacity/fixed?marketplaceIds={US}"


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market, capacity=2)


def test_what_is_scheduled_is_taken_by_appointments_and_reservations(seller: Serviceman) -> None:
    seller.books(seller.ordered(), "2026-11-03T18:00")
    reserve(seller, "2026-11-03T18:30", "2026-11-03T19:30")

    shown = seller.post("POST", RANGE, FOUR_HOURS | {"capacityTypes": ALL})

    check_form(shown.json(), MODEL, "RangeSlotCapacity")
    found = {
        one["capacityType"]: [(slot["startDateTime"][11:16], slot["capacity"]) for slot in one["slots"]]
        for one in shown.json()["capacities"]
    }
    assert found == {
        "SCHEDULED_CAPACITY": [("17:00", 2)],
        "ENCUMBERED_CAPACITY": [("17:00", 0), ("18:00", 1), ("19:00", 0)],
        "RESERVED_CAPACITY": [("17:00", 0), ("18:30", 1), ("19:30", 0)],
        "AVAILABLE_CAPACITY": [("17:00", 2), ("18:00", 1), ("18:30", 0), ("19:00", 1), ("19:30", 2)],
    }


def test_fixed_slots_have_what_there_is_throughout(seller: Serviceman) -> None:
    seller.books(seller.ordered(), "2026-11-03T18:00")
    reserve(seller, "2026-11-03T18:30", "2026-11-03T19:30")

    shown = seller.post("POST", FIXED, FOUR_HOURS | {"capacityTypes": ALL, "slotDuration": 60})

    check_form(shown.json(), MODEL, "FixedSlotCapacity")
    assert shown.json()["slotDuration"] == 60
    assert [
        (one["scheduledCapacity"], one["availableCapacity"], one["encumberedCapacity"], one["reservedCapacity"])
        for one in shown.json()["capacities"]
    ] == [(2, 2, 0, 0), (2, 0, 1, 1), (2, 1, 0, 1), (2, 2, 0, 0)]
    unsaid = seller.post("POST", FIXED, FOUR_HOURS).json()["capacities"][0]
    assert unsaid == {"startDateTime": "2026-11-03T17:00:00Z", "scheduledCapacity": 2}


def test_capacity_comes_in_pages_that_join(seller: Serviceman) -> None:
    asked = v1.GetFixedSlotCapacity(
        resource_id=STORE,
        marketplace_ids=[US],
        start_date_time=utc("2026-11-03T00:00"),
        end_date_time=utc("2027-02-01T00:00"),
        slot_duration=240,  # type: ignore[arg-type] # a number on the wire
    )
    moments: list[datetime] = []
    for page in seller.seller.client().pages(asked):
        moments += [one.start_date_time for one in page.capacities or [] if one.start_date_time]

    assert len(moments) == 90 * 6
    assert {(after - before).total_seconds() for before, after in pairwise(moments)} == {4 * 3600}


def test_a_page_token_is_good_for_its_own_question_alone(seller: Serviceman) -> None:
    long = {"startDateTime": "2026-11-03T00:00:00Z", "endDateTime": "2027-02-01T00:00:00Z"}
    token = seller.post("POST", RANGE, long).json()["nextPageToken"]

    for path, body in ((RANGE, FOUR_HOURS), (FIXED, long)):
        refused = seller.post("POST", f"{path}&nextPageToken={token}", body)
        assert (refused.status, "nextPageToken is not" in refused.json()["errors"][0]["details"]) == (400, True)


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        (RANGE, {"startDateTime": "2026-11-03T17:00:00Z"}, "startDateTime or endDateTime are not present"),
        (RANGE, FOUR_HOURS | {"startDateTime": "2026-0"}, "startDateTime is not a valid ISO date/time object"),
        (RANGE, FOUR_HOURS | {"endDateTime": "2026-11-03T17:00:00Z"}, "endDateTime should be after Start Time"),
        (RANGE.replace(STORE, "NOBODY"), FOUR_HOURS, "Missing or invalid request parameters: [resourceId]"),
        (FIXED, FOUR_HOURS | {"slotDuration": 400}, "Slot duration is not valid"),
        (FIXED, FOUR_HOURS | {"slotDuration": 7}, "Slot duration is not valid"),
        (FIXED, FOUR_HOURS | {"slotDuration": 0}, "Slot duration is not valid"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    seller: Serviceman, path: str, body: dict[str, Any], why: str
) -> None:
    refused = seller.post("POST", path, body)

    check_form(refused.json(), MODEL, "RangeSlotCapacityErrors")
    (error,) = refused.json()["errors"]
    assert (refused.status, error["code"], error["message"]) == (400, "InvalidInput", "This is invalid input")
    assert why in error["details"]


def test_nine_oclock_stays_nine_oclock_when_the_clocks_go_forward(market: TestMarket) -> None:
    market.clock.freeze(at=utc("2027-03-01T00:00"))
    seller = Serviceman(market)

    saturday = seller.slots("2027-03-13T00:00:00Z", "2027-03-14T02:00:00Z")
    sunday = seller.slots("2027-03-14T08:00:00Z", "2027-03-15T03:00:00Z")

    assert (min(saturday), max(saturday), len(saturday)) == ("2027-03-13T00:00", "2027-03-14T00:00", 9)
    assert (min(sunday), max(sunday), len(sunday)) == ("2027-03-14T16:00", "2027-03-14T23:00", 8)
    assert "2027-03-13T17:00" in saturday
    job_id = seller.ordered()
    seller.books(job_id, "2027-03-14T16:00")
    with pytest.raises(InvalidInput, match="slot is not available"):
        seller.books(seller.ordered(), "2027-03-15T00:00")


def test_nine_oclock_stays_nine_oclock_when_the_clocks_go_back() -> None:
    market = TestMarket(at="2027-11-01T00:00:00Z")
    seller = Serviceman(market)

    saturday = seller.slots("2027-11-06T08:00:00Z", "2027-11-07T03:00:00Z")
    sunday = seller.slots("2027-11-07T08:00:00Z", "2027-11-08T03:00:00Z")

    assert (min(saturday), max(saturday), len(saturday)) == ("2027-11-06T16:00", "2027-11-06T23:00", 8)
    assert (min(sunday), max(sunday), len(sunday)) == ("2027-11-07T17:00", "2027-11-08T00:00", 8)
    market.close()


@pytest.mark.parametrize(("day", "hours"), [("2027-03-14", 23), ("2027-06-01", 24), ("2027-11-07", 25)])
def test_a_store_that_never_closes_has_as_many_hours_as_the_day(market: TestMarket, day: str, hours: int) -> None:
    market.clock.freeze(at=utc("2027-03-01T00:00"))
    seller = Serviceman(market)
    seller.works("2027-01-01T00:00:00-08:00", "2028-12-31T00:00:00-08:00")
    begin = utc(f"{day}T00:00")

    found = seller.slots(f"{begin:%Y-%m-%dT%H:%M:%SZ}", f"{begin + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}")

    assert sum(f"{utc(one).astimezone(seller.zone):%Y-%m-%d}" == day for one in found) == hours


def test_a_day_is_meant_by_the_clocks_of_the_store(seller: Serviceman, market: TestMarket) -> None:
    late = seller.ordered()
    seller.works("2026-11-04T18:00:00-08:00", "2026-11-04T20:00:00-08:00")
    seller.books(late, "2026-11-05T02:00")

    def found(first: str, last: str) -> int | None:
        asked = v1.GetServiceJobs(
            marketplace_ids=[US],
            created_after="2026-11-01T00:00:00Z",
            schedule_start_date=first,
            schedule_end_date=last,
        )
        return market.seller.send(asked).payload.total_result_size

    assert (found("2026-11-04", "2026-11-04"), found("2026-11-05", "2026-11-05")) == (1, 0)
    assert (found("2026-11-05T02:00:00Z", "2026-11-05T02:00:00Z"), found("2026-11-04", "2026-11-05T01:59:59Z")) == (
        1,
        0,
    )


def test_slots_of_working_hours_do_not_know_what_is_booked(market: TestMarket) -> None:
    seller = Serviceman(market, scheduling=Scheduling.WORKING_HOURS)
    seller.books(seller.ordered(), "2026-11-03T18:00")

    shown = seller.post(
        "GET",
        f"/appointmentSlots?asin={seller.asin}&storeId={STORE}&marketplaceIds={US}"
        "&startTime=2026-11-03T18:00:00Z&endTime=2026-11-03T19:00:00Z",
    )

    check_form(shown.json(), MODEL, "GetAppointmentSlotsResponse")
    report = shown.json()["payload"]
    assert (report["schedulingType"], report["appointmentSlots"][0]["capacity"]) == ("NON_REAL_TIME_SCHEDULING", 1)
    with pytest.raises(InvalidInput, match="slot is not available"):
        seller.books(seller.ordered(), "2026-11-03T18:00")


def test_a_technician_has_hours_of_their_own(seller: Serviceman) -> None:
    seller.works("2026-11-03T09:00:00-08:00", "2026-11-03T17:00:00-08:00", of=ANN)
    job_id = seller.ordered()
    seller.assigns(job_id, seller.books(job_id, "2026-11-03T18:00"), ANN)

    assert ranges(seller, "AVAILABLE_CAPACITY", "2026-11-03T17:00", "2026-11-03T20:00", of=ANN) == [
        ("11-03T17:00", 1),
        ("11-03T18:00", 0),
        ("11-03T19:00", 1),
    ]
