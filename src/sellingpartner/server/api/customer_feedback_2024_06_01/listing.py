"""Topics and trends of reviews, of items and of places.

Assumed: figures of Customer Feedback are given of any item and any place of the browse tree, whoever sells there; where
nobody has said anything, there are no topics.
"""

from __future__ import annotations

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.reviews.figures import last_months, whole
from sellingpartner.market.reviews.places import all_below, place_of_item
from sellingpartner.market.reviews.questions import reviews_at_places
from sellingpartner.server.api.customer_feedback_2024_06_01.asked import (
    country_of,
    date_range_of,
    item_asked,
    place_asked,
)
from sellingpartner.server.api.customer_feedback_2024_06_01.compared import Compared
from sellingpartner.server.api.customer_feedback_2024_06_01.topics import item_topics, place_topics
from sellingpartner.server.api.customer_feedback_2024_06_01.trends import item_trends, place_trends
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(api.GetItemReviewTopics)
def get_item_review_topics(unit: UnitOfWork, request: api.GetItemReviewTopics) -> api.ItemReviewTopicsResponse:
    """What is praised and faulted most of an item."""
    item = item_asked(unit, request.asin, request.marketplace_id)
    span = whole(last_months(unit.now))
    compared = Compared(unit, item, request.marketplace_id, span)
    good, ill = (item_topics(compared, request.sort_by, is_positive=is_positive) for is_positive in (True, False))
    return api.ItemReviewTopicsResponse(
        asin=item.asin,
        item_name=item.title(request.marketplace_id),
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(span),
        topics=api.ItemReviewTopics(positive_topics=good or None, negative_topics=ill or None),
    )


@handles(api.GetItemBrowseNode)
def get_item_browse_node(unit: UnitOfWork, request: api.GetItemBrowseNode) -> api.BrowseNodeResponse:
    """Where an item stands."""
    item = item_asked(unit, request.asin, request.marketplace_id)
    place = place_of_item(item, request.marketplace_id)
    if place is None:
        message = f"Item {item.asin} stands at no browse node of marketplace {request.marketplace_id}."
        raise NotFound(message)
    return api.BrowseNodeResponse(browse_node_id=place.classification_id, display_name=place.name)


@handles(api.GetBrowseNodeReviewTopics)
def get_browse_node_review_topics(
    unit: UnitOfWork, request: api.GetBrowseNodeReviewTopics
) -> api.BrowseNodeReviewTopicsResponse:
    """What is praised and faulted most at a place."""
    place = place_asked(unit, request.browse_node_id, request.marketplace_id)
    span = whole(last_months(unit.now))
    found = list(reviews_at_places(unit, request.marketplace_id, all_below(place.classification_id), *span))
    good, ill = (place_topics(found, request.sort_by, is_positive=is_positive) for is_positive in (True, False))
    return api.BrowseNodeReviewTopicsResponse(
        browse_node_id=place.classification_id,
        display_name=place.name,
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(span),
        topics=api.BrowseNodeReviewTopics(positive_topics=good or None, negative_topics=ill or None),
    )


@handles(api.GetItemReviewTrends)
def get_item_review_trends(unit: UnitOfWork, request: api.GetItemReviewTrends) -> api.ItemReviewTrendsResponse:
    """How often topics came up of an item, month by month."""
    item = item_asked(unit, request.asin, request.marketplace_id)
    spans = last_months(unit.now)
    compared = Compared(unit, item, request.marketplace_id, whole(spans))
    good, ill = (item_trends(compared, spans, is_positive=is_positive) for is_positive in (True, False))
    return api.ItemReviewTrendsResponse(
        asin=item.asin,
        item_name=item.title(request.marketplace_id),
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(whole(spans)),
        review_trends=api.ItemReviewTrends(positive_topics=good or None, negative_topics=ill or None),
    )


@handles(api.GetBrowseNodeReviewTrends)
def get_browse_node_review_trends(
    unit: UnitOfWork, request: api.GetBrowseNodeReviewTrends
) -> api.BrowseNodeReviewTrendsResponse:
    """How often topics came up at a place, month by month."""
    place = place_asked(unit, request.browse_node_id, request.marketplace_id)
    spans = last_months(unit.now)
    below = all_below(place.classification_id)
    found = list(reviews_at_places(unit, request.marketplace_id, below, *whole(spans)))
    good, ill = (place_trends(found, spans, is_positive=is_positive) for is_positive in (True, False))
    return api.BrowseNodeReviewTrendsResponse(
        browse_node_id=place.classification_id,
        display_name=place.name,
        marketplace_id=request.marketplace_id,
        country_code=country_of(request.marketplace_id),
        date_range=date_range_of(whole(spans)),
        review_trends=api.BrowseNodeReviewTrends(positive_topics=good or None, negative_topics=ill or None),
    )
