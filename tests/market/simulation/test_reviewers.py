"""Some simulated buyers review what has come, some send it back; what they say is what Customer Feedback tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sellingpartner.contract import customer_feedback_2024_06_01 as api
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.catalog.questions import browse_tree
from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.events.orders import ReturnAsked
from sellingpartner.market.events.reviews import ItemReviewed
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.reviews.model import Review
from sellingpartner.market.reviews.places import all_below
from sellingpartner.market.reviews.questions import reviews_at_places
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import START


@pytest.fixture(scope="module")
def market() -> Iterator[TestMarket]:
    """A shop with a past of some months, in which simulated buyers came; these tests only read it."""
    made = TestMarket(seed=5)
    build_demo_world(made.market, skus=20, orders=300, items=20)
    made.advance(days=30)
    yield made
    made.close()


@pytest.fixture(scope="module")
def shop(market: TestMarket) -> Caller:
    """The application that calls for it."""
    with market.market.read() as unit:
        (seller,) = (one for one in all_sellers(unit) if one.name == "Harbor & Pine Goods")
    return market.caller(seller=seller)


def said_in(market: TestMarket) -> list[Review]:
    places = [node for node in browse_tree().nodes if node in all_below(node)]
    begin, end = START - timedelta(days=400), market.now
    with market.market.read() as unit:
        return [one for shop in MARKETPLACES for one in reviews_at_places(unit, shop, places, begin, end)]


def test_some_buyers_review_what_has_come_and_items_keep_their_nature(market: TestMarket) -> None:
    said = said_in(market)

    assert market.market.failures() == []
    assert 10 <= len(said) <= 80
    assert sum(one.stars >= 4 for one in said) > len(said) / 2
    assert any(one.mentions for one in said)


def test_what_they_said_of_an_item_is_what_feedback_counts(market: TestMarket, shop: Caller) -> None:
    reviews = [one for one in market.facts(ItemReviewed) if one.topics]
    (asin, here), _ = Counter((one.asin, one.marketplace_id) for one in reviews).most_common(1)[0]

    asked = api.GetItemReviewTopics(asin=asin, marketplace_id=here, sort_by=api.SortBy.MENTIONS)
    told = shop.send(asked).topics

    counted: Counter[str] = Counter()
    for one in [*(told.positive_topics or []), *(told.negative_topics or [])]:
        counted[one.topic] += one.asin_metrics.number_of_mentions or 0
    mine = [one for one in reviews if (one.asin, one.marketplace_id) == (asin, here)]
    assert counted == Counter(topic for one in mine for topic in one.topics)


def test_why_they_sent_things_back_is_what_the_trends_of_returns_tell(market: TestMarket, shop: Caller) -> None:
    back = market.facts(ReturnAsked)[0]
    with market.market.read(shop.seller_id) as unit:
        order = order_of(unit, back.order_id)
    asin = order.items[0].asin

    place = shop.send(api.GetItemBrowseNode(asin=asin, marketplace_id=order.marketplace_id)).browse_node_id
    asked = api.GetBrowseNodeReturnTopics(browse_node_id=place, marketplace_id=order.marketplace_id)
    topics = shop.send(asked).topics
    trends = shop.send(
        api.GetBrowseNodeReturnTrends(browse_node_id=place, marketplace_id=order.marketplace_id)
    ).return_trends

    assert topics
    assert {one.topic for one in topics} == {one.topic for one in trends}
