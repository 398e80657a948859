from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sellingpartner.market.traffic.calendar import (
    Period,
    Stretch,
    begins,
    bounds_of,
    divided,
    ends,
    is_whole,
    narrowed,
    widened,
)

US, JP = "ATVPDKIKX0DER", "A1VC38T7YXB528"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.DAY, date(2026, 11, 4), date(2026, 11, 4)),
        (Period.WEEK, date(2026, 11, 1), date(2026, 11, 7)),
        (Period.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_is_in_its_period(period: Period, first: date, last: date) -> None:
    day = date(2026, 11, 4)

    assert (begins(period, day), ends(period, day)) == (first, last)
    assert widened(Stretch(day, day), period) == Stretch(first, last)
    assert is_whole(Stretch(first, last), period)


def test_a_stretch_is_cut_into_its_periods_or_to_the_whole_ones() -> None:
    stretch = Stretch(date(2026, 10, 30), date(2026, 11, 15))

    assert divided(stretch, Period.WEEK) == [
        Stretch(date(2026, 10, 30), date(2026, 10, 31)),
        Stretch(date(2026, 11, 1), date(2026, 11, 7)),
        Stretch(date(2026, 11, 8), date(2026, 11, 14)),
        Stretch(date(2026, 11, 15), date(2026, 11, 15)),
    ]
    assert narrowed(stretch, Period.WEEK) == Stretch(date(2026, 11, 1), date(2026, 11, 14))
    assert narrowed(stretch, Period.MONTH) is None
    assert divided(stretch, Period.RANGE) == [stretch]


def test_a_day_is_the_marketplaces_and_is_an_hour_longer_when_clocks_are_set_back() -> None:
    begin, end, *_ = bounds_of(JP, Stretch(date(2026, 11, 2), date(2026, 11, 2)))
    assert (begin, end - begin) == (datetime(2026, 11, 1, 15, tzinfo=UTC), timedelta(days=1))

    begin, end = bounds_of(US, Stretch(date(2026, 11, 1), date(2026, 11, 1)))
    assert (begin, end - begin) == (datetime(2026, 11, 1, 7, tzinfo=UTC), timedelta(hours=25))
