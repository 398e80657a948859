from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.errors import QuotaExceeded
from sellingpartner.contract.operation import Operation, Rate
from sellingpartner.market.accounts.model import Caller, TokenKind
from sellingpartner.server.gateway.throttle import UNDOCUMENTED, Limits, Throttle

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
READ = Operation("GET", "/a", "readA", rate=Rate(0.5, burst=3))
WRITE = Operation("POST", "/a", "writeA", rate=Rate(0.1, burst=1))


def caller(seller_id: str = "S1", application_id: str = "app") -> Caller:
    kind = TokenKind.ACCESS if seller_id else TokenKind.GRANTLESS
    return Caller(application_id=application_id, seller_id=seller_id, kind=kind, scopes=frozenset())


def spends(throttle: Throttle, operation: Operation, who: Caller, *, after: float = 0.0) -> bool:
    try:
        throttle.spend(operation, who, START + timedelta(seconds=after))
    except QuotaExceeded:
        return False
    return True


def test_a_bucket_holds_its_burst_and_refills_by_market_time() -> None:
    throttle = Throttle()

    assert [spends(throttle, READ, caller()) for _ in range(4)] == [True, True, True, False]
    assert not spends(throttle, READ, caller(), after=1.9)
    assert spends(throttle, READ, caller(), after=2)
    assert not spends(throttle, READ, caller(), after=2)
    assert [spends(throttle, READ, caller(), after=3600) for _ in range(4)] == [True, True, True, False]


def test_ten_tenths_of_a_token_are_one() -> None:
    throttle = Throttle()
    assert spends(throttle, WRITE, caller())

    assert [spends(throttle, WRITE, caller(), after=second) for second in range(1, 11)] == [False] * 9 + [True]


def test_each_application_seller_and_operation_has_a_bucket_of_its_own() -> None:
    throttle = Throttle()
    assert spends(throttle, WRITE, caller())
    assert not spends(throttle, WRITE, caller())

    assert spends(throttle, WRITE, caller("S2"))
    assert spends(throttle, WRITE, caller(application_id="other"))
    assert spends(throttle, READ, caller())


def test_a_grantless_caller_has_one_bucket_an_application() -> None:
    throttle = Throttle()
    assert spends(throttle, WRITE, caller(seller_id=""))

    assert not spends(throttle, WRITE, caller(seller_id=""))
    assert spends(throttle, WRITE, caller(seller_id="", application_id="other"))


def test_ten_times_as_generous_is_ten_times_rate_and_burst() -> None:
    throttle = Throttle(Limits.TIMES_TEN)

    assert throttle.rate_of(READ) == Rate(5, 30)
    assert [spends(throttle, READ, caller()) for _ in range(31)] == [True] * 30 + [False]
    assert spends(throttle, READ, caller(), after=0.2)


def test_without_limits_nothing_is_refused() -> None:
    throttle = Throttle(Limits.OFF)

    assert all(spends(throttle, WRITE, caller()) for _ in range(50))


def test_an_operation_without_a_plan_gets_a_modest_one() -> None:
    assert Throttle().rate_of(Operation("GET", "/b", "readB")) == UNDOCUMENTED


def test_the_log_hears_when_the_next_token_comes() -> None:
    throttle = Throttle()
    throttle.spend(WRITE, caller(), START)

    with pytest.raises(QuotaExceeded) as refusal:
        throttle.spend(WRITE, caller(), START + timedelta(seconds=4))

    assert refusal.value.message == "You exceeded your quota for the requested resource."
    assert refusal.value.reason.endswith("the next token comes in 6.0 s of market time.")


def test_a_clock_read_late_refills_nothing_twice() -> None:
    throttle = Throttle()
    assert spends(throttle, WRITE, caller(), after=10)

    assert not spends(throttle, WRITE, caller(), after=0)
    assert not spends(throttle, WRITE, caller(), after=10)
    assert spends(throttle, WRITE, caller(), after=20)


@given(
    rate=st.sampled_from([0.0056, 0.0167, 0.1, 0.5, 1, 1.133, 5, 50]),
    burst=st.integers(1, 40),
    pauses=st.lists(st.one_of(st.just(0.0), st.floats(-5, 200)), max_size=150),
)
def test_no_window_of_time_lets_more_through_than_its_plan(rate: float, burst: int, pauses: list[float]) -> None:
    throttle = Throttle()
    operation = Operation("GET", "/a", "readA", rate=Rate(rate, burst))
    moment = 0.0
    passed: list[float] = []
    latest = 0.0
    for pause in pauses:
        moment = max(0.0, moment + pause)  # a thread may also be late
        if spends(throttle, operation, caller(), after=moment):
            latest = max(latest, moment)
            passed.append(latest)

    for first in range(len(passed)):
        for last in range(first, len(passed)):
            window = passed[last] - passed[first]
            assert last - first + 1 <= burst + rate * window + 1e-3
