"""Has a report made, waits for it and fetches it; or goes on with one that was begun before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from sellingpartner.client._shells.steps import Steps
from sellingpartner.client.documents import _restricted
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents._fetching import Link, land
from sellingpartner.client.documents._marketplaces import own_marketplace
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents._work import Work
from sellingpartner.client.documents.document import Document, Facts, readable
from sellingpartner.client.documents.failures import ReportCanceled, ReportFailed
from sellingpartner.client.documents.known_rows import rows_of
from sellingpartner.client.documents.progress import OnProgress, Progress
from sellingpartner.contract.errors import CallFailed, SellingPartnerError
from sellingpartner.contract.reports_2021_06_30 import CancelReport, CreateReport, GetReport, GetReportDocument, Report

RowT = TypeVar("RowT", bound=msgspec.Struct)

_EXPLAINED = 2000


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which report."""

    report_type: str | None
    since: datetime | None = None
    until: datetime | None = None
    marketplace_ids: tuple[str, ...] = ()
    report_options: dict[str, str] | None = None
    report_id: str | None = None


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How it is to be got."""

    target: Target
    deadline: float | None = None
    on_progress: OnProgress | None = None
    charset: str | None = None
    keep: bool = False


class ReportJob(Work[Document[RowT]], Generic[RowT]):
    """One report, from the request to the file."""

    name = "reports.download"
    noun = "report"

    def __init__(self, wanted: Wanted, manner: Manner, kind: type[RowT] | None) -> None:
        super().__init__(wanted.report_id, keep=manner.keep)
        self.deadline, self.on_progress = manner.deadline, manner.on_progress
        self._wanted = wanted
        self._manner = manner
        self._kind = kind

    def cancellation(self, work_id: str) -> CancelReport:
        """The call that takes it back."""
        return CancelReport(report_id=work_id)

    def carried_out(self, desk: Desk) -> Steps[Document[RowT]]:
        """The job itself."""
        if self.work_id is None:
            created = yield from desk.call(self._request())
            self.work_id, self.is_open = created.report_id, True
        report_id = desk.job_id = self.work_id
        desk.tell(Progress(stage="created"))
        report = yield from desk.wait(lambda: GetReport(report_id=report_id))
        self.is_open = False
        if desk.status != "DONE":
            raise (yield from self._ended(desk, report))
        document = yield from self.fetched(desk, report)
        desk.tell(Progress(stage="done", bytes_done=document.size, bytes_total=document.size))
        return document

    def _request(self) -> CreateReport:
        wanted = self._wanted
        return CreateReport(
            report_type=wanted.report_type or "",
            marketplace_ids=list(wanted.marketplace_ids or own_marketplace(self.parts.credentials)),
            report_options=wanted.report_options,
            data_start_time=wanted.since,
            data_end_time=wanted.until,
        )

    def fetched(self, desk: Desk, report: Report) -> Steps[Document[RowT]]:
        """The report's document, on disk."""
        document_id = report.report_document_id
        if document_id is None:
            raise ReportFailed(f"Report {report.report_id} is DONE, and no document is named.")
        personal_data = _restricted.personal_data_of(report.report_type)

        def link() -> Steps[Link]:
            asked = GetReportDocument(report_document_id=document_id)
            found = yield from desk.call(asked, personal_data=personal_data)
            return Link(found.url, is_packed=found.compression_algorithm is not None)

        content_type = yield from land(desk, self._manner.target, link)
        return self._document(report, document_id, content_type)

    def _document(self, report: Report, document_id: str, content_type: str) -> Document[RowT]:
        facts = Facts(
            name=report.report_type,
            document_id=document_id,
            report_id=report.report_id,
            report_type=report.report_type,
            marketplace_ids=tuple(report.marketplace_ids or self._wanted.marketplace_ids),
            content_type=content_type,
            charset=self._manner.charset,
        )
        kind: Any = self._kind or rows_of(report.report_type)  # who named no class gets rows of the report's own
        target = self._manner.target
        return Document(target.path, kind, facts, self.parts.drift, is_temporary=target.is_temporary)

    def _ended(self, desk: Desk, report: Report) -> Steps[CallFailed]:
        """Why there is no report."""
        named = f"Report {report.report_id} ({report.report_type})"
        if desk.status == "CANCELLED":
            return ReportCanceled(
                f"{named} was canceled: by cancelReport, or by Amazon, because there is nothing to report."
            )
        explanation = None
        if report.report_document_id is not None:
            explanation = yield from self._explanation(desk, report)
        why = f": {explanation[:_EXPLAINED].strip()}" if explanation else ", and nothing says why."
        failed = ReportFailed(f"{named} failed (FATAL){why}")
        failed.explanation = explanation
        return failed

    def _explanation(self, desk: Desk, report: Report) -> Steps[str | None]:
        """The text that came instead of the report; it is not to hide that the report failed."""
        manner = Manner(target=Target(None))
        aside = ReportJob(self._wanted, manner, self._kind)
        aside.begin(self.parts, self.options)
        try:
            with (yield from aside.fetched(desk, report)) as document:
                return readable(document)
        except SellingPartnerError:
            return None
