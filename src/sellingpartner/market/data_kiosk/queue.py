"""The queue of queries: asked, begun on the clock, run as a work, ended on the clock.

A seller's queries are run one after the other. A query waits for seconds, and is at work for seconds more; it tells the
state of the moment at which it began.

Differs: Amazon limits how many queries a seller may have under way; here more of them only wait longer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from sellingpartner.market.data_kiosk.door import checked
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.page_tokens import first_row_of
from sellingpartner.market.data_kiosk.refusals import NoSuchQuery, NotWhileSo
from sellingpartner.market.data_kiosk.store import (
    change_query,
    delete_query,
    find_query,
    insert_query,
    is_another_before,
    new_id,
)
from sellingpartner.market.documents.jobs import LIFECYCLE, JobStatus
from sellingpartner.market.events.data_kiosk import QueryAsked, QueryEnded
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.works import begin_work
from sellingpartner.storage.unit import UnitOfWork

WAITS_SECONDS = (4.0, 7.0)
TAKES_SECONDS = (6.0, 10.0)
"""Assumed: a query begins 4 to 7 seconds after it was asked, and takes 6 to 10, and one more for 2,000 rows."""
ROWS_A_SECOND = 2_000
_IN_TURN = timedelta(seconds=2)


class QueryBegins(Due):
    """A query's turn may have come."""

    ends_batch: ClassVar[bool] = True

    query_id: str


class QueryEnds(Due):
    """A query that was run, or cannot be, comes to its end."""

    query_id: str
    status: str


class QueryIsForgotten(Due):
    """A query is so old that nobody is told of it any more."""

    query_id: str


def ask(unit: UnitOfWork, text: str, *, token: str | None, application_id: str) -> Query:
    """Have a query run, from its first row on or from where a token says; raises `QueryInvalid`."""
    said = checked(unit, text)
    query = Query(
        query_id=new_id(unit),
        query=text,
        first_row=0 if token is None else first_row_of(unit, token, said.minified),
        status=JobStatus.IN_QUEUE,
        created_at=unit.now,
        began_at=None,
        ended_at=None,
        days_kept=said.days_kept,
        document_id=None,
        next_token=None,
        application_id=application_id,
        rows=None,
    )
    insert_query(unit, query)
    unit.emit(QueryAsked(query_id=query.query_id))
    waits = chance(unit, "query waits", query.query_id).uniform(*WAITS_SECONDS)
    later(unit, QueryBegins(query_id=query.query_id), at=unit.now + timedelta(seconds=waits))
    return query


def cancel(unit: UnitOfWork, query_id: str) -> None:
    """Take a query back that is not at its end; nothing happens if it was taken back before."""
    query = find_query(unit, query_id)
    if query.status is JobStatus.CANCELLED:
        return
    if query.is_ended:
        raise NotWhileSo(query_id, query.status.value)
    _end(unit, query, JobStatus.CANCELLED)


@when(QueryBegins)
def begin(unit: UnitOfWork, due: QueryBegins) -> None:
    """Begin a query, if it still waits and none is before it."""
    query = find_query(unit, due.query_id)
    if query.status is not JobStatus.IN_QUEUE:
        return
    if is_another_before(unit, query):
        later(unit, due, at=unit.now + _IN_TURN)
        return
    change_query(unit, query.query_id, status=JobStatus.IN_PROGRESS.value, began_at=unit.now)
    begin_work(unit, "kiosk query", query.query_id)


@when(QueryEnds)
def end(unit: UnitOfWork, due: QueryEnds) -> None:
    """End a query that was run."""
    try:
        query = find_query(unit, due.query_id)
    except NoSuchQuery:
        return
    if not query.is_ended:
        _end(unit, query, JobStatus(due.status))


@when(QueryIsForgotten)
def forget(unit: UnitOfWork, due: QueryIsForgotten) -> None:
    """Forget a query; its document goes at the same time."""
    delete_query(unit, due.query_id)


def taken(unit: UnitOfWork, query: Query, rows: int) -> timedelta:
    """How long a query takes."""
    seconds = chance(unit, "query takes", query.query_id).uniform(*TAKES_SECONDS)
    return timedelta(seconds=seconds + rows / ROWS_A_SECOND)


def _end(unit: UnitOfWork, query: Query, status: JobStatus) -> None:
    if status not in LIFECYCLE[query.status]:
        message = f"Query {query.query_id} is {query.status}; that does not lead to {status}."
        raise RuntimeError(message)
    changed: dict[str, object] = {"status": status.value, "ended_at": unit.now}
    if status is JobStatus.CANCELLED:
        changed |= {"document_id": None, "next_token": None}
    change_query(unit, query.query_id, **changed)
    ended = find_query(unit, query.query_id)
    fact = QueryEnded(
        query_id=ended.query_id,
        status=status.value,
        query=ended.query,
        data_document_id=ended.data_document_id,
        error_document_id=ended.error_document_id,
        next_page=ended.next_token,
    )
    unit.emit(fact)
    later(unit, QueryIsForgotten(query_id=query.query_id), at=unit.now + timedelta(days=query.days_kept))
