"""Reports as whoever runs the market sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from made_up_reports import RESTRICTED, SCHEDULED, WITH_OPTIONS
from shipper import ships

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.reports_2021_06_30 import CreateReport, GetReports
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import START, US

SALES_TAX = "GET_FLAT_FILE_SALES_TAX_DATA"


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


def test_a_report_is_shown_for_longer_than_its_document_is_kept(market: TestMarket, operator: Caller) -> None:
    report = market.report(WITH_OPTIONS).report
    market.advance(days=3)

    shown = operator.send(v1.ShowReport(report_id=report.report_id))

    assert (shown.report.status, shown.report.rows) == ("DONE", 1)
    assert (shown.content_type, shown.bytes, shown.lines) == (None, None, None)


def test_the_status_says_what_is_kept_and_what_waits(market: TestMarket, operator: Caller) -> None:
    market.report(WITH_OPTIONS)
    market.report(SCHEDULED)

    counts = operator.send(v1.GetMarketStatus()).counts
    assert [(one.purpose, one.count) for one in counts.documents] == [("REPORT", 2)]
    assert counts.documents[0].bytes > 0
    assert counts.documents[0].oldest_at <= market.now - timedelta(seconds=10)
    assert counts.works == 0


def test_what_no_operation_asks_for_is_made_as_in_seller_central(market: TestMarket, operator: Caller) -> None:
    market.lists("MUG-BLUE")
    order_id = market.buys()
    ships(market, order_id)
    market.advance(minutes=1)

    made = operator.send(v1.MakeReport(report_type=SALES_TAX))
    paper = market.report_of(made.report_id)

    assert (made.status, made.made_by, made.seller_id) == ("IN_QUEUE", "AMAZON", market.seller.seller_id)
    assert [row["Order_ID"] for row in paper.rows] == [order_id]
    (found,) = market.seller.send(GetReports(report_types=[SALES_TAX])).reports
    assert found.report_id == made.report_id


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"report_type": "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"}, "Invalid Report Type"),
        ({"report_type": "GET_NOTHING"}, "Invalid Report Type"),
        ({"report_type": SALES_TAX, "marketplace_id": "A1PA6795UKMFR9"}, "A1PA6795UKMFR9"),
        ({"report_type": SALES_TAX, "data_start_time": START + timedelta(days=9)}, "in the future"),
    ],
)
def test_what_cannot_be_made_there_is_refused(
    market: TestMarket, operator: Caller, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        operator.send(v1.MakeReport(**fields))
    assert operator.send(v1.ListMarketReports()).reports == []
