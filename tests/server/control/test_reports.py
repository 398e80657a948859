"""Reports as whoever runs the market sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_up_reports import RESTRICTED, SCHEDULED, WITH_OPTIONS

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.reports_2021_06_30 import CreateReport
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US


def test_reports_of_all_sellers_are_listed_and_shown_as_they_begin(market: TestMarket, operator: Caller) -> None:
    first = market.report(WITH_OPTIONS, options={"note": "seen"}).report
    sheet = market.report(SCHEDULED).report
    market.advance(hours=1)
    stranger = market.caller(seller=market.join("Stranger"))
    waits = stranger.send(CreateReport(report_type=RESTRICTED, marketplace_ids=[US])).report_id

    listed = operator.send(v1.ListMarketReports()).reports
    told = [(one.report_type, one.status, one.rows) for one in listed]
    assert told == [(RESTRICTED, "IN_QUEUE", None), (SCHEDULED, "DONE", 1), (WITH_OPTIONS, "DONE", 1)]
    assert [one.seller_id for one in listed] == [stranger.seller_id, *[market.seller.seller_id] * 2]
    mine = operator.send(v1.ListMarketReports(seller_id=market.seller.seller_id, status="DONE", limit=1)).reports
    assert [one.report_id for one in mine] == [sheet.report_id]
    shown = operator.send(v1.ShowReport(report_id=first.report_id, seller_id=market.seller.seller_id))
    assert (shown.lines, shown.options) == (["type\tnote", f"{WITH_OPTIONS}\tseen"], {"note": "seen"})
    assert operator.send(v1.ShowReport(report_id=sheet.report_id, lines=5)).lines is None
    assert waits == first.report_id
    with pytest.raises(InvalidInput, match="Several sellers have a report"):
        operator.send(v1.ShowReport(report_id=waits))
    with pytest.raises(NotFound):
        operator.send(v1.ShowReport(report_id="1"))


def test_the_status_says_what_is_kept_and_what_waits(market: TestMarket, operator: Caller) -> None:
    market.report(WITH_OPTIONS)
    market.report(SCHEDULED)

    counts = operator.send(v1.GetMarketStatus()).counts
    assert [(one.purpose, one.count) for one in counts.documents] == [("REPORT", 2)]
    assert counts.documents[0].bytes > 0
    assert counts.documents[0].oldest_at <= market.now - timedelta(seconds=10)
    assert counts.works == 0
