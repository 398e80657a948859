"""Reports are asked for, and taken back."""

from __future__ import annotations

from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.reports_2021_06_30 import CancelReport, CreateReport, CreateReportResponse
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.reports.asking import check_wish
from sellingpartner.market.reports.queue import ask_for, cancel
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateReport)
def create_report(unit: UnitOfWork, request: CreateReport, caller: Caller) -> CreateReportResponse:
    """Have a report made in the background."""
    wish = check_wish(
        unit,
        request.report_type,
        request.marketplace_ids,
        request.report_options or {},
        start=request.data_start_time,
        end=request.data_end_time,
        application_id=caller.application_id,
    )
    return CreateReportResponse(report_id=ask_for(unit, wish).report_id)


@handles(CancelReport)
def cancel_report(unit: UnitOfWork, request: CancelReport) -> NoContent:
    """Take a report back that still waits."""
    cancel(unit, request.report_id)
    return NoContent()
