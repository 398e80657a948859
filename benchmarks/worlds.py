"""What worlds cost: to save one, to load it, to go back to a snapshot, to scrub it and to hold it against another.

The first world is the demo world with all that its orders led to. The larger one has copies of its orders besides, that
led to nothing (`backstage.grow`): it is as large as its file says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks import backstage
from benchmarks.report import Figure
from sellingpartner.market import demo
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.comparing import compare
from sellingpartner.market.worlds.loading import load, restore, scrubbed_copy
from sellingpartner.market.worlds.saving import image, save
from sellingpartner.testing import Market as TestMarket

_ORDERS, _MANY = 5_000, 100_000
_FEW, _FEW_MORE = 200, 2_000
_TIMES = 3
_TESTS = 40
_SCENARIO = "busy-seller"
_MEBIBYTE = 2**20


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """Measure a world of 5,000 orders and one of 100,000; and a test's market that begins as a scenario."""
    orders, many = (_FEW, _FEW_MORE) if is_quick else (_ORDERS, _MANY)
    of_a_scenario = _of_a_scenario()
    database = folder / "worlds.db"
    market = Market.open(f"sqlite:///{database}", seed=1, is_draft=True)
    built = demo.build_demo_world(market, orders=orders, skus=orders // 5)
    market.close()
    figures = _of_a_world(database, orders)
    backstage.grow(database, built.seller_id, many)
    return [*of_a_scenario, *figures, *_of_a_world(database, many)]


def _of_a_world(database: Path, orders: int) -> list[Figure]:
    path, other = database.with_suffix(".world"), database.with_name("other.db")
    market = Market.open(f"sqlite:///{database}")
    saved = _seconds(lambda: save(market, path))
    market.close()
    copy = Market.open(f"sqlite:///{other}")
    loaded = _seconds(lambda: load(path, copy))
    copy.close()
    memory = Market.open()
    load(path, memory)
    kept = image(memory)
    taken, back = _seconds(lambda: image(memory)), _seconds(lambda: restore(memory, kept))
    memory.close()
    told = f"world of {orders:,} orders ({path.stat().st_size / _MEBIBYTE:,.0f} MiB)"
    return [
        Figure(name=f"{told}: saved", value=saved, unit="s"),
        Figure(name=f"{told}: loaded into a file", value=loaded, unit="s"),
        Figure(name=f"{told}: a snapshot taken in memory", value=taken, unit="s"),
        Figure(name=f"{told}: gone back to it", value=back, unit="s"),
        Figure(name=f"{told}: scrubbed", value=_seconds(lambda: _scrubbed(path), times=1), unit="s"),
        Figure(name=f"{told}: held against itself", value=_seconds(lambda: compare(path, path), times=1), unit="s"),
    ]


def _scrubbed(path: Path) -> None:
    with scrubbed_copy(path):
        pass


def _of_a_scenario() -> list[Figure]:
    """What a test pays that begins with a busy shop: once in its process, and each time after that."""
    first = _seconds(_begun, times=1)
    worked = process_time()
    after = [_seconds(_begun, times=1) for _ in range(_TESTS)]
    work = (process_time() - worked) * 1000 / _TESTS
    return [
        Figure(name=f"a test's market that begins as {_SCENARIO}, once in each process", value=first, unit="s"),
        Figure(name="the same for each further test, p50", value=median(after) * 1000, unit="ms", most=20),
        Figure(name="the same: processor time", value=work, unit="ms"),
    ]


def _begun() -> None:
    TestMarket(scenario=_SCENARIO).close()


def _seconds(do: Callable[[], object], times: int = _TIMES) -> float:
    """How long it takes, the quickest of some times: the machine disturbs that least."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        do()
        taken.append(perf_counter() - began)
    return min(taken)
