"""How long a month takes that is advanced at once, where buyers come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.report import Figure
from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.market import Market
from sellingpartner.market.simulation.shops import all_shops, shops

_PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
_DAYS, _FEW_DAYS = 30, 5
_ORDERS_PER_DAY = 200
_MOST_SECONDS = 10


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """Advance a demo market by days, in real seconds and in seconds of the processor."""
    days = _FEW_DAYS if is_quick else _DAYS
    market = Market.open(f"sqlite:///{folder / 'advanced.db'}", seed=1, at=_PRESENT)
    build_demo_world(market, orders=300, items=1_000)
    with market.read() as unit:
        (shop,) = all_shops(unit)
    with market.write(shop.seller_id) as unit:
        unit.execute(shops.update().values(orders_per_day=_ORDERS_PER_DAY))
    set_buyers(market, come=True)
    began, worked = perf_counter(), process_time()
    journey = market.travel(_PRESENT + timedelta(days=days))
    took, work = perf_counter() - began, process_time() - worked
    market.close()
    name = f"{days} days advanced at {_ORDERS_PER_DAY} orders a day"
    return [
        Figure(name=name, value=took, unit="s", most=_MOST_SECONDS * days / _DAYS),
        Figure(name=f"{name}: processor time", value=work, unit="s"),
        Figure(name=f"{name}: things that happened", value=journey.happened, unit="things"),
    ]
