"""A funnel narrows from step to step, and its parts sum to the whole."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.traffic.calendar import Stretch
from sellingpartner.market.traffic.counts import Side
from sellingpartner.market.traffic.results import funnels, searches, visited
from sellingpartner.market.traffic.searching import Funnel, divided_among, funnel_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

COUNTS = st.integers(0, 10_000)


@given(seed=st.integers(0, 2**32), placed=COUNTS, more=COUNTS, sales=COUNTS, parts=st.integers(1, 3))
def test_fewer_buy_than_click_whatever_the_search(seed: int, placed: int, more: int, sales: int, parts: int) -> None:
    side = Side(placed=placed, sales=sales if placed else 0, browser_sessions=placed + more)

    whole = funnel_of(seed, US, "B000000001", side)
    divided = divided_among(whole, parts)

    assert whole.clicks <= side.sessions
    assert whole.purchases <= placed
    assert whole.sales <= sales
    assert sum(divided, Funnel()) == whole
    for one in (whole, *divided):
        assert 0 <= one.purchases <= one.cart_adds <= one.clicks <= one.impressions
        assert one.clicks <= one.volume


def test_what_searches_led_to_is_what_items_had(market: TestMarket) -> None:
    market.buys(quantity=2)
    market.buys("MUG-RED")
    market.advance(days=7)
    week = Stretch(date(2026, 11, 1), date(2026, 11, 7))

    with market.market.read(market.seller_account.seller_id) as unit:
        told, by_item, seen = searches(unit, US, week), funnels(unit, US, week), visited(unit, US, week)

    assert "mug" in [one.text for one in told]
    assert [one.total.volume for one in told] == sorted((one.total.volume for one in told), reverse=True)
    for asin, funnel in by_item.items():
        assert sum((one.of(asin) for one in told), Funnel()) == funnel
        assert funnel.clicks <= seen[asin].every.sessions
    assert sum(one.purchases for one in by_item.values()) == 2
