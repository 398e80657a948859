"""What buyers search for, and how many who see an item among what was found go on: click, put it into the cart, buy.

An item is found by three searches: by what it is, by that and its color, by that and its brand. Of whoever buys an item
seven in ten came by a search, of whoever only looks six in ten; so there are never fewer clicks than purchases.

Assumed: Amazon does not say what share of visits begins with a search, nor how many results are seen for each click.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.market.catalog.model import Item
from sellingpartner.market.time.chance import number_of
from sellingpartner.market.traffic.counts import Side

_WEIGHTS = (5, 3, 2)
_LEAST_SEEN, _MOST_SEEN = 8, 30
"""For each click, how many times the item was among the results."""
_CARTS_ONE_IN = 8
"""Of those who click and do not buy, one in so many puts the item into the cart."""


class Funnel(msgspec.Struct, frozen=True):
    """How many saw an item among results, clicked on it, put it into the cart, and bought it; and for how much."""

    impressions: int = 0
    clicks: int = 0
    cart_adds: int = 0
    purchases: int = 0
    sales: int = 0

    def __add__(self, other: Funnel) -> Funnel:
        names = self.__struct_fields__
        return Funnel(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def volume(self) -> int:
        """How many searches there were: some of them end without a click."""
        return self.clicks + self.impressions // 24


def searches_for(item: Item, marketplace_id: str) -> tuple[str, ...]:
    """By what an item is searched for, the most frequent first."""
    what = item.text("item_type_name", marketplace_id) or item.product_type.replace("_", " ")
    color = item.text("color", marketplace_id)
    words = [what, f"{color} {what}" if color else "", f"{item.brand} {what}" if item.brand else ""]
    return tuple(dict.fromkeys(" ".join(one.lower().split()) for one in words if one.strip()))


def funnel_of(seed: int, marketplace_id: str, asin: str, side: Side) -> Funnel:
    """The part of an item's visits that began with a search."""
    purchases = -(-7 * side.placed // 10)
    clicks = purchases + (side.sessions - side.placed) * 6 // 10
    return Funnel(
        impressions=clicks * _seen_for_a_click(seed, marketplace_id, asin),
        clicks=clicks,
        cart_adds=purchases + (clicks - purchases) // _CARTS_ONE_IN,
        purchases=purchases,
        sales=side.sales * purchases // side.placed if side.placed else 0,
    )


def divided_among(funnel: Funnel, searches: int) -> list[Funnel]:
    """A funnel by the searches that led there: the parts sum to the whole, and each narrows as the whole does."""
    weights = _WEIGHTS[:searches]
    purchases = _split(funnel.purchases, weights)
    carts = _added(purchases, _split(funnel.cart_adds - funnel.purchases, weights))
    clicks = _added(carts, _split(funnel.clicks - funnel.cart_adds, weights))
    impressions = _added(clicks, _split(funnel.impressions - funnel.clicks, weights))
    sales = _split(funnel.sales, purchases if any(purchases) else weights)
    return [Funnel(*parts) for parts in zip(impressions, clicks, carts, purchases, sales, strict=True)]


def _split(count: int, weights: Sequence[int]) -> list[int]:
    """A count divided by weights; what is left over goes to the first ones that weigh anything."""
    whole = sum(weights)
    parts = [count * weight // whole for weight in weights]
    heavy = [place for place, weight in enumerate(weights) if weight]
    for place in heavy[: count - sum(parts)]:
        parts[place] += 1
    return parts


def _added(parts: Sequence[int], more: Sequence[int]) -> list[int]:
    return [one + other for one, other in zip(parts, more, strict=True)]


def _seen_for_a_click(seed: int, marketplace_id: str, asin: str) -> int:
    return _LEAST_SEEN + number_of(seed, "seen", marketplace_id, asin) % (_MOST_SEEN - _LEAST_SEEN)
