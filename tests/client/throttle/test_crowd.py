"""Many calls at once on a clock of their own: a small event loop plays their steps against a service with a bucket."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import FINE, Bench, refused, reply

from sellingpartner.client._shells.steps import Reply, Send, Sleep, Steps
from sellingpartner.client.options import Options
from sellingpartner.client.throttle import SQLiteThrottle
from sellingpartner.contract.errors import DeadlineExceeded, SellingPartnerError
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from soak import examples

PLAN_RATE, PLAN_BURST = 0.5, 30
CALL = GetOrder(order_id="1")


class Service:
    """What answers: with a bucket as Amazon describes it, and a delay on the way."""

    def __init__(self, seed: int = 1, rate: float = PLAN_RATE, burst: int = PLAN_BURST, jitter: float = 0.2) -> None:
        self.rate, self.burst, self.level, self.at = rate, burst, float(burst), 0.0
        self.random, self.jitter = Random(seed), jitter
        self.refusals = self.served = 0

    def delay(self) -> float:
        return 0.05 + self.random.random() * self.jitter

    def answers(self, now: float, header: str | None) -> Reply:
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < 1:
            self.refusals += 1
            return refused(429, "QuotaExceeded")
        self.level -= 1
        self.served += 1
        return reply(FINE, 200, **({"x_amzn_ratelimit_limit": header} if header else {}))


class Loop:
    """Plays calls side by side; time jumps from one happening to the next."""

    def __init__(self, bench: Bench, service: Service, header: str | None = None) -> None:
        self.bench, self.service, self.header = bench, service, header
        self.service.at = bench.now
        self.happenings: list[tuple[float, int, int, Any]] = []
        self.order = count()
        self.calls: dict[int, Steps[Any]] = {}
        self.ended: list[tuple[int, float, Exception | None]] = []

    def start(self, steps: Steps[Any], after: float = 0.0) -> int:
        number = len(self.calls)
        self.calls[number] = steps
        self._later(after, number, None)
        return number

    def run(self) -> None:
        while self.happenings:
            self.bench.now, _, number, sent = heappop(self.happenings)
            self._go_on(number, self._arrived(number, sent) if isinstance(sent, Send) else sent)

    def _arrived(self, number: int, step: Send) -> object:
        if step.url.endswith("/auth/o2/token"):
            return reply({"access_token": "Atza|1", "expires_in": 360_000})
        self._later(self.service.delay(), number, self.service.answers(self.bench.now, self.header))
        return ...

    def _go_on(self, number: int, value: object) -> None:
        if value is ...:
            return  # the answer is on its way back
        try:
            step = self.calls[number].send(value)
        except StopIteration:
            self.ended.append((number, self.bench.now, None))
        except SellingPartnerError as failure:
            self.ended.append((number, self.bench.now, failure))
        else:
            self._later(step.seconds if isinstance(step, Sleep) else self.service.delay(), number, step)

    def _later(self, seconds: float, number: int, what: object) -> None:
        sent = what if isinstance(what, (Send, Reply)) else None
        heappush(self.happenings, (self.bench.now + seconds, next(self.order), number, sent))


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 1000), crowd=st.integers(1, 60))
def test_a_crowd_uses_what_its_plan_allows_and_is_never_refused(seed: int, crowd: int) -> None:
    bench, service = Bench(), Service(seed)
    loop, began = Loop(bench, service), bench.now

    for _ in range(crowd):
        loop.start(bench.exchange.call(CALL, Options()))
    loop.run()

    assert service.refusals == 0
    assert [failure for *_, failure in loop.ended if failure] == []
    allowed = PLAN_BURST + (bench.now - began) * PLAN_RATE
    assert service.served == crowd
    assert crowd <= PLAN_BURST or service.served >= 0.98 * allowed - 2


def test_a_long_read_gets_98_percent() -> None:
    bench, service = Bench(), Service()
    loop, began = Loop(bench, service), bench.now

    for _ in range(400):
        loop.start(bench.exchange.call(CALL, Options()))
    loop.run()

    allowed = PLAN_BURST + (bench.now - began) * PLAN_RATE
    assert service.refusals == 0
    assert service.served / allowed > 0.98


def test_calls_are_answered_in_the_order_of_their_coming() -> None:
    bench = Bench()
    loop = Loop(bench, Service(jitter=0.0))
    bench.play(CALL, reply(FINE))

    for _ in range(60):
        loop.start(bench.exchange.call(CALL, Options()))
    loop.run()

    waited = [number for number, *_ in loop.ended][29:]
    assert waited == sorted(waited)


def test_the_urgent_go_first_and_the_patient_are_not_forgotten() -> None:
    bench = Bench()
    loop = Loop(bench, Service())
    patient = [loop.start(bench.exchange.call(CALL, Options())) for _ in range(50)]
    urgent = [loop.start(bench.exchange.call(CALL, Options(priority=9)), after=1.0) for _ in range(5)]

    loop.run()

    ends = {number: at for number, at, _ in loop.ended}
    assert max(ends[number] for number in urgent) < min(ends[number] for number in patient[35:])
    assert len(loop.ended) == 55
    assert not any(failure for *_, failure in loop.ended)


def test_who_cannot_be_served_in_time_is_told_at_once() -> None:
    bench, service = Bench(), Service()
    loop, began = Loop(bench, service), bench.now

    for _ in range(60):
        loop.start(bench.exchange.call(CALL, Options(deadline=10)))
    loop.run()

    late = [at - began for _, at, failure in loop.ended if isinstance(failure, DeadlineExceeded)]
    assert len(late) + service.served == 60
    assert service.served >= 33
    assert max(late) < 1.0


@pytest.mark.parametrize("header", [None, "5.0", "0.5", "0.1", "nonsense", "100000"])
def test_calls_get_through_whatever_the_header_says(header: str | None) -> None:
    bench, service = Bench(), Service(rate=0.5, burst=30)
    loop = Loop(bench, service, header)

    for _ in range(60):
        loop.start(bench.exchange.call(CALL, Options(retries=30)))
    loop.run()

    assert service.served == 60
    assert not any(failure for *_, failure in loop.ended)


def test_two_processes_over_one_file_stay_under_one_plan(tmp_path: Any) -> None:  # noqa: ANN401 - a folder
    one = Bench()
    one = Bench(throttle=SQLiteThrottle(tmp_path / "limits.db", one.clock))
    two = Bench(throttle=SQLiteThrottle(tmp_path / "limits.db", one.clock))
    two.context.__dict__["clock"] = one.clock
    service = Service()
    one.context.throttle.__dict__["_clock"] = one.clock
    loop, began = Loop(one, service), one.now

    for bench in (one, two) * 30:
        loop.start(bench.exchange.call(CALL, Options()))
    loop.run()

    assert service.refusals == 0
    assert service.served == 60
    assert service.served >= 0.98 * (PLAN_BURST + (one.now - began) * PLAN_RATE) - 2


def test_operations_have_plans_of_their_own() -> None:
    bench = Bench()
    for _ in range(29):
        bench.play(CALL, reply(FINE))

    bench.play(GetOrders(marketplace_ids=["x"]), reply(FINE))

    assert bench.sleeps == []
