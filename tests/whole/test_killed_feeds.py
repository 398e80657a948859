"""A process that is killed while it carries out a feed: the next one goes on behind the last message that was kept."""

import signal
from pathlib import Path

import msgspec
from feed_writer import listings
from made_up_feeds import COUNTED, DIES_AT
from nursery import python
from sqlalchemy import select

from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.events.feeds import FeedEnded
from sellingpartner.market.feeds.store import find_feed
from sellingpartner.market.feeds.working import MESSAGES_AT_ONCE
from sellingpartner.market.time.works import failed_works, works_waiting
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.storage.unit import UnitOfWork, counters
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import handed_in, uploaded
from sellingpartner.testing.world import US

ADVANCE = """
import sys
from datetime import timedelta
import made_up_feeds
from sellingpartner.market.market import Market
from sellingpartner.storage.document_store import DocumentStore

Market.open(sys.argv[1], documents=DocumentStore(sys.argv[2])).advance(timedelta(seconds=30))
"""
MESSAGES = 1_000


def times_counted(unit: UnitOfWork) -> int:
    """How many messages were carried out and kept."""
    found = unit.execute(select(counters.c.value).where(counters.c.name == "carried out")).scalar()
    return found or 0


def test_a_feed_that_is_killed_again_and_again_carries_out_each_message_once(database_url: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "documents")
    with TestMarket(database_url) as market:
        market.market.documents = DocumentStore(folder)
        seller_id = market.seller.seller_id
        messages = [{"sku": f"S{number}", "operationType": "DELETE"} for number in range(MESSAGES)]
        content = msgspec.json.encode(listings(market, *messages))
        document_id = uploaded(market.seller, content, "application/json")
        feed_id = handed_in(market.seller, COUNTED, document_id, options=None, marketplace_ids=[US])

        for dies_at in (10, 333, 990):
            died = python(ADVANCE, database_url, folder, environ={DIES_AT: str(dies_at)})
            assert died.wait() == -signal.SIGKILL
            with market.market.read(seller_id) as unit:
                kept = find_feed(unit, feed_id)
                assert (works_waiting(unit), kept.messages) == (1, MESSAGES)
                counted = times_counted(unit)
            assert kept.position == (dies_at - 1) // MESSAGES_AT_ONCE * MESSAGES_AT_ONCE
            assert counted == kept.position - kept.failed

        market.market.run_works()
        told = market.feed_of(feed_id)

        with market.market.read(seller_id) as unit:
            assert times_counted(unit) == MESSAGES - 10
            assert (works_waiting(unit), failed_works(unit)) == (0, [])
            assert {one.purpose: one.count for one in documents_kept(unit)} == {"FEED": 1, "FEED_RESULT": 1}
        assert (told.status, told.counts) == ("DONE", (MESSAGES, MESSAGES - 10, 10))
        assert [number for number, code, _ in told.found if code == "InvalidInput"] == [
            100 * number for number in range(1, 11)
        ]
        assert [(one.feed_id, one.status) for one in market.facts(FeedEnded)] == [(feed_id, "DONE")]
