"""Data Kiosk, 2023-11-15: views of the context `data_kiosk`."""

from __future__ import annotations

from sellingpartner.contract import data_kiosk_2023_11_15 as v2023
from sellingpartner.contract.data_kiosk_2023_11_15 import (
    CancelQuery,
    CreateQuery,
    CreateQueryResponse,
    GetDocument,
    GetDocumentResponse,
    GetQueries,
    GetQueriesResponse,
    GetQuery,
)
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.page_tokens import ListGoesOn, list_of, token_for_list
from sellingpartner.market.data_kiosk.queue import ask, cancel
from sellingpartner.market.data_kiosk.store import QueryFilter, find_query, page_of_queries
from sellingpartner.market.documents.documents import Document, Purpose, document_if_kept
from sellingpartner.market.time.bounds import LATEST, in_utc
from sellingpartner.server.api.job_lists import PAGE, created_between
from sellingpartner.server.documents_out import download_link
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateQuery)
def create_query(unit: UnitOfWork, request: CreateQuery, caller: Caller) -> CreateQueryResponse:
    """Have a query run in the background."""
    asked = ask(unit, request.query, token=request.pagination_token, application_id=caller.application_id)
    return CreateQueryResponse(query_id=asked.query_id)


@handles(GetQueries)
def get_queries(unit: UnitOfWork, request: GetQueries) -> GetQueriesResponse:
    """Go through the queries asked so far, those first that were asked last."""
    if request.pagination_token is None:
        here = ListGoesOn(_wanted(unit, request), (LATEST, ""))
    else:
        here = list_of(unit, request.pagination_token)
        _check_same(here.wanted, request)
    limit = request.page_size or PAGE
    found = page_of_queries(unit, here.wanted, here.after, limit + 1)
    page, following = found[:limit], None
    if len(found) > limit:
        token = token_for_list(unit, ListGoesOn(here.wanted, (page[-1].created_at, page[-1].query_id)))
        following = v2023.GetQueriesResponsePagination(next_token=token)
    return GetQueriesResponse(queries=[view(query) for query in page], pagination=following)


@handles(GetQuery)
def get_query(unit: UnitOfWork, request: GetQuery) -> v2023.Query:
    """See how far a query is and which document holds its rows."""
    return view(find_query(unit, request.query_id))


@handles(CancelQuery)
def cancel_query(unit: UnitOfWork, request: CancelQuery) -> NoContent:
    """Take a query back that is not at its end."""
    cancel(unit, request.query_id)
    return NoContent()


@handles(GetDocument)
def get_document(unit: UnitOfWork, request: GetDocument, caller: Caller, origin: Origin) -> GetDocumentResponse:
    """Give a link under which a query's rows can be downloaded for a short time."""
    document = _document(unit, request.document_id)
    link = download_link(unit, document, grant_id=caller.grant_id, tells_encoding=True)
    return GetDocumentResponse(document_id=document.document_id, document_url=origin + link)


def view(query: Query) -> v2023.Query:
    """A query in Amazon's words; what is not so yet is left out."""
    token = query.next_token if query.is_ended else None
    return v2023.Query(
        query_id=query.query_id,
        query=query.query,
        created_time=query.created_at,
        processing_status=v2023.ProcessingStatus(query.status.value),
        processing_start_time=query.began_at,
        processing_end_time=query.ended_at,
        data_document_id=query.data_document_id,
        error_document_id=query.error_document_id,
        pagination=None if token is None else v2023.QueryPagination(next_token=token),
    )


def _document(unit: UnitOfWork, document_id: str) -> Document:
    document = document_if_kept(unit, document_id)
    if document is None or document.purpose is not Purpose.QUERY:
        raise NotFound("The provided documentId was not found.")
    return document


def _wanted(unit: UnitOfWork, request: GetQueries) -> QueryFilter:
    since, until = created_between(unit, request.created_since, request.created_until)
    return QueryFilter(statuses=tuple(request.processing_statuses or ()), since=since, until=until)


def _check_same(wanted: QueryFilter, request: GetQueries) -> None:
    """Hold what is said beside a token against the first page; what is left out there is as it was."""
    pairs = (
        ("processingStatuses", request.processing_statuses, wanted.statuses),
        ("createdSince", request.created_since, wanted.since),
        ("createdUntil", request.created_until, wanted.until),
    )
    for name, said, before in pairs:
        if said is None:
            continue
        same = tuple(said) == before if isinstance(said, list) else in_utc(said) == before
        if not same:
            raise InvalidInput(f"{name} is another than on the first page; with paginationToken it must be the same.")
