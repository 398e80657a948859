"""The board of faults: which call a rule strikes, and by which luck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.faults.model import Called, Counts
from sellingpartner.testing import TestMarket

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
GET_ORDERS = Called(operation="getOrders", api="orders v0", seller_id="A1", application_id="app")


def struck_of(market: TestMarket, calls: int, called: Called = GET_ORDERS, at: datetime = NOON) -> list[int]:
    """Which of so many calls were struck, the first being 1."""
    return [n for n in range(1, calls + 1) if market.faults.strike(called, at)]


@pytest.mark.parametrize(
    ("when", "struck"),
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("nth=1,4", [1, 4]),
        ("every=3", [3, 6]),
        ("times=2", [1, 2]),
        ("every=2 times=2", [2, 4]),
        ("since=2026-11-02T12:00Z", [1, 2, 3, 4, 5, 6]),
        ("until=2026-11-02T12:00Z", []),
        ("operation=get* api=orders seller_id=A1 application_id=app", [1, 2, 3, 4, 5, 6]),
        ("operation=getOrder", []),
        ("api=feeds", []),
        ("seller_id=A2", []),
    ],
)
def test_a_rule_strikes_the_calls_that_it_is_for(market: TestMarket, when: str, struck: list[int]) -> None:
    market.faults.add(f"refuse 503 {when}")

    assert struck_of(market, 6) == struck


def test_the_same_calls_fail_in_the_same_way() -> None:
    with TestMarket() as one, TestMarket() as other, TestMarket(seed=2) as another:
        for market in (one, other, another):
            market.faults.add("refuse 503 probability=0.4")
        struck = struck_of(one, 60)

        assert struck == struck_of(other, 60)
        assert struck != struck_of(another, 60)
        assert 10 < len(struck) < 40


def test_a_rule_goes_on_counting_where_it_was_left(market: TestMarket) -> None:
    board = market.faults
    rule = board.add("refuse 503 every=3")
    struck_of(market, 4)
    with market.market.write() as unit:
        board.keep(unit)

    board.reload()

    assert board.counts() == {rule.rule_id: Counts(4, 1)}
    assert struck_of(market, 3) == [2]


def test_a_rule_that_was_taken_away_strikes_no_more(market: TestMarket) -> None:
    board = market.faults
    first, second = board.add_all(("refuse 503 until=2026-12-01T00:00Z", "page"))
    board.remove(first.rule_id)

    assert [rule.rule_id for rule in board.rules] == [second.rule_id]
    with pytest.raises(NotFound, match="no fault rule 1"):
        board.remove(first.rule_id)

    board.clear()
    assert struck_of(market, 1, at=NOON + timedelta(days=60)) == []
    assert board.rules == ()
