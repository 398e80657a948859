"""What is said most of an item or a place."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.market.reviews.figures import Summary, best_quarter, percentage
from sellingpartner.market.reviews.model import Review
from sellingpartner.server.api.customer_feedback_2024_06_01.asked import MOST_TOPICS
from sellingpartner.server.api.customer_feedback_2024_06_01.compared import Compared


def _ranked(summary: Summary, sort_by: api.SortBy) -> list[str]:
    by_impact = sort_by == api.SortBy.STAR_RATING_IMPACT
    return (summary.topics_by_impact() if by_impact else summary.topics_by_mentions())[:MOST_TOPICS]


def item_topics(compared: Compared, sort_by: api.SortBy, *, is_positive: bool) -> list[api.ItemReviewTopic]:
    """What is said of an item, well or ill, beside its family and its place."""
    own, family, neighbors = (
        Summary(reviews, is_positive=is_positive) for reviews in (compared.own, compared.family, compared.neighbors)
    )
    return [
        api.ItemReviewTopic(
            topic=topic,
            asin_metrics=_metrics(own, topic),
            parent_asin_metrics=_metrics(family, topic) if family.mentions[topic] else None,
            browse_node_metrics=_beside(neighbors, topic),
            child_asin_metrics=compared.siblings(topic, is_positive=is_positive),
            review_snippets=own.snippets(topic),
            subtopics=[
                api.ItemReviewSubtopic(
                    subtopic=part,
                    metrics=api.ItemReviewSubtopicMetrics(
                        number_of_mentions=count, occurrence_percentage=percentage(count, len(own.reviews))
                    ),
                    review_snippets=own.snippets(topic, part),
                )
                for part, count in own.parts(topic)
            ],
        )
        for topic in _ranked(own, sort_by)
    ]


def _metrics(summary: Summary, topic: str) -> api.ItemReviewTopicMetrics:
    return api.ItemReviewTopicMetrics(
        number_of_mentions=summary.mentions[topic],
        occurrence_percentage=summary.percentage(topic),
        star_rating_impact=summary.impact(topic),
    )


def _beside(neighbors: Summary, topic: str) -> api.ItemReviewBrowseNodeMetrics | None:
    if not neighbors.mentions[topic]:
        return None
    impact = neighbors.impact(topic)
    return api.ItemReviewBrowseNodeMetrics(
        occurrence_percentage=api.BrowseNodeOccurrence(all_products=neighbors.percentage(topic)),
        star_rating_impact=None if impact is None else api.BrowseNodeStarRatingImpact(all_products=impact),
    )


def place_topics(
    reviews: Collection[Review], sort_by: api.SortBy, *, is_positive: bool
) -> list[api.BrowseNodeReviewTopic]:
    """What is said at a place, well or ill, of all items and of the best quarter."""
    every = Summary(reviews, is_positive=is_positive)
    best = Summary(best_quarter(reviews), is_positive=is_positive)
    return [
        api.BrowseNodeReviewTopic(
            topic=topic,
            browse_node_metrics=api.BrowseNodeReviewTopicMetrics(
                occurrence_percentage=occurrence(every, best, topic),
                star_rating_impact=api.BrowseNodeAllStarRatingImpact(
                    top_twenty_five_percent_products=best.impact(topic) or Decimal(0),
                    all_products=every.impact(topic) or Decimal(0),
                ),
            ),
            review_snippets=every.snippets(topic),
            subtopics=[
                api.BrowseNodeSubtopic(
                    subtopic=part,
                    metrics=api.BrowseNodeReviewSubtopicMetrics(
                        occurrence_percentage=percentage(count, len(every.reviews))
                    ),
                    review_snippets=every.snippets(topic, part),
                )
                for part, count in every.parts(topic)
            ],
        )
        for topic in _ranked(every, sort_by)
    ]


def occurrence(every: Summary, best: Summary, topic: str) -> api.BrowseNodeAllOccurrence:
    """How often a topic is mentioned, of all items and of the best quarter."""
    return api.BrowseNodeAllOccurrence(
        top_twenty_five_percent_products=best.percentage(topic), all_products=every.percentage(topic)
    )
