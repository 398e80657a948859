"""Data Kiosk queries as a test reads them: asked, waited for on the market's clock, their rows downloaded."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sellingpartner.contract.data_kiosk_2023_11_15 import CreateQuery, GetDocument, GetQuery, Query
from sellingpartner.testing.caller import Caller

_STEP = timedelta(seconds=30)
_PATIENCE = 40


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """A query that has ended, and what its document says, if it has one."""

    query: Query
    content: bytes = b""
    content_type: str = ""

    @property
    def status(self) -> str:
        """How it ended."""
        return self.query.processing_status.value

    @property
    def rows(self) -> list[Any]:
        """What it found."""
        return [msgspec.json.decode(line) for line in self.content.splitlines()]

    @property
    def next_token(self) -> str | None:
        """What asks for the rows that come after."""
        return None if self.query.pagination is None else self.query.pagination.next_token


def ask(caller: Caller, text: str, next_token: str | None) -> str:
    """Ask a query; returns its id."""
    return caller.send(CreateQuery(query=text, pagination_token=next_token)).query_id


def waited_for_query(caller: Caller, query_id: str, pass_time: Callable[[timedelta], object]) -> Findings:
    """A query when it has ended."""
    for _ in range(_PATIENCE):
        query = caller.send(GetQuery(query_id=query_id))
        if query.processing_end_time is not None:
            return _read(caller, query)
        pass_time(_STEP)
    message = f"Query {query_id} does not end."
    raise AssertionError(message)


def _read(caller: Caller, query: Query) -> Findings:
    document_id = query.data_document_id or query.error_document_id
    if document_id is None:
        return Findings(query=query)
    found = caller.send(GetDocument(document_id=document_id))
    link = urlsplit(found.document_url)
    reply = Caller(caller.app).call("GET", f"{link.path}?{link.query}")
    is_packed = reply.headers.get("content-encoding") == "gzip"
    content = gzip.decompress(reply.body) if is_packed else reply.body
    return Findings(query=query, content=content, content_type=reply.headers["content-type"])
