"""What happens to reports."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class ReportAsked(Event):
    """Somebody asked for a report: a seller, one of the seller's schedules, or Amazon itself."""

    report_id: str
    report_type: str
    made_by: str
    report_schedule_id: str | None = None


class ReportEnded(Event):
    """A report came to its end: it is done, was cancelled, or could not be made."""

    report_id: str
    report_type: str
    status: str
    document_id: str | None = None


class ReportScheduled(Event):
    """Reports of a type are made again and again from here on."""

    report_schedule_id: str
    report_type: str
    period: str


class ReportScheduleEnded(Event):
    """No more reports are made by a schedule."""

    report_schedule_id: str
    report_type: str
    replaced_by: str | None = None
