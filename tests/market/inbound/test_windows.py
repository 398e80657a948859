"""When a load may arrive, and when a truck may come to the dock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from sellingpartner.market.inbound.transport.windows import Availability, dock_slots, windows

NOW = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)


def test_windows_are_weeks_that_begin_day_after_day_once_the_load_is_ready() -> None:
    ready_at = NOW + timedelta(days=3)

    found = list(windows(Random(1), ready_at, NOW))

    assert found[0].starts_at == datetime(2026, 12, 4, tzinfo=UTC)
    assert {one.ends_at - one.starts_at for one in found} == {WEEK}
    assert {after.starts_at - one.starts_at for one, after in pairwise(found)} == {timedelta(days=1)}
    assert all(one.valid_until > NOW for one in found)


def test_windows_of_what_was_ready_long_ago_begin_tomorrow() -> None:
    assert next(windows(Random(1), NOW - WEEK, NOW)).starts_at == datetime(2026, 12, 1, tzinfo=UTC)


def test_most_windows_are_free_and_some_are_not() -> None:
    drawn = [one.availability for seed in range(50) for one in windows(Random(seed), NOW, NOW)]

    assert {*drawn} == {*Availability}
    assert drawn.count(Availability.AVAILABLE) > 0.75 * len(drawn)


def test_docks_are_open_by_day_from_tomorrow_on_and_never_on_sundays() -> None:
    zone = ZoneInfo("Asia/Kolkata")

    found = list(dock_slots(Random(3), zone, NOW, NOW + timedelta(days=30), NOW))

    begins = [slot.starts_at.astimezone(zone) for slot in found]
    assert {7, 17} <= {moment.hour for moment in begins} <= set(range(7, 18))
    assert min(begins).date() == NOW.astimezone(zone).date() + timedelta(days=1)
    assert max(begins) <= (NOW + timedelta(days=15)).astimezone(zone)
    assert {moment.weekday() for moment in begins} == {0, 1, 2, 3, 4, 5}


def test_slots_lie_within_what_was_wished() -> None:
    wanted_from, wanted_to = NOW + timedelta(days=2, hours=1), NOW + timedelta(days=3)

    found = list(dock_slots(Random(3), ZoneInfo("America/Mexico_City"), wanted_from, wanted_to, NOW))

    assert found
    assert all(wanted_from <= slot.starts_at and slot.ends_at <= wanted_to for slot in found)
