from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from office import KIOSK, Office, Waits, packed, served
from scripted import Caller, answer

from sellingpartner.client.documents import QueryCanceled, QueryFailed
from sellingpartner.contract.errors import InvalidInput

CREATE, LOOK, CANCEL = f"POST {KIOSK}/queries", f"GET {KIOSK}/queries/q1", f"DELETE {KIOSK}/queries/q1"
LINK, GET = f"GET {KIOSK}/documents/d1", "GET /one"
QUERY = "{ sales { asin } }"
LINES = b'{"asin": "B01"}\n{"asin": "B02"}\n'


def query(state: str, **more: Any) -> httpx2.Response:  # noqa: ANN401
    named = {"queryId": "q1", "query": QUERY, "createdTime": "2026-11-02T09:00:00Z", "processingStatus": state}
    return answer(named | more)


@pytest.fixture
def ready(office: Office) -> Office:
    office.on(CREATE, answer({"queryId": "q1"}, 202)).on(CANCEL, httpx2.Response(204))
    office.on(LOOK, query("IN_QUEUE"), query("DONE", dataDocumentId="d1", pagination={"nextToken": "n2"}))
    office.on(LINK, answer({"documentId": "d1", "documentUrl": "http://documents.test/one"}))
    return office.on(GET, lambda _: served(packed(LINES), headers={"Content-Encoding": "gzip"}))


def download(caller: Caller, *asked: Any, **more: Any) -> Any:  # noqa: ANN401
    return caller.call(lambda client: client.data_kiosk.download(*asked, **more))


def test_a_query_is_run_waited_for_and_fetched(caller: Caller, ready: Office, tmp_path: Path) -> None:
    document = download(caller, QUERY, to=tmp_path / "sales.jsonl", next_token="n1")

    assert ready.calls == [CREATE, LOOK, LOOK, LINK, GET]
    assert json.loads(ready.requests[0].content) == {"query": QUERY, "paginationToken": "n1"}
    assert [row["asin"] for row in document.rows()] == ["B01", "B02"]
    assert (document.query_id, document.next_token) == ("q1", "n2")
    assert list(tmp_path.iterdir()) == [tmp_path / "sales.jsonl"]


def test_a_query_of_one_row_is_a_row_and_not_a_document(caller: Caller, ready: Office) -> None:
    ready.on(GET, served(b'{"asin": "B01"}\n'))

    with download(caller, QUERY) as document:
        assert [row.columns for row in document.rows()] == [{"asin": "B01"}]


def test_a_query_that_found_nothing_is_empty(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, query("DONE"))

    with download(caller, None, query_id="q1") as document:
        assert list(document.rows()) == []

    assert ready.calls == [LOOK]


def test_a_query_that_is_given_up_says_what_its_document_says(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, query("FATAL", errorDocumentId="d1")).on(GET, served(b"No such field."))

    with pytest.raises(QueryFailed, match="No such field") as raised:
        download(caller, QUERY)

    assert (raised.value.query_id, raised.value.explanation) == ("q1", "No such field.")


def test_a_canceled_query_raises(caller: Caller, ready: Office) -> None:
    ready.on(LOOK, query("CANCELLED"))

    with pytest.raises(QueryCanceled):
        download(caller, QUERY)


def test_an_interrupted_query_is_canceled(caller: Caller, ready: Office, waits: Waits) -> None:
    waits.then = interrupt

    with pytest.raises(KeyboardInterrupt):
        download(caller, QUERY)

    assert ready.calls == [CREATE, LOOK, CANCEL]


def test_a_query_or_its_id(caller: Caller, ready: Office) -> None:
    for asked, more in (((), {}), ((QUERY,), {"query_id": "q1"})):
        with pytest.raises(InvalidInput, match="either a query"):
            download(caller, *asked, **more)

    assert ready.calls == []


def interrupt() -> None:
    raise KeyboardInterrupt
