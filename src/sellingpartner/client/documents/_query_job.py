"""Has a Data Kiosk query run, waits for it and fetches its rows."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from sellingpartner.client._shells.steps import Steps
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents._fetching import Link, land
from sellingpartner.client.documents._report_job import Manner
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents._work import Work
from sellingpartner.client.documents.document import Document, Facts, readable
from sellingpartner.client.documents.failures import QueryCanceled, QueryFailed
from sellingpartner.client.documents.progress import Progress
from sellingpartner.contract.data_kiosk_2023_11_15 import CancelQuery, CreateQuery, GetDocument, GetQuery, Query
from sellingpartner.contract.errors import SellingPartnerError

RowT = TypeVar("RowT", bound=msgspec.Struct)

_EXPLAINED = 2000


class QueryJob(Work[Document[RowT]], Generic[RowT]):
    """One query, from the question to the file of JSON lines."""

    name = "data_kiosk.download"
    noun = "query"

    def __init__(self, query: CreateQuery | None, query_id: str | None, manner: Manner, kind: type[RowT]) -> None:
        super().__init__(query_id, keep=manner.keep)
        self.deadline, self.on_progress = manner.deadline, manner.on_progress
        self._query = query
        self._manner = manner
        self._kind = kind

    def cancellation(self, work_id: str) -> CancelQuery:
        """The call that takes it back."""
        return CancelQuery(query_id=work_id)

    def carried_out(self, desk: Desk) -> Steps[Document[RowT]]:
        """The job itself."""
        if self.work_id is None and self._query is not None:
            created = yield from desk.call(self._query)
            self.work_id, self.is_open = created.query_id, True
        query_id = desk.job_id = self.work_id or ""
        desk.tell(Progress(stage="created"))
        query = yield from desk.wait(lambda: GetQuery(query_id=query_id))
        self.is_open = False
        if desk.status == "CANCELLED":
            raise QueryCanceled(f"Query {query_id} was canceled.")
        if desk.status == "FATAL":
            raise (yield from self._failed(desk, query))
        document = yield from self._fetched(desk, query, query.data_document_id, self._manner.target)
        desk.tell(Progress(stage="done", bytes_done=document.size, bytes_total=document.size))
        return document

    def _fetched(self, desk: Desk, query: Query, document_id: str | None, target: Target) -> Steps[Document[RowT]]:
        def link() -> Steps[Link]:
            found = yield from desk.call(GetDocument(document_id=document_id or ""))
            return Link(found.document_url, is_packed=False)  # its Content-Encoding says whether it is packed

        content_type = ""
        if document_id is not None:
            content_type = yield from land(desk, target, link)
        else:  # a query that found nothing has no document
            with target.kept_if_whole() as path:
                path.write_bytes(b"")
        facts = Facts(
            name=self.name,
            document_id=document_id or "",
            query_id=query.query_id,
            content_type=content_type,
            charset=self._manner.charset or "utf-8",
            form="json lines",
            next_token=query.pagination.next_token if query.pagination else None,
        )
        return Document(target.path, self._kind, facts, self.parts.drift, is_temporary=target.is_temporary)

    def _failed(self, desk: Desk, query: Query) -> Steps[QueryFailed]:
        explanation = None
        if query.error_document_id is not None:
            try:
                with (yield from self._fetched(desk, query, query.error_document_id, Target(None))) as document:
                    explanation = readable(document)
            except SellingPartnerError:
                explanation = None
        why = f": {explanation[:_EXPLAINED].strip()}" if explanation else ", and nothing says why."
        failed = QueryFailed(f"Query {query.query_id} failed (FATAL){why}")
        failed.explanation = explanation
        return failed
