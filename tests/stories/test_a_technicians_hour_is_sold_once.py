"""Many book the last hours of a store at once: none of them is promised twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from serviceman import STORE, Serviceman, utc

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

RACERS, THERE = 8, 3
TEN, ELEVEN = "2026-11-03T18:00", "2026-11-03T19:00"


def available(seller: Serviceman) -> list[int]:
    asked = v1.GetFixedSlotCapacity(
        resource_id=STORE,
        marketplace_ids=[US],
        start_date_time=utc(TEN),
        end_date_time=utc("2026-11-03T20:00"),
        capacity_types=[v1.CapacityType.AVAILABLE_CAPACITY],
    )
    return [one.available_capacity or 0 for one in seller.seller.send(asked).capacities or []]


def test_the_last_slots_are_booked_once(market: TestMarket, at_once: Callable[..., list[Any]]) -> None:
    seller = Serviceman(market, capacity=THERE)
    jobs = [seller.ordered() for _ in range(RACERS)]

    ends = at_once(*[lambda job_id=job_id: seller.books(job_id, TEN) for job_id in jobs])

    refused = [end for end in ends if isinstance(end, Exception)]
    assert [type(end) for end in refused] == [InvalidInput] * (RACERS - THERE)
    assert all("slot is not available" in str(end) for end in refused)
    assert available(seller) == [0, THERE]
    states = [seller.status(one) for one in jobs]
    assert (states.count("NOT_SERVICED"), states.count("PENDING_SCHEDULE")) == (THERE, RACERS - THERE)


def test_moves_bookings_and_reservations_share_what_there_is(
    market: TestMarket, at_once: Callable[..., list[Any]]
) -> None:
    seller = Serviceman(market, capacity=THERE)
    moving = [seller.ordered() for _ in range(THERE)]
    appointments = [seller.books(one, TEN) for one in moving]
    booking = [seller.ordered() for _ in range(THERE)]
    record = v1.AvailabilityRecord(start_time=utc(ELEVEN), end_time=utc("2026-11-03T20:00"))
    asked = v1.CreateReservation(
        marketplace_ids=[US],
        resource_id=STORE,
        reservation=v1.Reservation(type=v1.Type.TRAINING, availability=record),
    )

    def reserve() -> object:
        made = seller.seller.send(asked).payload
        return InvalidInput("not to be had") if made.errors else made

    ends = at_once(
        *[
            lambda job_id=job_id, name=name: seller.moves(job_id, name, ELEVEN)
            for job_id, name in zip(moving, appointments, strict=True)
        ],
        *[lambda job_id=job_id: seller.books(job_id, ELEVEN) for job_id in booking],
        reserve,
        reserve,
    )

    assert [type(end) for end in ends if isinstance(end, Exception)] == [InvalidInput] * (RACERS - THERE)
    moved = sum(not isinstance(end, Exception) for end in ends[:THERE])
    assert available(seller) == [moved, 0]
