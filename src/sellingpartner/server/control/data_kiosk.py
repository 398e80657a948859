"""Data Kiosk queries of all sellers, looked at by whoever runs the market."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.data_kiosk.asking import understood
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.overview import latest_queries, queries_with_id
from sellingpartner.market.data_kiosk.refusals import NoSuchQuery
from sellingpartner.market.documents.documents import document_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.first_lines import lines_of

_AT_ONCE = 100
_LINES = 20


def list_market_queries(desk: Desk, request: v1.ListMarketQueries) -> v1.MarketQueries:
    """Queries of all sellers or of one, the latest first."""
    with desk.market.read() as unit:
        found = latest_queries(
            unit, seller_id=request.seller_id, status=request.status, limit=request.limit or _AT_ONCE
        )
    return v1.MarketQueries(queries=[_view(seller_id, query) for seller_id, query in found])


def show_query(desk: Desk, request: v1.ShowQuery) -> v1.QueryShown:
    """A query and how its document begins."""
    with desk.market.read() as unit:
        found = queries_with_id(unit, request.query_id, request.seller_id)
    if not found:
        raise NoSuchQuery(request.query_id)
    if len(found) > 1:
        sellers = ", ".join(seller_id for seller_id, _ in found)
        raise InvalidInput(f"Several sellers have a query {request.query_id}: {sellers}. Say whose is meant.")
    [(seller_id, query)] = found
    document = None
    if query.document_id is not None:
        with desk.market.read(seller_id) as unit:
            document = document_of(unit, query.document_id)
    wanted = _LINES if request.lines is None else request.lines
    return v1.QueryShown(
        query=_view(seller_id, query),
        text=query.query,
        content_type=None if document is None else document.content_type,
        bytes=None if document is None else document.size,
        lines=None if document is None else lines_of(desk, document, wanted),
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
