"""The board of faults: which call a rule strikes, and by which luck."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.faults.model import Called, Counts
from sellingpartner.market.faults.tables import fault_rules
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.testing import TestMarket

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def struck_of(market: TestMarket, calls: int, at: datetime = NOON) -> list[int]:
    """Which of so many calls of getOrders were struck, the first being 1."""
    seller, application = market.seller.seller_id, market.application.application_id
    called = Called(operation="getOrders", api="orders v0", seller_id=seller, application_id=application)
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
        ("operation=get* api=orders seller_id={seller} application_id={application}", [1, 2, 3, 4, 5, 6]),
        ("operation=getOrder", []),
        ("api=feeds", []),
        ("seller_id={other}", []),
    ],
)
def test_a_rule_strikes_the_calls_that_it_is_for(market: TestMarket, when: str, struck: list[int]) -> None:
    here = {"seller": market.seller.seller_id, "application": market.application.application_id}
    there = market.seller("Hill Goods").seller_id
    market.faults.add(f"refuse 503 {when.format(**here, other=there)}")

    assert struck_of(market, 6) == struck


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        ("seller_id=A1NOBODY", "There is no seller A1NOBODY. So the fault would strike nobody."),
        ("application_id=amzn1.sp.none", "There is no application amzn1.sp.none. So the fault would strike nobody."),
    ],
)
def test_a_rule_that_concerns_nobody_is_refused(market: TestMarket, whom: str, said: str) -> None:
    market.faults.add("page")

    for rules in ((f"refuse 503 {whom}",), ("reset", f"notification lost {whom}")):
        with pytest.raises(InvalidInput) as refused:
            market.faults.add_all(rules)
        assert refused.value.message == said
        with pytest.raises(InvalidInput, match="strike nobody"):
            market.faults.replace_all(rules)

    assert [rule.fault.kind for rule in market.faults.rules] == ["page"]
    market.faults.reload()
    assert [rule.fault.kind for rule in market.faults.rules] == ["page"]


@pytest.mark.parametrize(
    "kept",
    [
        "notification lost notification_type=ORDER_CHANG",
        "refuse 503 operation=getOrderz",
        "refuse 503 api=ordersv0",
        "report fatal GET_NO_SUCH_REPORT",
        "refuse 503 seller_id=A1GONE",
    ],
)
def test_a_kept_rule_about_what_is_not_known_strikes_nothing_and_stops_nothing(market: TestMarket, kept: str) -> None:
    market.faults.add("page operation=getOrders every=2")
    with market.market.write() as unit:
        unit.execute(fault_rules.insert(), {"rule_id": 99, "rule": kept, "matched": 0, "struck": 0})

    market.faults.reload()

    assert struck_of(market, 2) == [2]
    assert [rule.rule_id for rule in market.faults.rules] == [1, 99]
    assert market.report("GET_FLAT_FILE_OPEN_LISTINGS_DATA").status == "DONE"
    market.faults.remove(99)


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


def test_counts_that_went_with_their_unit_are_kept_with_the_next_one(market: TestMarket) -> None:
    board = market.faults
    rule = board.add("refuse 503 every=3")
    struck_of(market, 4)
    with suppress(DatabaseAway), market.market.write() as unit:
        board.keep(unit)
        raise DatabaseAway("deadlock detected", was_set_back=True)

    board.keep_again()
    with market.market.write() as unit:
        board.keep(unit)

    board.reload()
    assert board.counts() == {rule.rule_id: Counts(4, 1)}


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
