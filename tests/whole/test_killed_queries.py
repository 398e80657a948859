"""A process that is killed while it runs a query of the Data Kiosk: the next one runs it anew, and it ends once."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

from nursery import python

from sellingpartner.contract.data_kiosk_2023_11_15 import CreateQuery
from sellingpartner.market.data_kiosk.store import find_query
from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.events.data_kiosk import QueryEnded
from sellingpartner.market.time.works import failed_works, works_waiting
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.testing import TestMarket
from sellingpartner.testing.kiosk import waited_for_query
from soak import TIMES

QUERY = (
    "{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByDate(aggregateBy: DAY, "
    'startDate: "2025-11-02", endDate: "2026-10-31", marketplaceIds: ["ATVPDKIKX0DER"]) '
    "{ startDate sales { unitsOrdered orderedProductSales { amount currencyCode } } traffic { pageViews } } } }"
)
DAYS = 364

ADVANCE = """
import os, signal, sys
from datetime import timedelta

from sellingpartner.market.data_kiosk import running
from sellingpartner.market.market import Market
from sellingpartner.storage.document_store import DocumentStore

left = int(sys.argv[3])

def dying(function, after):
    def called(*given, **named):
        global left
        found = function(*given, **named) if after else None
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return found if after else function(*given, **named)
    return called

running._AT_ONCE = 50
running.shown = dying(running.shown, after=False)
running.write_document = dying(running.write_document, after=True)
running.keep_document = dying(running.keep_document, after=True)
running.change_query = dying(running.change_query, after=True)
running.later = dying(running.later, after=True)
Market.open(sys.argv[1], documents=DocumentStore(sys.argv[2])).advance(timedelta(seconds=30))
"""
MOMENTS = 12
"""Eight times some rows are made; the document is written, told of, and noted; then its end is planned."""


def dies(database_url: str, folder: Path, moment: int) -> int:
    return python(ADVANCE, database_url, str(folder), str(moment)).wait()


def deaths() -> list[list[int]]:
    """When each query is killed: amid the rows, between the document and its row, and before the last word is kept."""
    if TIMES == 1:
        return [[3, 9, 12]]
    luck = Random("killed queries")
    return [[luck.randint(1, MOMENTS) for _ in range(4)] for _ in range(13)]


def test_a_query_that_is_killed_again_and_again_ends_once_and_whole(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    with TestMarket(database_url) as market:
        market.market.documents = DocumentStore(str(folder))
        for _ in range(3):
            market.buys()
        for count, moments in enumerate(deaths(), 1):
            query_id = market.seller.send(CreateQuery(query=QUERY)).query_id
            for moment in moments:
                assert dies(database_url, folder, moment) == -signal.SIGKILL
                assert_untold(market, query_id, before=count - 1)

            market.market.run_works()
            found = waited_for_query(market.seller, query_id, market.market.advance)

            days = [row["startDate"] for row in found.rows]
            assert (found.status, len(days), days) == ("DONE", DAYS, sorted(set(days)))
            assert [(one.query_id, one.status) for one in market.facts(QueryEnded)][count - 1 :] == [(query_id, "DONE")]
            with market.market.read(market.seller.seller_id) as unit:
                assert (works_waiting(unit), failed_works(unit)) == (0, [])
                assert [(one.purpose, one.count) for one in documents_kept(unit)] == [("QUERY", count)]


def assert_untold(market: TestMarket, query_id: str, *, before: int) -> None:
    """Of a query that was killed nothing is told, and it is still to be run."""
    with market.market.read(market.seller.seller_id) as unit:
        kept = find_query(unit, query_id)
        assert (kept.status, kept.document_id, kept.rows) == (JobStatus.IN_PROGRESS, None, None)
        assert (works_waiting(unit), sum(one.count for one in documents_kept(unit))) == (1, before)
