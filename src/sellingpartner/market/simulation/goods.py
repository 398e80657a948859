"""What a simulated shop sells, as it is kept with the shop.

A shop's goods are invented once and kept, so a market goes on selling what it began with, whatever the program has
learned to invent since.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import Column, LargeBinary, String, Table, bindparam, select

from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.simulation.demand import Shelf, shelf_of
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.unit import UnitOfWork

# Under the digest of what is in it, so that whoever knows the digest may keep what was read.
kept_goods = Table(
    "simulated_goods",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("articles", LargeBinary, nullable=False),
)

_WEEKS_IN_STOCK = 6
_LEAST_IN_STOCK = 12
_MOST_REMEMBERED = 8


class Article(msgspec.Struct, frozen=True, array_like=True):
    """One product as a shop sells it. Prices are minor units, by marketplace."""

    sku: str
    channel: FulfillmentChannel
    is_regulated: bool
    popularity: float
    """Its weight when a buyer chooses; few products have most of it."""
    prices: dict[str, int]

    @property
    def place(self) -> Place:
        """Where its units lie."""
        return Place.FBA if self.channel is FulfillmentChannel.AFN else Place.SELLER


class Counter(msgspec.Struct, frozen=True):
    """What buyers find in one marketplace."""

    articles: tuple[Article, ...]
    shelf: Shelf


class Goods(msgspec.Struct, frozen=True):
    """All that a shop sells, and what of it in which marketplace."""

    articles: tuple[Article, ...]
    counters: dict[str, Counter]
    popularity: float
    """Of all articles together."""

    def target_stock(self, article: Article, orders_per_day: float) -> int:
        """How many units a shop with so many orders wants to have: some weeks of what is bought."""
        share = article.popularity / self.popularity
        return max(_LEAST_IN_STOCK, round(orders_per_day * 7 * _WEEKS_IN_STOCK * share * 1.3))


_decode = msgspec.json.Decoder(tuple[Article, ...]).decode
_one = select(kept_goods.c.articles).where(kept_goods.c.digest == bindparam("digest"))
_remembered: dict[str, Goods] = {}


def goods_made_of(articles: Sequence[Article]) -> Goods:
    """Goods with a counter in each marketplace where there is anything."""
    offered: dict[str, list[Article]] = {}
    for article in articles:
        for marketplace_id in article.prices:
            offered.setdefault(marketplace_id, []).append(article)
    counters = {
        marketplace_id: Counter(tuple(held), shelf_of(article.popularity for article in held))
        for marketplace_id, held in offered.items()
    }
    return Goods(tuple(articles), counters, sum(article.popularity for article in articles))


def keep_goods(unit: UnitOfWork, articles: Sequence[Article]) -> str:
    """Keep what a shop sells; returns the digest under which `goods_of` finds it."""
    encoded = msgspec.json.encode(articles)
    digest = sha256(encoded).hexdigest()
    if unit.execute(_one, {"digest": digest}).first() is None:
        unit.execute(kept_goods.insert(), {"digest": digest, "articles": encoded})
    return digest


def goods_of(unit: UnitOfWork, digest: str) -> Goods:
    """What was kept under a digest, read once in a process."""
    goods = _remembered.get(digest)
    if goods is None:
        goods = goods_made_of(_decode(unit.execute(_one, {"digest": digest}).scalar_one()))
        while len(_remembered) >= _MOST_REMEMBERED:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered[digest] = goods
    return goods
