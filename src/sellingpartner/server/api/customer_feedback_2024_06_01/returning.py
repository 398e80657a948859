"""Why things of a place are sent back."""

from __future__ import annotations

from collections import Counter

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.market.catalog.questions import Category
from sellingpartner.market.reviews.figures import Span, last_months, percentage, whole
from sellingpartner.market.reviews.places import all_below
from sellingpartner.market.reviews.questions import returns_at_places
from sellingpartner.market.reviews.words import topic_of_return
from sellingpartner.server.api.customer_feedback_2024_06_01.asked import (
    MOST_TOPICS,
    country_of,
    date_range_of,
    place_asked,
)
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(api.GetBrowseNodeReturnTopics)
def get_browse_node_return_topics(
    unit: UnitOfWork, request: api.GetBrowseNodeReturnTopics
) -> api.BrowseNodeReturnTopicsResponse:
    """Why things of a place are sent back."""
    place = place_asked(unit, request.browse_node_id, request.marketplace_id)
    span = whole(last_months(unit.now))
    counted = _return_counts(unit, place, request.marketplace_id, span)
    return api.BrowseNodeReturnTopicsResponse(
        browse_node_id=place.classification_id,
        display_name=place.name,
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(span),
        topics=[
            api.BrowseNodeReturnTopics(topic=topic, browse_node_metrics=_share(topic, counted))
            for topic in _most_frequent(counted)
        ],
    )


@handles(api.GetBrowseNodeReturnTrends)
def get_browse_node_return_trends(
    unit: UnitOfWork, request: api.GetBrowseNodeReturnTrends
) -> api.BrowseNodeReturnTrendsResponse:
    """Why things of a place are sent back, month by month."""
    place = place_asked(unit, request.browse_node_id, request.marketplace_id)
    spans = last_months(unit.now)
    monthly = [_return_counts(unit, place, request.marketplace_id, span) for span in spans]
    together = sum(monthly, Counter())
    return api.BrowseNodeReturnTrendsResponse(
        browse_node_id=place.classification_id,
        display_name=place.name,
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(whole(spans)),
        return_trends=[
            api.BrowseNodeReturnTrend(
                topic=topic,
                trend_metrics=[
                    api.BrowseNodeReturnTrendPoint(
                        date_range=date_range_of(span), browse_node_metrics=_share(topic, counted)
                    )
                    for span, counted in zip(spans, monthly, strict=True)
                ],
            )
            for topic in _most_frequent(together)
        ],
    )


def _return_counts(unit: UnitOfWork, place: Category, marketplace_id: str, span: Span) -> Counter[str]:
    found = returns_at_places(unit, marketplace_id, all_below(place.classification_id), *span)
    return Counter(topic_of_return(one.reason) for one in found)


def _most_frequent(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda topic: (-counted[topic], topic))[:MOST_TOPICS]


def _share(topic: str, counted: Counter[str]) -> api.BrowseNodeTrendMetrics:
    return api.BrowseNodeTrendMetrics(
        occurrence_percentage=api.BrowseNodeOccurrence(all_products=percentage(counted[topic], counted.total()))
    )
