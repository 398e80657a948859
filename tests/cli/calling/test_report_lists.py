"""`spapi report list` and `spapi report show`, and what `spapi status` says of documents."""

from __future__ import annotations

from made_up_reports import WITH_OPTIONS
from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket


def test_reports_are_listed_and_shown_as_they_begin(market: TestMarket, spapi: Spapi) -> None:
    assert "No report has been asked for." in spapi("report", "list").out
    report = market.report(WITH_OPTIONS, options={"note": "seen"}).report

    listed = spapi("report", "list", "--status", "DONE").out.splitlines()
    shown = spapi("report", "show", report.report_id, "--rows", "1")

    assert [WITH_OPTIONS in line for line in listed] == [False, True]
    assert shown.code == 0
    assert shown.out.splitlines()[-1].split() == ["type", "note"]
    assert "note=seen" in shown.out
    assert spapi("report", "show", report.report_id, "--json").json()["lines"][1] == f"{WITH_OPTIONS}\tseen"
    assert spapi("report", "show", "1").code == 1
    assert "1 REPORT, " in spapi("status").out


def test_of_a_document_that_has_gone_it_is_said(market: TestMarket, spapi: Spapi) -> None:
    report = market.report(WITH_OPTIONS).report
    market.advance(days=3)

    shown = spapi("report", "show", report.report_id)

    assert (shown.code, "it is kept no more" in shown.out) == (0, True)


def test_a_report_is_made_that_no_operation_asks_for(market: TestMarket, spapi: Spapi) -> None:
    made = spapi("report", "make", "GET_FLAT_FILE_SALES_TAX_DATA", "--since", "2026-11-01")
    market.advance(minutes=1)

    assert (made.code, made.out.strip().endswith("is in the queue.")) == (0, True)
    assert "GET_FLAT_FILE_SALES_TAX_DATA" in spapi("report", "list", "--status", "CANCELLED").out
    asked = spapi("report", "make", "GET_FLAT_FILE_SALES_TAX_DATA", "--since", "30d")
    assert (asked.code, "--since is '30d'; write a day or a time" in asked.err) == (2, True)
    assert spapi("report", "make", "GET_FLAT_FILE_SALES_TAX_DATA", "--json").json()["status"] == "IN_QUEUE"
