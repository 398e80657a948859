"""Both kinds of client on a clock that moves when they wait, so that nobody waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from office import Office
from scripted import CREDENTIALS, Caller, Connect

from sellingpartner.client import MemoryThrottle, MemoryTokens
from sellingpartner.client._exchange import Exchange


class Even(Random):
    """No luck: always the middle."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


class Waits:
    """What the clients waited for; `then` happens at the next wait."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.seconds: list[float] = []
        self.then: Callable[[], None] | None = None

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.seconds.append(round(seconds, 3))
        self.now += seconds
        if self.then is not None:
            self.then()

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    made = Waits()
    monkeypatch.setattr(
        "sellingpartner.client._sync.time", SimpleNamespace(sleep=made.sleep, monotonic=time.monotonic)
    )
    monkeypatch.setattr("anyio.sleep", made.sleep_async)
    return made


@pytest.fixture
def caller(connect: Connect, office: Office, waits: Waits) -> Caller:
    """A client of either kind, which sells in the United States."""
    return on_clock(connect, office, waits)


def on_clock(connect: Connect, office: Office, waits: Waits, **fields: Any) -> Caller:  # noqa: ANN401
    fields = {
        "throttle": MemoryThrottle(waits.clock),
        "token_store": MemoryTokens(waits.clock),
        "marketplace": "US",
        **fields,
    }
    made = connect(office, CREDENTIALS, **fields)
    parts = made.client._parts  # noqa: SLF001 - only the clock is another
    context = replace(parts.context, clock=waits.clock, wall=waits.clock, random=Even(1))
    made.client._parts = replace(parts, context=context, exchange=Exchange(context))  # noqa: SLF001
    return made
