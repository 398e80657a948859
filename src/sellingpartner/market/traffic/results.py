"""What searches of a marketplace led to: to the items of its sellers, by their orders, and to others that were found.

Only searches are told of that lead to an item which a seller of this market offers. Beside it stand the items that the
catalog's own search finds; nobody sells those here, so their clicks and purchases are invented from the seed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import msgspec

from sellingpartner.batched import batched
from sellingpartner.market.accounts.questions import all_sellers, participations_of
from sellingpartner.market.catalog.questions import Query, asins_of, items_of, search
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.traffic.calendar import Stretch
from sellingpartner.market.traffic.counts import Counts, Side
from sellingpartner.market.traffic.questions import Product, counted
from sellingpartner.market.traffic.searching import Funnel, divided_among, funnel_of, searches_for
from sellingpartner.market.traffic.visits import manner_of
from sellingpartner.storage.unit import UnitOfWork

_FOUND = 12
"""How many items a search shows."""
_POPULAR = 3
"""How many times as often the items of others are visited as what a seller here has without orders."""
_BUYS_ONE_IN = 12
_BATCH = 500


class Result(NamedTuple):
    """What a search led to, of one item."""

    asin: str
    funnel: Funnel


class Searched(msgspec.Struct, frozen=True):
    """A search, and what it led to."""

    text: str
    results: tuple[Result, ...]
    """The most clicked first."""

    @property
    def total(self) -> Funnel:
        """All of it."""
        return sum((one.funnel for one in self.results), Funnel())

    def of(self, asin: str) -> Funnel:
        """What it led to of one item."""
        return next((one.funnel for one in self.results if one.asin == asin), Funnel())


def visited(unit: UnitOfWork, marketplace_id: str, stretch: Stretch) -> dict[str, Counts]:
    """What was ordered and looked at of this seller's items, by ASIN."""
    sums = counted(unit, marketplace_id, [stretch], _by_asin, with_moves=False)
    return {key[0]: counts for (key, _), counts in sums.items()}


def funnels(unit: UnitOfWork, marketplace_id: str, stretch: Stretch) -> dict[str, Funnel]:
    """What searches led to of this seller's items, by ASIN."""
    return {
        asin: funnel_of(unit.seed, marketplace_id, asin, counts.every)
        for asin, counts in visited(unit, marketplace_id, stretch).items()
    }


def searches(unit: UnitOfWork, marketplace_id: str, stretch: Stretch) -> list[Searched]:
    """The searches of a marketplace, those first that were made most often."""
    led_to: dict[str, dict[str, Funnel]] = defaultdict(dict)
    sold = _of_all_sellers(unit, marketplace_id, stretch)
    for asin, texts in _texts(unit, marketplace_id, list(sold)).items():
        funnel = funnel_of(unit.seed, marketplace_id, asin, sold[asin])
        for text, part in zip(texts, divided_among(funnel, len(texts)), strict=True):
            led_to[text][asin] = part
    for text, own in led_to.items():
        own.update(_of_others(unit, marketplace_id, stretch, text, own))
    told = [
        Searched(text, tuple(Result(*one) for one in sorted(found.items(), key=_most_clicked)))
        for text, found in led_to.items()
    ]
    return sorted(told, key=lambda one: (-one.total.volume, one.text))


def prices_of(unit: UnitOfWork, marketplace_id: str) -> dict[str, int]:
    """The lowest price of each of this seller's items now."""
    prices: dict[str, int] = {}
    for listing in listings_of(unit, marketplace_id):
        prices[listing.asin] = min(listing.price.minor, prices.get(listing.asin, listing.price.minor))
    return prices


def _by_asin(product: Product) -> tuple[str, ...]:
    return (product.asin,)


def _most_clicked(one: tuple[str, Funnel]) -> tuple[int, str]:
    return -one[1].clicks, one[0]


def _of_all_sellers(unit: UnitOfWork, marketplace_id: str, stretch: Stretch) -> dict[str, Side]:
    """What every seller of the marketplace sold and was looked at, by ASIN."""
    sums: dict[str, Side] = defaultdict(Side)
    for seller in all_sellers(unit):
        entered = {one.marketplace_id for one in participations_of(unit, seller.seller_id)}
        if marketplace_id not in entered:
            continue
        for asin, counts in visited(unit.beside(seller.seller_id), marketplace_id, stretch).items():
            for name in Side.__struct_fields__:
                setattr(sums[asin], name, getattr(sums[asin], name) + getattr(counts.every, name))
    return sums


def _texts(unit: UnitOfWork, marketplace_id: str, asins: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for some in batched(asins, _BATCH):
        found |= {asin: searches_for(item, marketplace_id) for asin, item in items_of(unit, some).items()}
    return found


def _of_others(
    unit: UnitOfWork, marketplace_id: str, stretch: Stretch, text: str, own: dict[str, Funnel]
) -> dict[str, Funnel]:
    """What the same search led to of items that nobody sells here."""
    numbers = search(unit, Query(marketplace_id=marketplace_id, keywords=(text,))).numbers[:_FOUND]
    found: dict[str, Funnel] = {}
    for asin in sorted(asins_of(unit, numbers).values()):
        if asin not in own:
            sessions = round(manner_of(unit.seed, marketplace_id, asin).interest * stretch.days * _POPULAR)
            side = Side(placed=sessions // _BUYS_ONE_IN, browser_sessions=sessions)
            found[asin] = funnel_of(unit.seed, marketplace_id, asin, side)
    return found
