from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellingpartner.market.orders.promises import Service, overdue_at, promise


@pytest.mark.parametrize(
    ("country", "ordered", "handling", "service", "ship_by", "earliest", "latest"),
    [
        # Monday to Wednesday, and Wednesday plus five working days, of which the 11th is none.
        ("US", "2026-11-02T20:00", 2, "STANDARD", "2026-11-05T07:59:59", "2026-11-05T08", "2026-11-13T07:59:59"),
        # Saturday counts from Monday.
        ("US", "2026-11-07T20:00", 1, "NEXT_DAY", "2026-11-11T07:59:59", "2026-11-10T08", "2026-11-13T07:59:59"),
        # Thanksgiving is no working day.
        ("US", "2026-11-25T20:00", 1, "NEXT_DAY", "2026-11-28T07:59:59", "2026-11-27T08", "2026-12-01T07:59:59"),
        # It is Tuesday already in Tokyo.
        ("JP", "2026-11-09T16:00", 1, "SAME_DAY", "2026-11-11T14:59:59", "2026-11-10T15", "2026-11-11T14:59:59"),
        # The clock is put forward in between.
        ("DE", "2026-03-27T10:00", 1, "SECOND_DAY", "2026-03-30T21:59:59", "2026-03-30T22", "2026-04-01T21:59:59"),
    ],
)
def test_a_promise_counts_working_days_by_the_shop_s_clock(
    country: str, ordered: str, handling: int, service: str, ship_by: str, earliest: str, latest: str
) -> None:
    made = promise(_at(ordered), handling, Service[service], country)

    assert (made.earliest_ship_at, made.latest_ship_at) == (_at(ordered), _at(ship_by))
    assert (made.earliest_delivery_at, made.latest_delivery_at) == (_at(earliest), _at(latest))


def test_an_order_is_overdue_seven_working_days_after_it_should_have_shipped() -> None:
    assert overdue_at(_at("2026-11-20T07:59:59"), "US") == _at("2026-12-02T07:59:59")


def _at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=UTC)
