"""The work that makes a report: out of one moment of the state, piece by piece into a document."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sellingpartner.market.documents.documents import Kept, Purpose, keep_document, region_of
from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.documents.writer import Written, write_document
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import UNAVAILABLE, Empty, ReportKind, ReportUnavailable, kind_of
from sellingpartner.market.reports.model import MadeBy, Report
from sellingpartner.market.reports.queue import ReportEnds, taken
from sellingpartner.market.reports.store import change_report, find_report
from sellingpartner.market.reports.writing.documents import Outgoing, outgoing
from sellingpartner.market.time.schedule import later
from sellingpartner.market.time.works import Work, Workshop, on_failure, works
from sellingpartner.storage.unit import UnitOfWork

UNMAKEABLE = (
    "A client error occurred. Please double check that your parameters are valid and fulfill the requirements of the "
    "report type."
)

_ERROR_TYPE = "application/json; charset=UTF-8"


@works("report")
def make(workshop: Workshop, work: Work) -> None:
    """Make a report: read one moment, write the document, then tell of it."""
    with workshop.snapshot(work.seller_id) as unit:
        report = find_report(unit, work.subject)
        if report.status is not JobStatus.IN_PROGRESS or report.rows is not None:
            return  # it was made before, and the process died before that was noted
        kind = kind_of(report.report_type)
        if kind is None:
            message = f"Nobody makes {report.report_type}."
            raise LookupError(message)
        try:
            out = outgoing(kind, report.marketplace_ids[0], kind.make(unit, _asked(report)))
            written = None if out.is_empty and kind.empty is not Empty.HEADER else _written(workshop, work, out)
        except ReportUnavailable as reason:
            out, written = None, _explained(workshop, work, str(reason))
        else:
            if written is None and kind.empty is Empty.FATAL:
                out, written = None, _explained(workshop, work, UNAVAILABLE)
    with workshop.write(work.seller_id) as unit:
        _note(unit, report, kind, out, written)


def _asked(report: Report) -> Asked:
    return Asked(
        report_id=report.report_id,
        report_type=report.report_type,
        marketplace_ids=report.marketplace_ids,
        options=report.options,
        start=report.data_start,
        end=_end(report),
        at=report.began_at or report.created_at,
    )


def _end(report: Report) -> datetime:
    """The first moment that a report is not about: what is asked until the present holds the present, too.

    The next report of a schedule begins where the one before has ended; nothing stands in both.
    """
    reaches_present = report.report_schedule_id is None and report.data_end >= report.created_at
    return report.data_end + timedelta(microseconds=1) if reaches_present else report.data_end


def _written(workshop: Workshop, work: Work, out: Outgoing) -> Written:
    return write_document(workshop.documents, work.seller_id, out.pieces())


def _explained(workshop: Workshop, work: Work, why: str) -> Written:
    said = json.dumps({"errorDetails": why}).encode()
    return write_document(workshop.documents, work.seller_id, [said])


def _note(unit: UnitOfWork, report: Report, kind: ReportKind, out: Outgoing | None, written: Written | None) -> None:
    """Tell of the document, and when the report ends."""
    rows = 0 if out is None else out.count
    if written is None:
        status, document_id = JobStatus.CANCELLED, None
    else:
        status = JobStatus.FATAL if out is None else JobStatus.DONE
        document = keep_document(
            unit,
            Kept(
                purpose=Purpose.ERROR if out is None else Purpose.REPORT,
                content_type=_ERROR_TYPE if out is None else out.content_type,
                compression=written.compression,
                size=written.size,
                store_key=written.store_key,
                expires_at=unit.now + timedelta(days=kind.days_kept),
                is_restricted=kind.said.is_restricted and out is not None,
                region=region_of(report.marketplace_ids[0]),
            ),
        )
        document_id = document.document_id
    change_report(unit, report.report_id, rows=rows, document_id=document_id)
    planned = (report.began_at or unit.now) + taken(unit, report, rows)
    ends = ReportEnds(report_id=report.report_id, status=status.value, document_id=document_id)
    # Nobody waits for what Amazon makes by itself: in a past that is invented at once, it ends in that past.
    later(unit, ends, at=planned if report.made_by is MadeBy.AMAZON else max(unit.now, planned))


@works("fatal report")
def fail(workshop: Workshop, work: Work) -> None:
    """End a report FATAL that a fault has struck, with the document that Amazon gives then."""
    give_up(workshop, work, "a fault was injected")


@on_failure("report")
def give_up(workshop: Workshop, work: Work, failure: str) -> None:  # noqa: ARG001 - the log has it; it may quote what is nobody's business
    """End a report that cannot be made, so that nobody waits for it in vain."""
    with workshop.snapshot(work.seller_id) as unit:
        report = find_report(unit, work.subject)
        kind = kind_of(report.report_type)
    if report.status is JobStatus.IN_PROGRESS and report.rows is None and kind is not None:
        written = _explained(workshop, work, UNMAKEABLE)
        with workshop.write(work.seller_id) as unit:
            _note(unit, report, kind, None, written)
