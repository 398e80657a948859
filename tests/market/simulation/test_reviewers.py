"""Some simulated buyers review what has come."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import browse_tree
from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.market.reviews.model import Review
from sellingpartner.market.reviews.places import all_below
from sellingpartner.market.reviews.questions import reviews_at_places
from sellingpartner.testing.world import START


def said_in(market: Market) -> list[Review]:
    places = [node for node in browse_tree().nodes if node in all_below(node)]
    begin, end = START - timedelta(days=400), market.clock.now()
    with market.read() as unit:
        return [one for shop in MARKETPLACES for one in reviews_at_places(unit, shop, places, begin, end)]


def test_some_buyers_review_what_has_come_and_items_keep_their_nature() -> None:
    market = Market.open(seed=5, at=START)
    build_demo_world(market, orders=400, items=60)
    market.advance(timedelta(days=30))

    said = said_in(market)

    assert market.failures() == []
    market.close()
    assert 10 <= len(said) <= 80
    assert sum(one.stars >= 4 for one in said) > len(said) / 2
    assert any(one.mentions for one in said)
