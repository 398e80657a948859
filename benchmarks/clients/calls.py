"""A client that waits for its turn: `python -m benchmarks.clients.calls CLIENT`.

It reads the names of measures, one a line, and answers each with the seconds of one call: the median of those that it
could make in its turn. It keeps client and connections from turn to turn, as a program does that has work to do.

No usage plan is to be measured here. Ours keeps its throttle on, as it is by default, and learns from the answers of
the canned server that there is a token whenever it asks. amzn-selling-partner goes by the published rates alone, which
would be 30 calls and then one every two seconds, so its throttle is switched off; the others have none.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from statistics import median
from time import perf_counter

from benchmarks.clients.access import ORDER_ID, PAGE, TOGETHER, Access, from_environment
from benchmarks.clients.forms import Blocking, Waiting

TURN_SECONDS = 0.1
_LEAST = 3

Call = Callable[[], None]


def main() -> None:
    """Answer until the input ends."""
    access, name = from_environment(), sys.argv[1]
    client: Blocking = import_module(f"benchmarks.clients.blocking.{name}").connect(access, throttled=False)
    with ThreadPoolExecutor(TOGETHER) as threads, _together(name, access) as with_tasks:
        measures: dict[str, Call | None] = {
            "order": lambda: _check(client.get_order(ORDER_ID), ORDER_ID),
            "page": lambda: _check(client.page(), PAGE),
            "threads": lambda: _check([*threads.map(client.get_order, [ORDER_ID] * TOGETHER)], [ORDER_ID] * TOGETHER),
            "tasks": with_tasks,
        }
        for line in sys.stdin:
            call = measures[line.strip()]
            print("none" if call is None else _turn(call), flush=True)


def _turn(call: Call) -> float:
    taken: list[float] = []
    until = perf_counter() + TURN_SECONDS
    while len(taken) < _LEAST or perf_counter() < until:
        began = perf_counter()
        call()
        taken.append(perf_counter() - began)
    return median(taken)


def _check(found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"{found!r} came back instead of {wanted!r}.")


@contextmanager
def _together(name: str, access: Access) -> Iterator[Call | None]:
    """Many calls at once on one loop, or None if the client has no tasks."""
    try:
        module = import_module(f"benchmarks.clients.tasks.{name}")
    except ModuleNotFoundError:
        yield None
        return
    with asyncio.Runner() as runner:
        client: Waiting = module.connect(access)

        async def gather() -> None:
            found = await asyncio.gather(*(client.get_order(ORDER_ID) for _ in range(TOGETHER)))
            _check(found, [ORDER_ID] * TOGETHER)

        yield lambda: runner.run(gather())
        runner.run(client.aclose())


if __name__ == "__main__":
    main()
