"""What happens to queries of the Data Kiosk."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class QueryAsked(Event):
    """Somebody asked for data by a query."""

    query_id: str


class QueryEnded(Event):
    """A query came to its end: its rows are in a document, there were none, or it could not be run."""

    query_id: str
    status: str
    query: str
    data_document_id: str | None = None
    error_document_id: str | None = None
    next_page: str | None = None
    """The token that asks for what comes after."""
