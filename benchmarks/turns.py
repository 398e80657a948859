"""Servers take turns under the load, so that whatever else the machine does meets all of them alike.

Each round gives every server its time; the best round of each counts, because what disturbs a measurement only ever
makes it worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

import msgspec

from benchmarks.load import CONNECTIONS, Rate, press
from benchmarks.report import Row


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """How long is measured."""

    rounds: int
    seconds: float
    """Of each round."""
    warm_up: float
    """Seconds of load before the first round: compilers and caches get their chance."""

    def __str__(self) -> str:
        return f"{CONNECTIONS} connections, best of {self.rounds} rounds of {self.seconds:g} s in turns"


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of request to one server."""

    request: str
    server: str
    port: int
    requests: Sequence[bytes]
    once: bool = False
    """Whether each request can be sent once only."""


def take_turns(contenders: Sequence[Contender], effort: Effort) -> list[Row]:
    """Measure all of them, round by round."""
    supplies = [_supplies(contender, effort.rounds + 2) for contender in contenders]
    for contender, supply in zip(contenders, supplies, strict=True):
        press(contender.port, next(supply), seconds=effort.warm_up)
    rounds = [
        [
            press(contender.port, next(supply), seconds=effort.seconds)
            for contender, supply in zip(contenders, supplies, strict=True)
        ]
        for _ in range(effort.rounds)
    ]
    return [
        Row(
            request=contender.request,
            server=contender.server,
            rate=_best(rates),
            alone=press(contender.port, next(supply), seconds=effort.seconds / 2, connections=1),
        )
        for contender, supply, rates in zip(contenders, supplies, zip(*rounds, strict=True), strict=True)
    ]


def _supplies(contender: Contender, shares: int) -> Iterator[Iterator[bytes]]:
    """What each press may send."""
    for share in range(shares):
        yield iter(contender.requests[share::shares]) if contender.once else cycle(contender.requests)


def _best(rates: Sequence[Rate]) -> Rate:
    return max(rates, key=lambda rate: rate.per_second)
