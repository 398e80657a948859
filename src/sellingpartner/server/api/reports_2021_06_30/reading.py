"""Reports are looked at, one by one and in lists."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract import reports_2021_06_30 as v2021
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.reports_2021_06_30 import GetReport, GetReports, GetReportsResponse
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.reports.model import Report
from sellingpartner.market.reports.page_tokens import Continuation, opened, sealed
from sellingpartner.market.reports.store import ReportFilter, find_report, page_of_reports
from sellingpartner.market.time.bounds import LATEST, OutOfBounds, in_utc
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LISTED_FOR = timedelta(days=90)
_PAGE = 10
_BESIDES = ("report_types", "processing_statuses", "marketplace_ids", "page_size", "created_since", "created_until")


@handles(GetReports)
def get_reports(unit: UnitOfWork, request: GetReports) -> GetReportsResponse:
    """Go through the reports made so far, those first that were asked for last."""
    if request.next_token is None:
        here = Continuation(wanted=_wanted(unit, request), after=(LATEST, ""), limit=request.page_size or _PAGE)
    else:
        if any(getattr(request, name) is not None for name in _BESIDES):
            raise InvalidInput("nextToken stands alone: it holds the filters of the first page. Leave the others out.")
        here = opened(unit, request.next_token)
    found = page_of_reports(unit, here.wanted, here.after, here.limit + 1)
    page, more = found[: here.limit], len(found) > here.limit
    following = None
    if more:
        last = (page[-1].created_at, page[-1].report_id)
        following = sealed(unit, Continuation(wanted=here.wanted, after=last, limit=here.limit))
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


def _wanted(unit: UnitOfWork, request: GetReports) -> ReportFilter:
    if request.report_types is None:
        raise InvalidInput("reportTypes is missing; getReports needs it, unless nextToken is given.")
    if request.marketplace_ids is not None:
        check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    now = unit.now
    try:
        since = now - _LISTED_FOR if request.created_since is None else in_utc(request.created_since)
        until = now if request.created_until is None else in_utc(request.created_until)
    except OutOfBounds as reason:
        raise InvalidInput(str(reason)) from reason
    if since > until:
        raise InvalidInput("createdSince is after createdUntil; it must not be.")
    return ReportFilter(
        types=tuple(request.report_types),
        statuses=tuple(request.processing_statuses or ()),
        marketplace_ids=tuple(request.marketplace_ids or ()),
        since=max(since, now - _LISTED_FOR),
        until=until,
    )
