"""Reviews of an item beside those of its family and of its place."""

from __future__ import annotations

from collections import Counter

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import children_of
from sellingpartner.market.reviews.figures import Span
from sellingpartner.market.reviews.places import all_below, place_of_item
from sellingpartner.market.reviews.questions import reviews_at_places, reviews_of_items
from sellingpartner.storage.unit import UnitOfWork


class Compared:
    """Reviews of an item, beside those of its family and of the place where it stands."""

    def __init__(self, unit: UnitOfWork, item: Item, marketplace_id: str, span: Span) -> None:
        place = place_of_item(item, marketplace_id)
        family = children_of(unit, item.parent_asin, marketplace_id) if item.parent_asin else []
        self.own = list(reviews_of_items(unit, marketplace_id, [item.asin], *span))
        self.family = list(reviews_of_items(unit, marketplace_id, family, *span)) if family else []
        below = [] if place is None else all_below(place.classification_id)
        self.neighbors = list(reviews_at_places(unit, marketplace_id, below, *span)) if below else []
        self.asin = item.asin

    def siblings(self, topic: str, *, is_positive: bool) -> api.ChildAsinMetrics | None:
        """Which of the others of the family are spoken of most and least."""
        counted = Counter(
            review.asin
            for review in self.family
            if review.asin != self.asin
            and any(one.topic == topic and one.is_positive is is_positive for one in review.mentions)
        )
        if not counted:
            return None
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        most, least = (
            api.ChildAsinMentionMetrics(asin=asin, number_of_mentions=count) for asin, count in (ranked[0], ranked[-1])
        )
        return api.ChildAsinMetrics(most_mentions=most, least_mentions=least)
