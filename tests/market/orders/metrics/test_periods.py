from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.orders.metrics.periods import MONDAY, SUNDAY, Period, edges_of

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
HOUR = timedelta(hours=1)


def shown(start: str, end: str, period: Period, zone: tzinfo, week_begins: int = MONDAY) -> list[str]:
    edges = edges_of(datetime.fromisoformat(start), datetime.fromisoformat(end), period, zone, week_begins=week_begins)
    return [edge.astimezone(zone).isoformat(timespec="minutes") for edge in edges]


def test_a_day_has_25_hours_when_clocks_are_put_back_and_23_when_they_are_put_forward() -> None:
    autumn = edges_of(
        datetime(2026, 11, 1, tzinfo=LOS_ANGELES), datetime(2026, 11, 3, tzinfo=LOS_ANGELES), Period.DAY, LOS_ANGELES
    )
    spring = edges_of(
        datetime(2026, 3, 8, tzinfo=LOS_ANGELES), datetime(2026, 3, 9, tzinfo=LOS_ANGELES), Period.DAY, LOS_ANGELES
    )

    assert [(after - before) / HOUR for before, after in pairwise(autumn)] == [25, 24]
    assert [(after - before) / HOUR for before, after in pairwise(spring)] == [23]


def test_periods_are_whole_where_the_stretch_cuts_into_them() -> None:
    found = shown("2026-11-02T10:30:00+00:00", "2026-11-03T00:00:00.001+00:00", Period.DAY, UTC)

    assert found == ["2026-11-02T00:00+00:00", "2026-11-03T00:00+00:00", "2026-11-04T00:00+00:00"]


def test_hours_begin_when_the_place_s_clock_shows_a_full_hour() -> None:
    found = shown("2026-11-02T06:45:00+05:30", "2026-11-02T08:00:00+05:30", Period.HOUR, ZoneInfo("Asia/Kolkata"))

    assert found == ["2026-11-02T06:00+05:30", "2026-11-02T07:00+05:30", "2026-11-02T08:00+05:30"]


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    found = shown("2026-11-01T00:00:00-07:00", "2026-11-01T03:00:00-08:00", Period.HOUR, LOS_ANGELES)

    assert [text[11:] for text in found] == ["00:00-07:00", "01:00-07:00", "01:00-08:00", "02:00-08:00", "03:00-08:00"]


@pytest.mark.parametrize(
    ("week_begins", "days"),
    [(MONDAY, ["10-26", "11-02", "11-09"]), (SUNDAY, ["11-01", "11-08"])],
)
def test_a_week_begins_on_the_day_that_is_asked_for(week_begins: int, days: list[str]) -> None:
    found = shown("2026-11-01T00:00:00+00:00", "2026-11-07T00:00:00+00:00", Period.WEEK, UTC, week_begins)

    assert [text[5:10] for text in found] == days


def test_months_and_years_are_the_calendar_s() -> None:
    start, end = "2026-12-31T00:00:00+00:00", "2027-02-01T00:00:00+00:00"

    assert [text[:10] for text in shown(start, end, Period.MONTH, UTC)] == ["2026-12-01", "2027-01-01", "2027-02-01"]
    assert [text[:10] for text in shown(start, end, Period.YEAR, UTC)] == ["2026-01-01", "2027-01-01", "2028-01-01"]


def test_a_midnight_that_the_clock_skips_begins_the_day_when_it_is_skipped() -> None:
    found = shown("2026-04-23T00:00:00+02:00", "2026-04-25T00:00:00+03:00", Period.DAY, ZoneInfo("Africa/Cairo"))

    assert found == ["2026-04-23T00:00+02:00", "2026-04-24T01:00+03:00", "2026-04-25T00:00+03:00"]


def test_a_day_that_a_place_left_out_is_no_period() -> None:
    found = shown("2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00", Period.DAY, ZoneInfo("Pacific/Apia"))

    assert found == ["2011-12-29T00:00-10:00", "2011-12-31T00:00+14:00", "2012-01-01T00:00+14:00"]


@given(
    since=st.timedeltas(timedelta(0), timedelta(days=3650)),
    length=st.timedeltas(timedelta(microseconds=1), timedelta(days=40)),
    period=st.sampled_from(Period),
    zone=st.sampled_from(["UTC", "America/Havana", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu"]),
)
def test_periods_follow_one_another_without_a_gap_and_cover_just_the_stretch(
    since: timedelta, length: timedelta, period: Period, zone: str
) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC) + since
    end = start + length

    edges = edges_of(start, end, period, ZoneInfo(zone))

    assert all(before < after for before, after in pairwise(edges))
    assert edges[0] <= start < edges[1]
    assert edges[-2] < end <= edges[-1]
