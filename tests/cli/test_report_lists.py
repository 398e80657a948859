"""`spapi report list` and `spapi report show`, and what `spapi status` says of documents."""

from __future__ import annotations

from made_up_reports import WITH_OPTIONS

from sellingpartner.testing import TestMarket

from .conftest import Spapi


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
