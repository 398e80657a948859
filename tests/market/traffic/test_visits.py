"""Visits are a pure rule: as many as the orders want at least, and the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.traffic.visits import Day, Visits, visits_on

US = "ATVPDKIKX0DER"
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


@given(
    seed=st.integers(0, 2**32),
    sku=st.text(min_size=1, max_size=40),
    day=DAYS,
    present=st.floats(0, 1),
    featured=st.floats(0, 1),
    lines=st.integers(0, 400),
    b2b=st.integers(0, 400),
)
def test_whoever_orders_has_come_and_seen(
    seed: int, sku: str, day: date, present: float, featured: float, lines: int, b2b: int
) -> None:
    b2b = min(b2b, lines)

    seen = visits_on(seed, US, sku, Day(day, present, featured, lines, b2b))

    sessions = seen.browser_sessions + seen.app_sessions
    views = seen.browser_views + seen.app_views
    assert lines <= sessions <= views
    assert seen.browser_sessions <= seen.browser_views
    assert seen.app_sessions <= seen.app_views
    assert lines <= seen.featured_views <= views
    business = seen.browser_sessions_b2b + seen.app_sessions_b2b
    assert b2b <= business <= sessions
    assert b2b <= seen.featured_views_b2b <= seen.browser_views_b2b + seen.app_views_b2b <= views
    for name in ("browser_sessions", "app_sessions", "browser_views", "app_views"):
        assert 0 <= getattr(seen, f"{name}_b2b") <= getattr(seen, name)
    assert seen == visits_on(seed, US, sku, Day(day, present, featured, lines, b2b))


def test_what_is_not_there_is_not_visited() -> None:
    assert visits_on(1, US, "MUG", Day(date(2026, 11, 2), 0.0, 1.0, 0, 0)) == Visits()


def test_more_orders_mean_more_visits_and_few_of_them_lead_to_an_order() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(90)]

    def sessions(lines: int) -> int:
        all_visits = [visits_on(1, US, "MUG", Day(day, 1.0, 1.0, lines, 0)) for day in days]
        return sum(one.browser_sessions + one.app_sessions for one in all_visits)

    assert sessions(0) < sessions(1) < sessions(5)
    assert 0.04 < 5 * 90 / sessions(5) < 0.2
