from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue
from threading import Event

import pytest
import structlog

from sellingpartner.market.time.clock import real_now
from sellingpartner.server.loop import FINE, Loop, State
from sellingpartner.storage.away import DatabaseAway

SOON = 20


@contextmanager
def turning(*outcomes: BaseException | float) -> Iterator[tuple[Loop, Queue[int]]]:
    """A loop whose turns end as told, then well; and the numbers of the turns that began."""
    turns: Queue[int] = Queue()
    waiting = [*outcomes]

    def turn() -> float:
        turns.put(turns.qsize())
        outcome = waiting.pop(0) if waiting else SOON
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    loop = Loop("mill", turn, retry_seconds=0)
    loop.start()
    yield loop, turns
    loop.stop()


@pytest.mark.parametrize(
    "reason", [RuntimeError("a buyer's name"), OSError(28, "No space"), SystemExit(), KeyboardInterrupt()]
)
def test_nothing_that_a_turn_fails_by_ends_it(reason: BaseException) -> None:
    with structlog.testing.capture_logs(), turning(reason, reason) as (loop, turns):
        for _ in range(3):
            turns.get(timeout=SOON)

        loop.wake()
        turns.get(timeout=SOON)  # and by then the third is over
        assert loop.standing() == FINE


def test_it_tells_since_when_it_fails_and_why_but_not_what_was_quoted() -> None:
    with structlog.testing.capture_logs() as lines, turning(*[ValueError("secret")] * 2, SOON) as (loop, turns):
        turns.get(timeout=SOON)
        turns.get(timeout=SOON)
        turns.get(timeout=SOON)
    failed = [line for line in lines if line["event"].startswith("a turn failed")]
    assert [line["loop"] for line in failed] == ["mill"]  # the same failure is not logged each time

    stopped = Event()
    loop = Loop("mill", lambda: _fail(DatabaseAway("host 10.0.0.1 is gone"), stopped), retry_seconds=SOON)
    before = real_now()
    with structlog.testing.capture_logs():
        loop.start()
        assert stopped.wait(SOON)
        loop.stop()
    standing = loop.standing()
    assert (standing.state, standing.reason) == (
        State.FAILING,
        "The market cannot use its database at the moment; try again.",
    )
    assert standing.since is not None
    assert before <= standing.since <= real_now()


def _fail(reason: Exception, told: Event) -> float:
    told.set()
    raise reason


def test_a_turn_that_does_not_end_is_stuck_unless_it_says_that_it_comes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()

    def turn() -> float:
        begun.set()
        go_on.wait(SOON)
        return SOON

    loop = Loop("mill", turn, retry_seconds=0)
    loop.start()
    assert begun.wait(SOON)
    assert loop.standing() == FINE

    monkeypatch.setattr("sellingpartner.server.loop.real_now", lambda: real_now() + timedelta(minutes=2))
    assert loop.standing().state is State.STUCK
    loop.progress()
    assert loop.standing() == FINE
    go_on.set()
    loop.stop()


def test_a_log_that_fails_does_not_end_it() -> None:
    def broken(*_: object) -> str:
        message = "I/O operation on closed file"
        raise ValueError(message)

    kept = structlog.get_config()
    structlog.configure(processors=[broken], cache_logger_on_first_use=False)
    try:
        with turning(RuntimeError("first"), RuntimeError("second")) as (loop, turns):
            turns.get(timeout=SOON)
            turns.get(timeout=SOON)
            turns.get(timeout=SOON)
        assert loop.standing().state is not State.ENDED
    finally:
        structlog.configure(**kept)
