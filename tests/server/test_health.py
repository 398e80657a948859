"""What `/health` says, and that it says so at once whatever else hangs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import msgspec
import pytest
import structlog

from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.contract.market_v1 import Condition, Health, PartHealth
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.loop import Loop
from sellingpartner.server.seats import Seats
from sellingpartner.testing import Caller, TestMarket

SOON = 20


def health_of(caller: Caller, path: str = "/health") -> tuple[int, Health]:
    reply = caller.call("GET", path)
    return reply.status, msgspec.json.decode(reply.body, type=Health)


def test_a_market_that_is_well_says_so_to_everybody(market: TestMarket) -> None:
    reply = market.anybody().call("GET", "/health", headers={"Host": "market.example", "X-Forwarded-For": "9.9.9.9"})

    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    said = reply.json()
    assert said["status"] == said["database"]["status"] == "ok"
    assert set(said) == {"status", "version", "now", "database", "threads", "log"}


@pytest.mark.parametrize("path", ["/health", "/health/", "/health/live", "/health/ready"])
def test_a_head_is_answered_as_a_get_without_its_body(market: TestMarket, path: str) -> None:
    reply = market.anybody().call("HEAD", path)

    assert (reply.status, reply.body) == (200, b"")


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/health", 405), ("GET", "/healthy", 404)])
def test_what_else_is_asked_there_is_told_what_to_ask(market: TestMarket, method: str, path: str, status: int) -> None:
    reply = market.anybody().call(method, path)

    assert reply.status == status
    assert "errors" in reply.json()


def test_without_its_database_it_lives_but_is_not_ready(tmp_path: Path) -> None:
    market = TestMarket(f"sqlite:///{tmp_path}/market.db")
    (tmp_path / "market.db").rename(tmp_path / "elsewhere.db")
    anybody = market.anybody()

    assert [health_of(anybody, f"/health{path}")[0] for path in ("", "/live", "/ready")] == [503, 200, 503]
    reply = anybody.call("GET", "/health/ready")
    assert reply.headers["retry-after"] == "2"
    assert str(tmp_path) not in reply.body.decode()

    (tmp_path / "elsewhere.db").rename(tmp_path / "market.db")
    assert health_of(anybody)[0] == 200
    market.close()


def test_a_thread_that_fails_is_told_of_with_its_reason_and_needs_no_restart(market: TestMarket) -> None:
    failed = Event()

    def turn() -> float:
        failed.set()
        message = "Seller AUBL57M2L9XQ7 owes 12 USD"
        raise RuntimeError(message)

    loop = Loop("mill", turn, retry_seconds=SOON)
    market.server.health.watch(loop)
    with structlog.testing.capture_logs():
        loop.start()
        assert failed.wait(SOON)
        loop.stop()

    status, health = health_of(market.anybody())
    assert (status, health.status, health.database.status) == (503, Condition.FAILING, Condition.OK)
    assert health.threads["mill"].reason == "It fails by RuntimeError."
    assert health.threads["mill"].since is not None
    assert health_of(market.anybody(), "/health/live")[0] == health_of(market.anybody(), "/health/ready")[0] == 200


def test_a_thread_that_ended_needs_a_restart(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop("mill", lambda: SOON, retry_seconds=SOON)
    monkeypatch.setattr(loop, "_run", lambda: None)
    monkeypatch.setattr(loop, "_thread", Thread(target=lambda: None))
    loop.start()
    loop._thread.join()  # noqa: SLF001 - it ends as no loop does by itself
    market.server.health.watch(loop)

    status, health = health_of(market.anybody(), "/health/live")
    assert status == 503
    assert health.threads["mill"] == PartHealth(
        status=Condition.ENDED, reason="Its thread has ended; restart the server."
    )


class _Hanging:
    """An endpoint that answers when it is told to."""

    def __init__(self) -> None:
        self.entered, self.go_on = Event(), Event()

    def answer(self, _request: HttpRequest) -> HttpAnswer:
        self.entered.set()
        assert self.go_on.wait(SOON)
        return HttpAnswer(204)


@pytest.fixture
def hanging(market: TestMarket) -> Iterator[tuple[Caller, _Hanging]]:
    """A server of two seats, both taken by calls that hang."""
    server = Server(market.market, seats=Seats(2, patience_seconds=0.05))
    endpoint = _Hanging()
    server.mount("/hangs", endpoint)
    caller = Caller(server)
    with ExitStack() as stack:
        stack.callback(endpoint.go_on.set)
        for _ in range(2):
            endpoint.entered.clear()
            thread = Thread(target=caller.call, args=("GET", "/hangs"))
            thread.start()
            assert endpoint.entered.wait(SOON)
            stack.callback(thread.join)
            stack.callback(endpoint.go_on.set)
        yield caller, endpoint


def test_while_all_calls_hang_others_are_told_and_health_is_answered(hanging: tuple[Caller, _Hanging]) -> None:
    caller, _ = hanging

    refused = caller.call("GET", "/orders/v0/orders")
    assert (refused.status, refused.headers["retry-after"]) == (503, "2")
    assert "at work on 2 calls" in refused.json()["errors"][0]["message"]
    for path in ("/health", "/openapi/", "/"):
        assert caller.call("GET", path).status == 200


def test_whoever_comes_while_others_come_and_go_waits_for_a_seat() -> None:
    seats = Seats(1, patience_seconds=SOON)
    sat = Event()

    def sit() -> None:
        seats.take()
        sat.set()

    thread = Thread(target=sit)
    seats.take()
    thread.start()
    assert not sat.wait(0.01)
    seats.leave(is_well=True)
    thread.join()
    assert sat.is_set()


def test_what_comes_free_of_a_call_that_failed_gives_nobody_hope() -> None:
    seats = Seats(1, patience_seconds=0.01)
    for _ in range(3):
        seats.take()
        with pytest.raises(ServiceUnavailable):
            seats.take()
        seats.leave(is_well=False)
