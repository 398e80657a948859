"""How much a seller offered on average in a stretch of days, and what buyers said of it then.

Assumed: what is not offered any more is not counted for the past either; nothing tells of it by day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sellingpartner.market.feedback.model import Feedback
from sellingpartner.market.feedback.questions import feedback_between
from sellingpartner.market.listings.model import ListingStatus
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.traffic.calendar import Stretch, bounds_of
from sellingpartner.market.traffic.products import parents_of
from sellingpartner.storage.unit import UnitOfWork


class Said(NamedTuple):
    """How often buyers rated the seller, and how often badly."""

    received: int = 0
    negative: int = 0


class Standing(NamedTuple):
    """How many offers and how many families of items there were, on average; and what was said."""

    offers: int
    parents: int
    said: Said = Said()
    said_b2b: Said = Said()


def standings(unit: UnitOfWork, marketplace_id: str, parts: Sequence[Stretch]) -> list[Standing]:
    """What was offered in each of some stretches, counted at the end of each day that is over, or now."""
    listed = [one for one in listings_of(unit, marketplace_id) if one.status is not ListingStatus.INACTIVE]
    families = parents_of(unit, {one.asin for one in listed})
    first: dict[str, datetime] = {}
    for one in listed:
        family = families[one.asin]
        first[family] = min(first.get(family, one.created_at), one.created_at)
    since, of_families = sorted(one.created_at for one in listed), sorted(first.values())
    bounds = [bounds_of(marketplace_id, part) for part in parts]
    said = list(feedback_between(unit, [marketplace_id], bounds[0][0], bounds[-1][-1]))
    return [
        _average(since, of_families, of_part, unit.now)._replace(
            said=_said(said, of_part), said_b2b=_said([one for one in said if one.is_business], of_part)
        )
        for of_part in bounds
    ]


def _said(said: Sequence[Feedback], bounds: Sequence[datetime]) -> Said:
    then = [one for one in said if bounds[0] <= one.left_at < bounds[-1]]
    return Said(len(then), sum(one.is_negative for one in then))


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
