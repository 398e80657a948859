"""Document jobs as the pages show them, whatever makes the document: a kind of job is a row of `KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from sellingpartner.market.documents.documents import Document, document_of
from sellingpartner.market.reports.model import Report, Status
from sellingpartner.market.reports.overview import Whose, latest_reports, reports_with_id
from sellingpartner.server.console.window.tables import BAD, GOOD, OFF, WARN
from sellingpartner.storage.unit import UnitOfWork

_BADGES = {
    Status.IN_QUEUE: OFF,
    Status.IN_PROGRESS: WARN,
    Status.DONE: GOOD,
    Status.CANCELLED: OFF,
    Status.FATAL: BAD,
}


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something that made a document, or is to."""

    kind: str
    """A key of `KINDS`."""
    job_id: str
    type: str
    status: str
    badge: str
    asked_at: datetime
    ended_at: datetime | None
    rows: int | None
    document_id: str | None
    facts: Sequence[tuple[str, str]] = ()
    """What else is known, in words."""

    def document(self, unit: UnitOfWork) -> Document | None:
        """Its document, once it may be seen."""
        if self.document_id is None or self.ended_at is None:
            return None
        return document_of(unit, self.document_id)


class Kind(msgspec.Struct, frozen=True):
    """A kind of jobs: what it is called, and how the latest of a seller's are found."""

    words: str
    latest: Callable[[UnitOfWork, str, str, int], list[Job]]
    """By the unit's seller, of a type and a status if they are said, so many at most."""
    one: Callable[[UnitOfWork, str], Job | None]
    """The unit's seller's with an id, if there is one."""


def _reports(unit: UnitOfWork, type_: str, status: str, most: int) -> list[Job]:
    wanted = Whose(seller_id=unit.seller_id, report_type=type_ or None, status=status or None)
    return [_of_report(report) for _, report in latest_reports(unit, wanted, limit=most)]


def _report(unit: UnitOfWork, report_id: str) -> Job | None:
    found = reports_with_id(unit, report_id, unit.seller_id)
    return _of_report(found[0][1]) if found else None


def _of_report(report: Report) -> Job:
    return Job(
        kind="reports",
        job_id=report.report_id,
        type=report.report_type,
        status=report.status.value,
        badge=_BADGES[report.status],
        asked_at=report.created_at,
        ended_at=report.ended_at,
        rows=report.rows,
        document_id=report.document_id,
        facts=[
            ("Of", f"{report.data_start:%Y-%m-%d %H:%M} to {report.data_end:%Y-%m-%d %H:%M} UTC"),
            ("Asked for by", report.made_by.value.capitalize()),
            *((name, value) for name, value in report.options.items()),
        ],
    )


KINDS: dict[str, Kind] = {"reports": Kind("Reports", _reports, _report)}
"""By the word that an address has for them."""
STATUSES = tuple(one.value for one in Status)
