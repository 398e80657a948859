"""A process that is killed while it makes a report: the next one makes it anew, and nobody sees the first try."""

import os
import signal
from pathlib import Path

from made_up_reports import LONG
from nursery import python

from sellingpartner.contract.reports_2021_06_30 import CreateReport
from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.documents.writer import forget_unfinished
from sellingpartner.market.events.reports import ReportEnded
from sellingpartner.market.time.works import failed_works, works_waiting
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

ADVANCE = """
import sys
from datetime import timedelta
import made_up_reports
from sellingpartner.market.market import Market
from sellingpartner.storage.document_store import DocumentStore

Market.open(sys.argv[1], documents=DocumentStore(sys.argv[2])).advance(timedelta(seconds=30))
"""


def test_a_report_that_was_killed_in_the_middle_is_made_once_and_whole(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    with TestMarket(database_url) as market:
        asked = CreateReport(report_type=LONG, marketplace_ids=[US])
        report_id = market.seller.send(asked).report_id

        died = python(ADVANCE, database_url, str(folder), environ={"DIE_IN_THE_MIDDLE": "1"})
        assert died.wait() == -signal.SIGKILL
        (left,) = folder.rglob("*#*")
        with market.market.read() as unit:
            assert (works_waiting(unit), documents_kept(unit)) == (1, [])

        market.market.run_works()
        paper = market.report_of(report_id)

        assert (paper.status, len(paper.rows), paper.rows[-1]["number"]) == ("DONE", 30_000, "29999")
        assert [(one.report_id, one.status) for one in market.facts(ReportEnded)] == [(report_id, "DONE")]
        with market.market.read() as unit:
            assert (works_waiting(unit), failed_works(unit)) == (0, [])
            assert [one.count for one in documents_kept(unit)] == [1]

        store = DocumentStore(str(folder))
        assert (forget_unfinished(store), left.exists()) == (0, True)
        os.utime(left, (0, 0))
        assert (forget_unfinished(store), left.exists()) == (1, False)
