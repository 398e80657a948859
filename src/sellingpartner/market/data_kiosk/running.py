"""The work that runs a query: out of one moment of the state, row by row into a document of JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from sellingpartner.market.data_kiosk.datasets import Fields, RowsUnavailable, given
from sellingpartner.market.data_kiosk.door import shown, understood
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.page_tokens import token_for_rows
from sellingpartner.market.data_kiosk.queue import QueryEnds, taken
from sellingpartner.market.data_kiosk.store import change_query, find_query
from sellingpartner.market.documents.documents import Kept, Purpose, keep_document
from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.documents.writer import Written, write_document
from sellingpartner.market.time.schedule import later
from sellingpartner.market.time.works import Work, Workshop, on_failure, works
from sellingpartner.storage.unit import UnitOfWork

if TYPE_CHECKING:
    from sellingpartner.market.data_kiosk.asking import Said

PAGE_ROWS = 10_000
"""Assumed: a document of a query holds up to 10,000 rows; what comes after is asked for by the next token."""

_AT_ONCE = 200
_LINES = "application/jsonl; charset=UTF-8"
_ERROR = "application/json; charset=UTF-8"
_UNRUNNABLE = "The query could not be processed."
_NOTHING = object()


class _Page:
    """The lines of one page; how many there were, and whether more would follow, is known when all were read."""

    def __init__(self, said: Said, rows: Iterator[Fields], first_row: int) -> None:
        self.count = 0
        self.goes_on = False
        self._said = said
        self._rows: Iterator[Fields] = islice(rows, first_row, None)
        first = next(self._rows, None)
        self.is_empty = first is None
        if first is not None:
            self._rows = chain([first], self._rows)

    def lines(self) -> Iterable[bytes]:
        """The page's lines, some at a time."""
        while self.count < PAGE_ROWS:
            some = list(islice(self._rows, min(_AT_ONCE, PAGE_ROWS - self.count)))
            if not some:
                return
            self.count += len(some)
            yield b"".join(msgspec.json.encode(row) + b"\n" for row in shown(self._said, some))
        self.goes_on = next(self._rows, _NOTHING) is not _NOTHING


@works("kiosk query")
def run(workshop: Workshop, work: Work) -> None:
    """Run a query: read one moment, write the document, then tell of it."""
    with workshop.snapshot(work.seller_id) as unit:
        query = find_query(unit, work.subject)
        if query.status is not JobStatus.IN_PROGRESS or query.rows is not None:
            return  # it was run before, and the process died before that was noted; or it was canceled
        said = understood(query.query)
        known = given(said.dataset, said.field)
        if known is None:
            message = f"Nobody gives the rows of {said.field}."
            raise LookupError(message)
        try:
            page = _Page(said, known.rows(unit, said.arguments), query.first_row)
            written = None if page.is_empty else write_document(workshop.documents, work.seller_id, page.lines())
            why = None
        except RowsUnavailable as reason:
            why = str(reason)
    if why is not None:
        _fail(workshop, work, query, why)
        return
    token = said.minified if page.goes_on else None
    _note(workshop, work, query, JobStatus.DONE, written, rows=page.count, goes_on_with=token)


@on_failure("kiosk query")
def give_up(workshop: Workshop, work: Work, failure: str) -> None:  # noqa: ARG001 - the log has it; it may quote what is nobody's business
    """End a query that cannot be run, so that nobody waits for it in vain."""
    with workshop.snapshot(work.seller_id) as unit:
        query = find_query(unit, work.subject)
    if query.status is JobStatus.IN_PROGRESS and query.rows is None:
        _fail(workshop, work, query, _UNRUNNABLE)


def _fail(workshop: Workshop, work: Work, query: Query, why: str) -> None:
    """Say in a document why a query was given up. Assumed: nobody says how Amazon writes it."""
    said = msgspec.json.encode({"errors": [{"message": why}]})
    written = write_document(workshop.documents, work.seller_id, [said])
    _note(workshop, work, query, JobStatus.FATAL, written)


def _note(
    workshop: Workshop,
    work: Work,
    query: Query,
    status: JobStatus,
    written: Written | None,
    *,
    rows: int = 0,
    goes_on_with: str | None = None,
) -> None:
    """Tell of what was written, and when the query ends; of one that was canceled meanwhile nothing is kept."""
    with workshop.write(work.seller_id) as unit:
        is_wanted = find_query(unit, query.query_id).status is JobStatus.IN_PROGRESS
        if is_wanted:
            _keep(unit, query, status, written, rows=rows, goes_on_with=goes_on_with)
    if not is_wanted and written is not None:
        workshop.documents.delete([written.store_key])


def _keep(
    unit: UnitOfWork, query: Query, status: JobStatus, written: Written | None, *, rows: int, goes_on_with: str | None
) -> None:
    began = query.began_at or unit.now
    planned = max(unit.now, began + taken(unit, query, rows))
    document_id = None
    if written is not None:
        document = keep_document(
            unit,
            Kept(
                purpose=Purpose.QUERY,
                content_type=_LINES if status is JobStatus.DONE else _ERROR,
                compression=written.compression,
                size=written.size,
                store_key=written.store_key,
                expires_at=planned + timedelta(days=query.days_kept),
            ),
        )
        document_id = document.document_id
    token = None if goes_on_with is None else token_for_rows(unit, goes_on_with, query.first_row + rows)
    change_query(unit, query.query_id, rows=rows, document_id=document_id, next_token=token)
    later(unit, QueryEnds(query_id=query.query_id, status=status.value), at=planned)
