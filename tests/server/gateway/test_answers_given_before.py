"""A question that was asked before is answered without its handler, until anybody commits anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sellingpartner.contract.orders_v0 import GetOrder, GetOrderResponse
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

Serve = Callable[..., None]
ORDER = "/orders/v0/orders/902-3159896-1390916"


@pytest.fixture(params=["memory", "file"])
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestMarket]:
    market = TestMarket() if request.param == "memory" else TestMarket(f"sqlite:///{tmp_path}/market.db")
    yield market
    market.close()


class Handler:
    """Counts how often it is asked."""

    def __init__(self, *, tells_time: bool = False) -> None:
        self.asked = 0
        self._tells_time = tells_time

    def __call__(self, unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        self.asked += 1
        if self._tells_time:
            assert unit.now
        return GetOrderResponse()


def test_a_handler_is_asked_once_for_the_same_until_somebody_commits(market: TestMarket, serve: Serve) -> None:
    handler = Handler()
    serve(GetOrder, handler)
    counts = []
    for target in (ORDER, ORDER, f"{ORDER}?of=another", ORDER):
        assert market.seller.call("GET", target).status == 200
        counts.append(handler.asked)
    market.market.remember("a fact", "that somebody commits")
    market.seller.call("GET", ORDER)

    assert [*counts, handler.asked] == [1, 1, 2, 2, 3]


def test_a_handler_that_asks_for_the_time_is_asked_each_time(market: TestMarket, serve: Serve) -> None:
    handler = Handler(tells_time=True)
    serve(GetOrder, handler)
    for _ in range(3):
        market.seller.call("GET", ORDER)

    assert handler.asked == 3


def test_what_is_remembered_is_for_whoever_may_ask(market: TestMarket, serve: Serve) -> None:
    serve(GetOrder, Handler())
    statuses = [market.seller.call("GET", ORDER).status for _ in range(2)]
    statuses.append(market.anybody().call("GET", ORDER).status)
    statuses.append(market.seller.call("GET", ORDER, body=b"x").status)

    assert statuses == [200, 200, 403, 400]


def test_a_handler_that_asks_whether_a_moment_has_come_is_asked_again_when_it_comes(
    market: TestMarket, serve: Serve
) -> None:
    moment, second = market.now + timedelta(minutes=1), market.now + timedelta(minutes=2)
    told = []

    def handler(unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        told.append((unit.has_come(moment), unit.has_come(second)))
        return GetOrderResponse()

    serve(GetOrder, handler)
    for seconds in (-60, -1, 0, 1, 60, 100):
        # Only what this process thinks of the time is changed: nothing is committed.
        market.market.clock.freeze(moment + timedelta(seconds=seconds))
        market.seller.call("GET", ORDER)

    assert told == [(False, False), (True, False), (True, True)]
