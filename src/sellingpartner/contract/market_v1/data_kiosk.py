"""The market's control API, v1: Data Kiosk queries of all sellers, and how their documents begin."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)


class MarketQuery(Message, rename="camel"):
    """A query, how it stands, and how many rows it found."""

    seller_id: str
    query_id: str
    dataset: str
    """The dataset and the query of it: `analytics_economics_2024_03_15.economics`."""
    status: str
    created_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    document_id: str | None = None
    rows: int | None = None
    has_more: bool = False
    """Whether a further page can be asked for."""


class MarketQueries(Message, rename="camel"):
    """Queries, those first that were asked last."""

    queries: list[MarketQuery]


class QueryShown(Message, rename="camel"):
    """A query with its text, and how its document begins."""

    query: MarketQuery
    text: str
    content_type: str | None = None
    bytes: int | None = None
    """How many bytes are kept, packed or not."""
    lines: list[str] | None = None
    """The first lines; left out where there is no document."""


class ListMarketQueries(Request[MarketQueries], rename="camel"):
    """List Data Kiosk queries of all sellers or of one, those first that were asked last."""

    operation = get("/market/v1/queries", "listMarketQueries", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    status: str | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said."""


class ShowQuery(Request[QueryShown], rename="camel"):
    """Show a Data Kiosk query and how its document begins, before it has ended too, and without any token."""

    operation = get("/market/v1/queries/{queryId}", "showQuery", statuses=(*_READS, 404), scope=NONE)

    query_id: str
    seller_id: str | None = None
    """Whose it is; needed only where several sellers have one of this number."""
    lines: Annotated[int, Meta(ge=0, le=1000)] | None = None
    """How many of its lines; 20 unless said."""
