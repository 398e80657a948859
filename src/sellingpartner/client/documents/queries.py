"""`client.data_kiosk.download`: a Data Kiosk query from the question to its rows."""

from __future__ import annotations

import os
from typing import Any, Self, TypedDict, Unpack, overload

from sellingpartner.client._exchange.senders import AsyncSender, SyncSender
from sellingpartner.client.documents._query_job import QueryJob
from sellingpartner.client.documents._report_job import Manner
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents.document import Document
from sellingpartner.client.documents.progress import OnProgress
from sellingpartner.client.documents.row import Row
from sellingpartner.client.operations import Resource
from sellingpartner.contract.data_kiosk_2023_11_15 import CreateQuery
from sellingpartner.contract.errors import InvalidInput


class QueryFields(TypedDict, total=False):
    """What else may be said of a query, by keyword."""

    to: str | os.PathLike[str] | None
    """Where the file goes; without it, to a temporary file that the document owns."""
    next_token: str
    """The `next_token` of an earlier part's document."""
    query_id: str
    """A query that was begun before: nothing is created, it is waited for and fetched."""
    deadline: float
    """Seconds that all of it may take."""
    on_progress: OnProgress
    keep: bool
    """Let Amazon go on with the query when this call is interrupted, instead of canceling it."""


class SyncQuery:
    """`client.data_kiosk.download` of a `SellingPartner`."""

    def __init__(self, client: SyncSender) -> None:
        self._client = client

    def __call__(self, query: str | None = None, **fields: Unpack[QueryFields]) -> Document[Row]:
        """Have a GraphQL query run, wait for it, and stream its rows to disk."""
        return self._client.finish(_job(query, fields))


class AsyncQuery:
    """`client.data_kiosk.download` of an `AsyncSellingPartner`."""

    def __init__(self, client: AsyncSender) -> None:
        self._client = client

    async def __call__(self, query: str | None = None, **fields: Unpack[QueryFields]) -> Document[Row]:
        """Have a GraphQL query run, wait for it, and stream its rows to disk."""
        return await self._client.finish(_job(query, fields))


class QueryDownload:
    """The method `download` of the Data Kiosk, for either kind of client."""

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncQuery: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncQuery: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The method, of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - see Operation
        return AsyncQuery(client) if isinstance(client, AsyncSender) else SyncQuery(client)


def _job(query: str | None, fields: QueryFields) -> QueryJob[Row]:
    """The job, once all that can be wrong with it is known not to be."""
    query_id = fields.get("query_id")
    if (query is None) == (query_id is None):
        raise InvalidInput("Say either a query, or the query_id of one that was begun.")
    asked = None if query is None else CreateQuery(query=query, pagination_token=fields.get("next_token"))
    manner = Manner(
        target=Target(fields.get("to")),
        deadline=fields.get("deadline"),
        on_progress=fields.get("on_progress"),
        keep=fields.get("keep", False),
    )
    return QueryJob(asked, query_id, manner, Row)
