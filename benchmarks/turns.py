"""Servers take turns under the load, so that whatever else the machine does meets all of them alike.

Each round gives every server its time; the best round of each counts, because what disturbs a measurement only ever
makes it worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

import msgspec

from benchmarks.load import CONNECTIONS, Rate, press
from benchmarks.processes import Server
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
    label: str
    server: Server
    requests: Sequence[bytes]
    once: bool = False
    """Whether each request can be sent once only."""
    is_cold: bool = False
    """Whether it is not warmed up: its requests are too few for that."""


def take_turns(contenders: Sequence[Contender], effort: Effort) -> list[Row]:
    """Measure all of them, round by round."""
    entered = [(contender, _supplies(contender, effort.rounds + 2)) for contender in contenders]
    for contender, supplies in entered:
        if not contender.is_cold:
            press(contender.server.port, next(supplies), seconds=effort.warm_up)
    rounds = [
        [_round(contender, next(supplies), effort.seconds) for contender, supplies in entered]
        for _ in range(effort.rounds)
    ]
    return [
        _row(contender, taken, press(contender.server.port, next(supplies), seconds=effort.seconds / 2, connections=1))
        for (contender, supplies), taken in zip(entered, zip(*rounds, strict=True), strict=True)
    ]


def _supplies(contender: Contender, shares: int) -> Iterator[Iterator[bytes]]:
    """What each press may send."""
    for share in range(shares):
        yield iter(contender.requests[share::shares]) if contender.once else cycle(contender.requests)


def _round(contender: Contender, supply: Iterator[bytes], seconds: float) -> tuple[Rate, float | None]:
    """One press, with the microseconds of processor time that the server took for each request."""
    before = contender.server.work()
    rate = press(contender.server.port, supply, seconds=seconds)
    after = contender.server.work()
    return rate, None if before is None or after is None else (after - before) / rate.requests * 1e6


def _row(contender: Contender, rounds: Sequence[tuple[Rate, float | None]], alone: Rate) -> Row:
    return Row(
        request=contender.request,
        server=contender.label,
        rate=max((rate for rate, _ in rounds), key=lambda rate: rate.per_second),
        alone=alone,
        work=min((work for _, work in rounds if work is not None), default=None),
    )
