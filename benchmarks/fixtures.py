"""What a test pays for a market of its own: to open one, with a first order and a first call, and to import it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.report import Figure
from sellingpartner.testing import Market
from sellingpartner.testing.sockets import on_a_socket

_GOAL_MILLISECONDS = 20
_TIMES, _FEW_TIMES = 200, 30
_IMPORTED = (
    "from time import perf_counter as now; began = now(); import sellingpartner.testing.world; print(now() - began)"
)


def measure(_folder: Path, *, is_quick: bool) -> list[Figure]:
    """The median of many markets, one after the other, in one process."""
    times = _FEW_TIMES if is_quick else _TIMES
    Market().close()  # the first one is built, the others are copies
    worked = process_time()
    opened = [_opened() for _ in range(times)]
    work = (process_time() - worked) * 1000 / times
    used = [_used() for _ in range(times)]
    reached = [_on_a_socket() for _ in range(times)]
    imported = [float(subprocess.check_output([sys.executable, "-c", _IMPORTED])) for _ in range(3)]
    name = "a fresh market for a test"
    return [
        Figure(name=f"{name}, p50", value=median(opened), unit="ms", most=_GOAL_MILLISECONDS),
        Figure(name=f"{name}, p95", value=sorted(opened)[int(times * 0.95)], unit="ms"),
        Figure(name=f"{name}: processor time", value=work, unit="ms"),
        Figure(name=f"{name}, with a client, an order and a call, p50", value=median(used), unit="ms"),
        Figure(name=f"{name}, on a socket, p50", value=median(reached), unit="ms"),
        Figure(name="to import a market for tests, once in each process", value=min(imported), unit="s"),
    ]


def _opened() -> float:
    began = perf_counter()
    with Market():
        pass
    return (perf_counter() - began) * 1000


def _used() -> float:
    began = perf_counter()
    with Market() as market, market.seller.client() as client:
        client.orders_v0.get_order(order_id=market.buys())
    return (perf_counter() - began) * 1000


def _on_a_socket() -> float:
    began = perf_counter()
    with Market() as market, on_a_socket(market.server):
        pass
    return (perf_counter() - began) * 1000
