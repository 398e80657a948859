"""Faults of feeds: stuck, and nothing is carried out before it goes on; or FATAL, and nothing ever is."""

from __future__ import annotations

from typing import Any

import pytest
from feed_writer import listings, quantity

from sellingpartner.client.documents import FeedFailed
from sellingpartner.contract.errors import DeadlineExceeded
from sellingpartner.contract.feeds_2021_06_30 import GetFeed
from sellingpartner.testing import TestMarket

JSON = "JSON_LISTINGS_FEED"


def status(market: TestMarket, feed_id: str) -> str:
    return market.seller.send(GetFeed(feed_id=feed_id)).processing_status.value


def said(market: TestMarket, units: int) -> dict[str, Any]:
    return listings(market, quantity("MUG-BLUE", units))


@pytest.mark.parametrize("where", ["IN_QUEUE", "IN_PROGRESS"])
def test_a_stuck_feed_does_nothing_until_its_rule_is_taken_away(market: TestMarket, where: str) -> None:
    rule = market.faults.add(f"feed stuck {JSON} status={where} times=1")
    with market.seller.client() as client, pytest.raises(DeadlineExceeded) as late:
        client.feeds.submit(JSON, said(market, 3), deadline=0.5)

    market.advance(days=1)
    assert late.value.feed_id is not None
    assert (status(market, late.value.feed_id), market.seller.stock("MUG-BLUE")) == (where, 100)
    market.faults.remove(rule.rule_id)
    told = market.feed_of(late.value.feed_id)

    assert (told.status, market.seller.stock("MUG-BLUE")) == ("DONE", 3)


def test_a_fatal_feed_changes_nothing_and_the_client_says_so(market: TestMarket) -> None:
    market.faults.add("feed fatal times=1")
    market.faults.add("report stuck")

    with market.seller.client() as client, pytest.raises(FeedFailed) as failed:
        client.feeds.submit(JSON, said(market, 3), on_progress=lambda _: market.advance(seconds=30))
    assert market.seller.stock("MUG-BLUE") == 100
    with market.seller.client() as client:
        result = client.feeds.submit(JSON, said(market, 5), on_progress=lambda _: market.advance(seconds=30))

    assert (failed.value.result.status, result.status) == ("FATAL", "DONE")
    assert market.seller.stock("MUG-BLUE") == 5
