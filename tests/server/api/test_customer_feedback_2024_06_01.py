from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from modeled import check_form
from shipper import leaves

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.contract.market_v1 import ReviewItem
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.reviews import ItemReviewed
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

MODEL = "customerFeedback_2024-06-01.json"
BASE = "/customerFeedback/2024-06-01"
JP = BY_COUNTRY["JP"].marketplace_id
MENTIONS, IMPACT = api.SortBy.MENTIONS, api.SortBy.STAR_RATING_IMPACT


def arrived(market: TestMarket, sku: str = "MUG-BLUE") -> str:
    order_id = market.buys(sku)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
        orders.deliver(unit, order_id, "1")
    return order_id


def reviewed(
    market: TestMarket,
    stars: int,
    *,
    praised: tuple[str, ...] = (),
    faulted: tuple[str, ...] = (),
    sku: str = "MUG-BLUE",
) -> str:
    order_id = arrived(market, sku)
    asked = ReviewItem(order_id=order_id, sku=sku, stars=stars, praised=list(praised), faulted=list(faulted))
    market.anybody().send(asked)
    return order_id


def asks_back(market: TestMarket, reason: str) -> None:
    order_id = arrived(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = orders_of(unit, order_id)
        orders.ask_return(unit, order_id, quantities={item: 1}, reason=reason)


def orders_of(unit: Any, order_id: str) -> list[str]:  # noqa: ANN401 - a unit of work
    return list(orders.left_to_return(order_of(unit, order_id), []))


@pytest.fixture
def asin(market: TestMarket) -> str:
    return str(market.lists("MUG-BLUE", stock=50).asin)


def topics(market: TestMarket, asin: str, sort_by: api.SortBy = MENTIONS) -> api.ItemReviewTopics:
    asked = api.GetItemReviewTopics(asin=asin, marketplace_id=US, sort_by=sort_by)
    return market.seller.send(asked).topics


def node(market: TestMarket, asin: str) -> str:
    return market.seller.send(api.GetItemBrowseNode(asin=asin, marketplace_id=US)).browse_node_id


def test_what_buyers_say_of_an_item_is_counted_by_topic(market: TestMarket, asin: str) -> None:
    reviewed(market, 5, praised=("quality", "size"))
    reviewed(market, 4, praised=("quality",))
    reviewed(market, 1, faulted=("size",))
    reviewed(market, 2)

    found = topics(market, asin)

    praised = found.positive_topics or []
    assert [(one.topic, one.asin_metrics.number_of_mentions) for one in praised] == [("quality", 2), ("size", 1)]
    quality = praised[0].asin_metrics
    assert (quality.occurrence_percentage, quality.star_rating_impact) == (Decimal(50), Decimal("1.5"))
    (size,) = found.negative_topics or []
    assert (size.topic, size.asin_metrics.star_rating_impact) == ("size", Decimal("-0.67"))
    assert size.browse_node_metrics is not None
    assert len(size.review_snippets or []) == 1
    assert sum(part.metrics.number_of_mentions for part in praised[0].subtopics or []) == 2
    assert [fact.stars for fact in market.facts(ItemReviewed)] == [5, 4, 1, 2]


def test_topics_are_ranked_by_what_they_do_to_the_stars_if_asked(market: TestMarket, asin: str) -> None:
    for _ in range(2):
        reviewed(market, 3, praised=("size",), faulted=("packaging",))
    reviewed(market, 5, praised=("quality",))
    reviewed(market, 1, faulted=("durability",))

    by_mentions, by_impact = topics(market, asin), topics(market, asin, IMPACT)

    assert [one.topic for one in by_mentions.positive_topics or []] == ["size", "quality"]
    assert [one.topic for one in by_impact.positive_topics or []] == ["quality", "size"]
    assert [one.topic for one in by_impact.negative_topics or []] == ["durability", "packaging"]


def test_a_place_has_the_topics_of_all_its_items_and_of_the_best_quarter(market: TestMarket, asin: str) -> None:
    market.lists("MUG-RED", stock=5)
    reviewed(market, 5, praised=("quality",))
    reviewed(market, 1, faulted=("size",), sku="MUG-RED")
    place = node(market, asin)

    asked = api.GetBrowseNodeReviewTopics(browse_node_id=place, marketplace_id=US, sort_by=MENTIONS)
    found = market.seller.send(asked).topics

    (quality,) = found.positive_topics or []
    occurrence = quality.browse_node_metrics.occurrence_percentage
    assert occurrence is not None
    assert (occurrence.all_products, occurrence.top_twenty_five_percent_products) == (Decimal(50), Decimal(100))
    assert [one.topic for one in found.negative_topics or []] == ["size"]


def test_trends_tell_six_months_apart(market: TestMarket, asin: str) -> None:
    reviewed(market, 5, praised=("quality",))
    market.advance(days=70)
    reviewed(market, 4, praised=("quality",))
    reviewed(market, 4)

    asked = api.GetItemReviewTrends(asin=asin, marketplace_id=US)
    (quality,) = market.seller.send(asked).review_trends.positive_topics or []

    assert [one.asin_metrics.occurrence_percentage for one in quality.trend_metrics] == [0, 0, 0, 100, 0, 50]
    ends = [one.date_range.end_date for one in quality.trend_metrics]
    assert [one.date_range.start_date for one in quality.trend_metrics[1:]] == ends[:-1]


def test_why_things_come_back_is_counted(market: TestMarket, asin: str) -> None:
    for reason in ("Defective", "Defective", "DamagedInTransit", "Squeaky"):
        asks_back(market, reason)
    place = node(market, asin)

    found = market.seller.send(api.GetBrowseNodeReturnTopics(browse_node_id=place, marketplace_id=US)).topics
    trends = market.seller.send(api.GetBrowseNodeReturnTrends(browse_node_id=place, marketplace_id=US)).return_trends

    shares = [(one.topic, one.browse_node_metrics.occurrence_percentage.all_products) for one in found]
    halves, quarters = Decimal(50), Decimal(25)
    assert shares == [("defective", halves), ("Squeaky", quarters), ("damaged on arrival", quarters)]
    assert [one.topic for one in trends] == [topic for topic, _ in shares]
    assert [len(one.trend_metrics) for one in trends] == [6, 6, 6]


def test_answers_have_amazons_form_with_and_without_reviews(market: TestMarket, asin: str) -> None:
    place = node(market, asin)
    paths = {
        f"/items/{asin}/reviews/topics?marketplaceId={US}&sortBy=MENTIONS": "ItemReviewTopicsResponse",
        f"/items/{asin}/browseNode?marketplaceId={US}": "BrowseNodeResponse",
        f"/browseNodes/{place}/reviews/topics?marketplaceId={US}&sortBy=MENTIONS": "BrowseNodeReviewTopicsResponse",
        f"/items/{asin}/reviews/trends?marketplaceId={US}": "ItemReviewTrendsResponse",
        f"/browseNodes/{place}/reviews/trends?marketplaceId={US}": "BrowseNodeReviewTrendsResponse",
        f"/browseNodes/{place}/returns/topics?marketplaceId={US}": "BrowseNodeReturnTopicsResponse",
        f"/browseNodes/{place}/returns/trends?marketplaceId={US}": "BrowseNodeReturnTrendsResponse",
    }

    for _ in range(2):
        for path, form in paths.items():
            reply = market.seller.call("GET", BASE + path)
            assert (reply.status, path) == (200, path)
            check_form(reply.json(), MODEL, form)
        reviewed(market, 5, praised=("quality",), faulted=("size",))
        asks_back(market, "Defective")


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (api.GetItemReviewTopics(asin="B000000000", marketplace_id=US, sort_by=MENTIONS), NotFound),
        (api.GetItemBrowseNode(asin="x" * 300, marketplace_id=US), NotFound),
        (api.GetBrowseNodeReturnTopics(browse_node_id="nowhere", marketplace_id=US), NotFound),
        (
            api.GetBrowseNodeReturnTrends(browse_node_id="0", marketplace_id=BY_COUNTRY["JP"].marketplace_id),
            InvalidInput,
        ),
        (api.GetItemReviewTrends(asin="B000000000", marketplace_id="nowhere"), InvalidInput),
    ],
)
def test_what_is_not_there_is_refused(market: TestMarket, call: Any, error: type[Exception]) -> None:  # noqa: ANN401 - a request
    with pytest.raises(error):
        market.seller.send(call)


def test_only_what_has_come_is_reviewed_and_once(market: TestMarket, asin: str) -> None:
    not_yet = market.buys("MUG-BLUE")
    done = reviewed(market, 5)

    for asked, error, why in (
        (ReviewItem(order_id=not_yet, sku="MUG-BLUE", stars=5), Conflict, "has come"),
        (ReviewItem(order_id=done, sku="MUG-BLUE", stars=5), Conflict, "reviewed already"),
        (ReviewItem(order_id=done, sku="MUG-RED", stars=5), InvalidInput, "has no item"),
        (ReviewItem(order_id=done, sku="MUG-BLUE", stars=5, praised=["soul"]), Conflict, "reviewed already"),
        (ReviewItem(order_id=done, sku="MUG-BLUE", stars=5, praised=["size"], faulted=["size"]), InvalidInput, "both"),
        (ReviewItem(order_id=arrived(market), sku="MUG-BLUE", stars=5, praised=["soul"]), InvalidInput, "no topic"),
    ):
        with pytest.raises(error, match=why):
            market.anybody().send(asked)
    assert len(market.facts(ItemReviewed)) == 1
