"""What becomes of a report that was asked for again so soon that Amazon does not make it anew."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.reports.kinds import kind_of
from sellingpartner.market.reports.model import MadeBy, Report
from sellingpartner.market.reports.store import made_since
from sellingpartner.storage.unit import UnitOfWork


class Again(NamedTuple):
    """How the later report ends."""

    status: JobStatus
    document_id: str | None
    rows: int | None


def repeated(unit: UnitOfWork, report: Report) -> Again | None:
    """How a report ends that repeats another; None for one that is to be made."""
    kind = kind_of(report.report_type)
    if kind is None or kind.repeats is None or report.made_by is MadeBy.AMAZON:
        return None
    since = unit.now - timedelta(minutes=kind.repeats.minutes)
    for before in made_since(unit, report.report_type, since):
        if not set(before.marketplace_ids).intersection(report.marketplace_ids):
            continue
        if not kind.repeats.same_document:
            return Again(JobStatus.CANCELLED, None, None)
        if before.marketplace_ids == report.marketplace_ids:
            return Again(JobStatus.DONE, before.document_id, before.rows)
    return None
