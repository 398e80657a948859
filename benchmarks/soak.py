"""The market under load for minutes: what it holds in memory must not grow with what it has answered."""

from __future__ import annotations

from itertools import chain, cycle
from pathlib import Path

from benchmarks import backstage
from benchmarks.load import press
from benchmarks.market import Api, credentials_of, serving_market
from benchmarks.reads import order_path
from benchmarks.report import Figure
from benchmarks.writes import placing

_SAMPLES_A_MINUTE = 6
_LONGEST_RISE_MIB = 24
"""Above what is held after a fifth of the time, when caches are full and every kind of call was made."""


def measure(database: Path, *, minutes: int) -> list[Figure]:
    """Read orders and pages and place orders, and weigh the server now and then."""
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        api.close()
    skus = backstage.stock_up(database, api.seller_id, api.marketplace_id)
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        orders = [api.bytes_of("GET", order_path(order["AmazonOrderId"])) for order in api.orders(5_000)]
        pages = [api.bytes_of("GET", target) for target in api.page_targets(100, 20)]
        mixed = zip(cycle(orders), cycle(pages), cycle(placing(api, skus)), strict=False)
        supply = chain.from_iterable(mixed)
        weighed, answered = [], 0
        for _ in range(minutes * _SAMPLES_A_MINUTE):
            answered += press(server.port, supply, seconds=60 / _SAMPLES_A_MINUTE).requests
            weighed.append(server.memory())
    early, late = weighed[len(weighed) // 5], max(weighed[-len(weighed) // 5 :])
    return [
        Figure(name=f"calls answered in {minutes} minutes", value=answered, unit=""),
        Figure(name="memory after a fifth of them", value=early, unit="MiB"),
        Figure(name="what it rose by until the end", value=late - early, unit="MiB", most=_LONGEST_RISE_MIB),
    ]
