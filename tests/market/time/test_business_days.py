from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.time.business_days import calendars


def test_every_marketplace_has_a_calendar() -> None:
    assert set(calendars()) >= set(BY_COUNTRY)


@pytest.mark.parametrize(
    ("country", "holiday"),
    [
        ("US", date(2026, 11, 26)),
        ("US", date(2026, 5, 25)),
        ("US", date(2027, 1, 18)),
        ("DE", date(2026, 4, 3)),
        ("DE", date(2026, 5, 25)),
        ("FR", date(2027, 5, 6)),
        ("PL", date(2026, 6, 4)),
        ("JP", date(2026, 9, 21)),
    ],
)
def test_nobody_works_on_a_holiday(country: str, holiday: date) -> None:
    assert not calendars()[country].works_on(holiday)
    assert holiday.weekday() not in {5, 6}


def test_the_working_week_is_the_country_s() -> None:
    friday, sunday = date(2026, 11, 6), date(2026, 11, 8)

    assert [calendars()[country].works_on(friday) for country in ("US", "SA", "IN")] == [True, False, True]
    assert [calendars()[country].works_on(sunday) for country in ("US", "SA", "IN")] == [False, True, False]


def test_days_begin_and_end_by_the_country_s_clock() -> None:
    calendar, evening = calendars()["US"], datetime(2026, 11, 3, 5, tzinfo=UTC)

    assert calendar.day_of(evening) == date(2026, 11, 2)
    assert calendar.begins(date(2026, 11, 2), evening) == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert calendar.ends(date(2026, 7, 2), evening) == datetime(2026, 7, 3, 6, 59, 59, tzinfo=UTC)


@given(
    country=st.sampled_from(sorted(calendars())),
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    first=st.integers(0, 9),
    second=st.integers(0, 9),
)
def test_working_days_add_up(country: str, day: date, first: int, second: int) -> None:
    calendar = calendars()[country]
    last = calendar.after(day, first + second)

    assert calendar.works_on(last)
    assert calendar.between(day, last) == first + second
    assert calendar.between(last, day) == 0
    assert calendar.after(calendar.after(day, first), second) == last
