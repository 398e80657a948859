"""Reports are looked at, one by one and in lists."""

from __future__ import annotations

from operator import attrgetter

from sellingpartner.contract import reports_2021_06_30 as v2021
from sellingpartner.contract.reports_2021_06_30 import GetReport, GetReports, GetReportsResponse
from sellingpartner.market.reports.model import Report
from sellingpartner.market.reports.store import find_report, page_of_reports
from sellingpartner.server.api.job_lists import JobList
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LIST = JobList(
    operation="getReports",
    types="reportTypes",
    purpose=b"reports ",
    page=page_of_reports,
    id_of=attrgetter("report_id"),
)


@handles(GetReports)
def get_reports(unit: UnitOfWork, request: GetReports) -> GetReportsResponse:
    """Go through the reports made so far, those first that were asked for last."""
    page, following = _LIST.read(unit, request, request.report_types)
    return GetReportsResponse(reports=[view(report) for report in page], next_token=following)


@handles(GetReport)
def get_report(unit: UnitOfWork, request: GetReport) -> v2021.Report:
    """See how far a report is and which document holds it."""
    return view(find_report(unit, request.report_id))


def view(report: Report) -> v2021.Report:
    """A report in Amazon's words; what is not so yet is left out."""
    return v2021.Report(
        report_id=report.report_id,
        report_type=report.report_type,
        marketplace_ids=list(report.marketplace_ids),
        data_start_time=report.data_start,
        data_end_time=report.data_end,
        report_schedule_id=report.report_schedule_id,
        created_time=report.created_at,
        processing_status=v2021.ProcessingStatus(report.status.value),
        processing_start_time=report.began_at,
        processing_end_time=report.ended_at,
        report_document_id=report.document_id if report.is_ended else None,
    )
