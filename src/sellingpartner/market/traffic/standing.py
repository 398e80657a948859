"""How much a seller offered on average in a stretch of days.

Assumed: what is not offered any more is not counted for the past either; nothing tells of it by day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sellingpartner.market.listings.model import ListingStatus
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.traffic.calendar import Stretch, bounds_of
from sellingpartner.market.traffic.products import parents_of
from sellingpartner.storage.unit import UnitOfWork


class Standing(NamedTuple):
    """How many offers and how many families of items there were, on average."""

    offers: int
    parents: int


def standings(unit: UnitOfWork, marketplace_id: str, parts: Sequence[Stretch]) -> list[Standing]:
    """What was offered in each of some stretches, counted at the end of each day that is over, or now."""
    listed = [one for one in listings_of(unit, marketplace_id) if one.status is not ListingStatus.INACTIVE]
    families = parents_of(unit, {one.asin for one in listed})
    first: dict[str, datetime] = {}
    for one in listed:
        family = families[one.asin]
        first[family] = min(first.get(family, one.created_at), one.created_at)
    since, of_families = sorted(one.created_at for one in listed), sorted(first.values())
    return [_average(since, of_families, bounds_of(marketplace_id, part), unit.now) for part in parts]


def _average(
    offers: Sequence[datetime], parents: Sequence[datetime], bounds: Sequence[datetime], now: datetime
) -> Standing:
    days = [min(end, now) for begin, end in pairwise(bounds) if begin <= now]
    if not days:
        return Standing(0, 0)
    return Standing(
        round(sum(bisect_right(offers, day) for day in days) / len(days)),
        round(sum(bisect_right(parents, day) for day in days) / len(days)),
    )
