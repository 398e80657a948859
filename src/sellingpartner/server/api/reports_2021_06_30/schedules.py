"""Schedules by which reports are made again and again."""

from __future__ import annotations

from sellingpartner.contract import reports_2021_06_30 as v2021
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.reports_2021_06_30 import (
    CancelReportSchedule,
    CreateReportSchedule,
    CreateReportScheduleResponse,
    GetReportSchedule,
    GetReportSchedules,
    ReportScheduleList,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.reports.model import Schedule
from sellingpartner.market.reports.scheduling import end_schedule, plan
from sellingpartner.market.reports.store import active_schedules, find_schedule
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateReportSchedule)
def create_report_schedule(
    unit: UnitOfWork, request: CreateReportSchedule, caller: Caller
) -> CreateReportScheduleResponse:
    """Have a report made again and again."""
    schedule = plan(
        unit,
        request.report_type,
        request.marketplace_ids,
        request.report_options or {},
        period=request.period,
        first_at=request.next_report_creation_time,
        application_id=caller.application_id,
    )
    return CreateReportScheduleResponse(report_schedule_id=schedule.report_schedule_id)


@handles(GetReportSchedules)
def get_report_schedules(unit: UnitOfWork, request: GetReportSchedules) -> ReportScheduleList:
    """List the schedules that go on."""
    found = active_schedules(unit, types=request.report_types)
    return ReportScheduleList(report_schedules=[_view(schedule) for schedule in found])


@handles(GetReportSchedule)
def get_report_schedule(unit: UnitOfWork, request: GetReportSchedule) -> v2021.ReportSchedule:
    """Read one schedule."""
    return _view(find_schedule(unit, request.report_schedule_id))


@handles(CancelReportSchedule)
def cancel_report_schedule(unit: UnitOfWork, request: CancelReportSchedule) -> NoContent:
    """End a schedule."""
    end_schedule(unit, request.report_schedule_id)
    return NoContent()


def _view(schedule: Schedule) -> v2021.ReportSchedule:
    return v2021.ReportSchedule(
        report_schedule_id=schedule.report_schedule_id,
        report_type=schedule.report_type,
        marketplace_ids=list(schedule.marketplace_ids),
        report_options=dict(schedule.options) or None,
        period=schedule.period,
        next_report_creation_time=schedule.next_at,
    )
