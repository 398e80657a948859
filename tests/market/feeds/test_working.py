"""How any feed is carried out: message by message, in order, each alone; what breaks it ends it."""

from __future__ import annotations

import msgspec
from feed_writer import listings
from made_up_feeds import BROKEN, COUNTED, attempts

from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.market.feeds.store import find_feed
from sellingpartner.market.feeds.tables import feed_findings
from sellingpartner.market.time.works import ATTEMPTS, failed_works
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import handed_in, uploaded
from sellingpartner.testing.world import US


def many(market: TestMarket, count: int) -> dict[str, object]:
    return listings(market, *[{"sku": "S", "operationType": "DELETE"}] * count)


def sent(market: TestMarket, feed_type: str, count: int) -> str:
    document_id = uploaded(market.seller, msgspec.json.encode(many(market, count)), "application/json")
    return handed_in(market.seller, feed_type, document_id, options=None, marketplace_ids=[US])


def test_warnings_count_as_well_and_findings_are_in_order(market: TestMarket) -> None:
    told = market.feed_of(sent(market, COUNTED, 250))

    assert told.counts == (250, 248, 2)
    assert told.json["summary"]["warnings"] == 3
    assert [number for number, _, _ in told.found] == [1, 100, 101, 200, 201]
    with market.market.read(market.seller.seller_id) as unit:
        kept = find_feed(unit, told.feed.feed_id)
        assert (kept.messages, kept.position, kept.failed, kept.warned) == (250, 250, 2, 3)
        assert unit.count(feed_findings) == 0


def test_a_defect_ends_the_feed_and_tells_how_far_it_came(market: TestMarket) -> None:
    attempts.clear()
    feed_id = sent(market, BROKEN, 120)
    after = sent(market, BROKEN, 10)

    told, next_told = market.feed_of(feed_id), market.feed_of(after)

    assert (told.status, told.counts) == ("FATAL", (50, 50, 0))
    assert [code for _, code, _ in told.found] == ["90000"]
    assert attempts.count(feed_id) == 50 + ATTEMPTS * 10
    assert next_told.status == "DONE"
    with market.market.read() as unit:
        assert [one.subject for one in failed_works(unit)] == [feed_id]


def test_a_feed_of_nothing_but_refused_messages_is_done(market: TestMarket) -> None:
    told = market.feed("JSON_LISTINGS_FEED", listings(market, {"sku": ""}, {"sku": ""}))

    assert (told.status, told.counts) == ("DONE", (2, 0, 2))


def test_each_seller_has_feeds_and_numbers_of_its_own(market: TestMarket) -> None:
    other = market.caller(seller=market.join("Somebody Else"))
    mine = sent(market, COUNTED, 1)
    document_id = uploaded(other, b"{}", "application/json")
    asked = CreateFeed(feed_type=COUNTED, marketplace_ids=[US], input_feed_document_id=document_id)
    theirs = other.send(asked).feed_id

    assert mine == theirs
    assert market.feed_of(mine).counts == (1, 1, 0)
