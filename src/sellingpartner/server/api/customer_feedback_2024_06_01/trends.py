"""How often topics came up of an item or a place, month by month."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.market.reviews.figures import Span, Summary, best_quarter
from sellingpartner.market.reviews.model import Review
from sellingpartner.server.api.customer_feedback_2024_06_01.asked import MOST_TOPICS, date_range_of
from sellingpartner.server.api.customer_feedback_2024_06_01.compared import Compared
from sellingpartner.server.api.customer_feedback_2024_06_01.topics import occurrence


def _monthly(reviews: Collection[Review], spans: Sequence[Span], *, is_positive: bool) -> list[Summary]:
    return [
        Summary((one for one in reviews if begin <= one.written_at < end), is_positive=is_positive)
        for begin, end in spans
    ]


def item_trends(compared: Compared, spans: Sequence[Span], *, is_positive: bool) -> list[api.ItemReviewTrend]:
    """How often what is said of an item came up in each month."""
    months = zip(
        spans,
        *(
            _monthly(reviews, spans, is_positive=is_positive)
            for reviews in (compared.own, compared.family, compared.neighbors)
        ),
        strict=True,
    )
    points = list(months)
    topics = Summary(compared.own, is_positive=is_positive).topics_by_mentions()[:MOST_TOPICS]
    return [
        api.ItemReviewTrend(
            topic=topic,
            trend_metrics=[
                api.ItemReviewTrendPoint(
                    date_range=date_range_of(span),
                    asin_metrics=api.ReviewTrendMetrics(occurrence_percentage=own.percentage(topic)),
                    parent_asin_metrics=(
                        api.ReviewTrendMetrics(occurrence_percentage=family.percentage(topic))
                        if family.reviews
                        else None
                    ),
                    browse_node_metrics=api.BrowseNodeTrendMetrics(
                        occurrence_percentage=api.BrowseNodeOccurrence(all_products=neighbors.percentage(topic))
                    ),
                )
                for span, own, family, neighbors in points
            ],
        )
        for topic in topics
    ]


def place_trends(
    reviews: Collection[Review], spans: Sequence[Span], *, is_positive: bool
) -> list[api.BrowseNodeReviewTrend]:
    """How often what is said at a place came up in each month."""
    best = best_quarter(reviews)
    points = list(
        zip(
            spans,
            _monthly(reviews, spans, is_positive=is_positive),
            _monthly(best, spans, is_positive=is_positive),
            strict=True,
        )
    )
    return [
        api.BrowseNodeReviewTrend(
            topic=topic,
            trend_metrics=[
                api.BrowseNodeReviewTrendPoint(
                    date_range=date_range_of(span),
                    browse_node_metrics=api.BrowseNodeReviewTrendMetrics(
                        occurrence_percentage=occurrence(every, of_best, topic)
                    ),
                )
                for span, every, of_best in points
            ],
        )
        for topic in Summary(reviews, is_positive=is_positive).topics_by_mentions()[:MOST_TOPICS]
    ]
