"""Data Kiosk queries of all sellers, looked at by whoever runs the market."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.data_kiosk.door import understood
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.overview import latest_queries, queries_with_id
from sellingpartner.market.data_kiosk.refusals import NoSuchQuery
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.documents.jobs import AT_ONCE, document_kept, lines_of, only


def list_market_queries(desk: Desk, request: v1.ListMarketQueries) -> v1.MarketQueries:
    """Queries of all sellers or of one, the latest first."""
    with desk.market.read() as unit:
        found = latest_queries(unit, seller_id=request.seller_id, status=request.status, limit=request.limit or AT_ONCE)
    return v1.MarketQueries(queries=[_view(seller_id, query) for seller_id, query in found])


def show_query(desk: Desk, request: v1.ShowQuery) -> v1.QueryShown:
    """A query and how its document begins."""
    with desk.market.read() as unit:
        found = queries_with_id(unit, request.query_id, request.seller_id)
    seller_id, query = only(found, "query", request.query_id, NoSuchQuery(request.query_id))
    document = document_kept(desk, seller_id, query.document_id)
    return v1.QueryShown(
        query=_view(seller_id, query),
        text=query.query,
        content_type=None if document is None else document.content_type,
        bytes=None if document is None else document.size,
        lines=None if document is None else lines_of(desk, document, request.lines),
    )


def _view(seller_id: str, query: Query) -> v1.MarketQuery:
    said = understood(query.query)
    return v1.MarketQuery(
        seller_id=seller_id,
        query_id=query.query_id,
        dataset=f"{said.dataset}.{said.field}",
        status=query.status.value,
        created_at=query.created_at,
        began_at=query.began_at,
        ended_at=query.ended_at,
        document_id=query.document_id,
        rows=query.rows,
        has_more=query.next_token is not None,
    )
