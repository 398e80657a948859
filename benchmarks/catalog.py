"""Search by words: how long it takes among ten thousand items and among a million, in the process, on SQLite."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from benchmarks.report import Figure
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.commands import create_items
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.catalog.questions import Query, search
from sellingpartner.market.market import Market
from sellingpartner.market.simulation.products import Product, invent_products

FEW, MANY = 10_000, 1_000_000
_GOALS = {FEW: 10.0, MANY: 50.0}
_US = BY_COUNTRY["US"].marketplace_id
_SEARCHES = 300
_COMMON = ("mug", "blue", "stainless steel", "coffee", "set of 2")


def measure(folder: Path, most: int) -> list[Figure]:
    """The figures, in milliseconds: half of all searches, and nineteen of twenty, take no longer."""
    return [figure for count in (FEW, MANY) if count <= most for figure in _measured(folder, count)]


def _measured(folder: Path, count: int) -> list[Figure]:
    market = Market.open(f"sqlite:///{folder / f'catalog-{count}.db'}")
    chance = Random(count)
    products = invent_products(7, FEW)
    for first in range(0, count, FEW):
        with market.write() as unit:
            create_items(unit, [_item(product, chance, first) for product in products])
    asked = [*_COMMON * 4, *(_words_of(chance.choice(products), chance) for _ in range(_SEARCHES))]
    with market.read() as unit:
        times = []
        for words in asked:
            started = perf_counter()
            search(unit, Query(marketplace_id=_US, keywords=(words,)))
            times.append((perf_counter() - started) * 1000)
    market.close()
    cuts = quantiles(times, n=20)
    return [
        Figure(name=f"search among {count:,} items, p50", value=cuts[9], unit="ms", most=_GOALS[count]),
        Figure(name=f"search among {count:,} items, p95", value=cuts[18], unit="ms"),
    ]


def _item(product: Product, chance: Random, first: int) -> NewCatalogItem:
    """A product, and in later rounds one that is called a little otherwise."""
    series = f" No. {chance.randrange(1000)}" if first else ""
    return NewCatalogItem(
        product_type=product.product_type,
        marketplaces=(_US,),
        classification_id=product.browse_node_id,
        popularity=product.popularity * chance.random(),
        attributes={
            "item_name": [{"value": product.title + series}],
            "brand": [{"value": product.brand}],
            "bullet_point": [{"value": point} for point in product.bullet_points],
        },
    )


def _words_of(product: Product, chance: Random) -> str:
    """What somebody might type who looks for a product: one to three words of its title, or its brand."""
    words = product.title.replace(",", "").split()
    return chance.choice(
        (product.brand, *(" ".join(chance.sample(words, min(many, len(words)))) for many in (1, 2, 3)))
    )
