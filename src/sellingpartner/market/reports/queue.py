"""The queue of reports: asked for, begun on the clock, made as a work, ended on the clock.

Of each type a seller's reports are made one after the other. A report waits for seconds, and is at work for seconds
more; it tells the state of the moment at which it began.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from sellingpartner.market.documents.jobs import LIFECYCLE, JobStatus
from sellingpartner.market.events.reports import ReportAsked, ReportEnded
from sellingpartner.market.faults.jobs import fate_of, goes_on, held, hold_no_more
from sellingpartner.market.faults.model import ReportFault
from sellingpartner.market.reports.frequency import repeated
from sellingpartner.market.reports.model import MadeBy, Report, Wish
from sellingpartner.market.reports.refusals import NotWhileSo
from sellingpartner.market.reports.store import (
    before_it,
    change_report,
    delete_report,
    find_report,
    insert_report,
    new_id,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.works import begin_work
from sellingpartner.storage.unit import UnitOfWork

WAITS_SECONDS = (4.0, 7.0)
TAKES_SECONDS = (6.0, 8.0)
"""Assumed: a report begins 4 to 7 seconds after it was asked for, and takes 6 to 8, and one more for 20,000 rows."""
ROWS_A_SECOND = 20_000
KNOWN_FOR = timedelta(days=90)
_IN_TURN = timedelta(seconds=2)
_JOB = ReportFault.kind
"""What faults call a report."""


class ReportBegins(Due):
    """A report's turn may have come."""

    ends_batch: ClassVar[bool] = True

    report_id: str
    has_been_stuck: bool = False
    """Whether it has met its fault, by which it was stuck until now."""


class ReportIsForgotten(Due):
    """A report is so old that nobody is told of it any more."""

    report_id: str


class ReportEnds(Due):
    """A report that is made, or cannot be, comes to its end."""

    report_id: str
    status: str
    document_id: str | None = None


def ask_for(unit: UnitOfWork, wish: Wish) -> Report:
    """Have a report made."""
    report = Report(
        report_id=new_id(unit, "reports"),
        report_type=wish.report_type,
        marketplace_ids=wish.marketplace_ids,
        options=wish.options,
        data_start=wish.start,
        data_end=wish.end,
        report_schedule_id=wish.report_schedule_id,
        status=JobStatus.IN_QUEUE,
        created_at=unit.now,
        began_at=None,
        ended_at=None,
        document_id=None,
        made_by=wish.made_by,
        application_id=wish.application_id,
        rows=None,
    )
    insert_report(unit, report)
    unit.emit(
        ReportAsked(
            report_id=report.report_id,
            report_type=report.report_type,
            made_by=report.made_by.value,
            report_schedule_id=report.report_schedule_id,
        )
    )
    waits = chance(unit, "report waits", report.report_id).uniform(*WAITS_SECONDS)
    later(unit, ReportBegins(report_id=report.report_id), at=unit.now + timedelta(seconds=waits))
    return report


def make_own(
    unit: UnitOfWork,
    report_type: str,
    marketplace_ids: tuple[str, ...],
    *,
    start: datetime,
    end: datetime,
    options: Mapping[str, str] | None = None,
) -> Report:
    """Have a report made that Amazon makes by itself; its options say what it is about, and to nobody else."""
    wish = Wish(
        report_type=report_type,
        marketplace_ids=marketplace_ids,
        options=options or {},
        start=start,
        end=end,
        application_id="",
        made_by=MadeBy.AMAZON,
    )
    return ask_for(unit, wish)


def cancel(unit: UnitOfWork, report_id: str) -> None:
    """Take a report back that waits; raises `NotWhileSo`."""
    report = find_report(unit, report_id)
    if report.status is not JobStatus.IN_QUEUE or report.made_by is MadeBy.AMAZON:
        raise NotWhileSo(report_id, report.status.value)
    hold_no_more(unit, _JOB, report_id)
    _end(unit, report, JobStatus.CANCELLED, None)


@when(ReportBegins)
def begin(unit: UnitOfWork, due: ReportBegins) -> None:
    """Begin a report, if it still waits and none of its type is before it; what Amazon makes waits for no other."""
    report = find_report(unit, due.report_id)
    if report.status is not JobStatus.IN_QUEUE:
        return
    if report.made_by is MadeBy.SELLER and before_it(unit, report, besides=held(unit, _JOB)):
        later(unit, due, at=unit.now + _IN_TURN)
        return
    meets = not due.has_been_stuck
    fault = fate_of(unit, _JOB, report.report_id, report.report_type, report.application_id) if meets else None
    if fault is not None and fault.holds_in_queue:
        return
    change_report(unit, report.report_id, status=JobStatus.IN_PROGRESS.value, began_at=unit.now)
    if fault is None:
        _set_to_work(unit, report)
    elif not fault.is_stuck:
        begin_work(unit, "fatal report", report.report_id)


@goes_on(_JOB)
def go_on(unit: UnitOfWork, report_id: str) -> None:
    """Have a report go on that was stuck."""
    report = find_report(unit, report_id)
    if report.status is JobStatus.IN_QUEUE:
        later(unit, ReportBegins(report_id=report_id, has_been_stuck=True), at=unit.now)
    elif report.status is JobStatus.IN_PROGRESS:
        _set_to_work(unit, report)


def _set_to_work(unit: UnitOfWork, report: Report) -> None:
    """Have a report made, or take what was made before."""
    again = repeated(unit, report)
    if again is None:
        begin_work(unit, "report", report.report_id)
        return
    change_report(unit, report.report_id, document_id=again.document_id, rows=again.rows or 0)
    ends = ReportEnds(report_id=report.report_id, status=again.status.value, document_id=again.document_id)
    later(unit, ends, at=unit.now + taken(unit, report, 0))


@when(ReportEnds)
def end(unit: UnitOfWork, due: ReportEnds) -> None:
    """End a report that is made."""
    report = find_report(unit, due.report_id)
    if not report.is_ended:
        _end(unit, report, JobStatus(due.status), due.document_id)


@when(ReportIsForgotten)
def forget(unit: UnitOfWork, due: ReportIsForgotten) -> None:
    """Forget a report; its document has a time of its own."""
    delete_report(unit, due.report_id)


def taken(unit: UnitOfWork, report: Report, rows: int) -> timedelta:
    """How long a report takes."""
    seconds = chance(unit, "report takes", report.report_id).uniform(*TAKES_SECONDS)
    return timedelta(seconds=seconds + rows / ROWS_A_SECOND)


def _end(unit: UnitOfWork, report: Report, status: JobStatus, document_id: str | None) -> None:
    if status not in LIFECYCLE[report.status]:
        message = f"Report {report.report_id} is {report.status}; that does not lead to {status}."
        raise RuntimeError(message)
    change_report(unit, report.report_id, status=status.value, ended_at=unit.now, document_id=document_id)
    ended = ReportEnded(
        report_id=report.report_id, report_type=report.report_type, status=status.value, document_id=document_id
    )
    unit.emit(ended)
    later(unit, ReportIsForgotten(report_id=report.report_id), at=unit.now + KNOWN_FOR)
