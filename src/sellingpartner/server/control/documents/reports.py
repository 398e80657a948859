"""Reports of all sellers, looked at by whoever runs the market."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.reports.asking import check_console_wish
from sellingpartner.market.reports.model import Report
from sellingpartner.market.reports.overview import Whose, latest_reports, reports_with_id
from sellingpartner.market.reports.queue import ask_for
from sellingpartner.market.reports.refusals import NoSuchReport
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.documents.jobs import AT_ONCE, document_kept, lines_of, only
from sellingpartner.server.control.whose import shop_meant


def list_market_reports(desk: Desk, request: v1.ListMarketReports) -> v1.MarketReports:
    """Reports of all sellers or of one, the latest first."""
    with desk.market.read() as unit:
        found = latest_reports(
            unit,
            Whose(seller_id=request.seller_id, report_type=request.report_type, status=request.status),
            limit=request.limit or AT_ONCE,
        )
    return v1.MarketReports(reports=[_view(seller_id, report) for seller_id, report in found])


def show_report(desk: Desk, request: v1.ShowReport) -> v1.ReportShown:
    """A report and how its document begins."""
    with desk.market.read() as unit:
        found = reports_with_id(unit, request.report_id, request.seller_id)
    seller_id, report = only(found, "report", request.report_id, NoSuchReport(request.report_id))
    document = document_kept(desk, seller_id, report.document_id)
    return v1.ReportShown(
        report=_view(seller_id, report),
        marketplace_ids=list(report.marketplace_ids),
        options=dict(report.options),
        data_start_time=report.data_start,
        data_end_time=report.data_end,
        content_type=None if document is None else document.content_type,
        bytes=None if document is None else document.size,
        lines=None if document is None else lines_of(desk, document, request.lines),
    )


def make_report(desk: Desk, request: v1.MakeReport) -> v1.MarketReport:
    """Have a report made as its seller does in Seller Central."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        wish = check_console_wish(
            unit, request.report_type, marketplace_id, start=request.data_start_time, end=request.data_end_time
        )
        return _view(seller_id, ask_for(unit, wish))


def _view(seller_id: str, report: Report) -> v1.MarketReport:
    return v1.MarketReport(
        seller_id=seller_id,
        report_id=report.report_id,
        report_type=report.report_type,
        status=report.status.value,
        made_by=report.made_by.value,
        created_at=report.created_at,
        began_at=report.began_at,
        ended_at=report.ended_at,
        report_schedule_id=report.report_schedule_id,
        report_document_id=report.document_id,
        rows=report.rows,
    )
