from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from office import FEEDS, Office
from office import served as served_document
from scripted import InProcess, answer, credentials_in

from sellingpartner.client.documents import OrderLine
from sellingpartner.testing import TestMarket

TOUR = Path(__file__).parents[2] / "docs" / "client.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", TOUR.read_text(), re.MULTILINE | re.DOTALL)

FAILED = (
    b"Feed Processing Summary:\n\tNumber of records processed\t\t1\n\tNumber of records successful\t\t0\n\n"
    b"original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message\n"
    b"1\t902-3159896-1390916\t\t18028\tError\tUnknown order\n"
)


@pytest.fixture
def served(market: TestMarket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestMarket:
    """The market where `spapi serve` would have put it, with twelve orders in it."""
    for _ in range(12):
        market.buys()
    market.advance(minutes=5)
    here, there, elsewhere = httpx2.WSGITransport(market.server), InProcess(market.server), scripted_documents()

    def served(_: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        is_scripted = request.url.host == "documents.test" or request.url.path.startswith(("/reports/", "/feeds/"))
        return elsewhere.handle_request(request) if is_scripted else here.handle_request(request)

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", served)
    monkeypatch.setattr(
        httpx2.AsyncHTTPTransport, "handle_async_request", lambda _, request: there.handle_async_request(request)
    )
    credentials = credentials_in(market)
    for name in ("client_id", "client_secret", "refresh_token", "base_url"):
        monkeypatch.setenv(f"SP_API_{name.upper()}", getattr(credentials, name))
    monkeypatch.chdir(tmp_path)
    return market


def scripted_documents() -> httpx2.MockTransport:
    """What the market does not serve yet: a report of one order's line, and a feed whose only record fails."""
    columns = b"amazon-order-id\tquantity\titem-price\tpromotion-ids\n902-3159896-1390916\t2\t42.50\tFREESHIP\n"
    office = Office().report("DONE", body=columns, kind=OrderLine.report_types[0])
    office.on(f"POST {FEEDS}/documents", answer({"feedDocumentId": "in-1", "url": "http://documents.test/up"}, 201))
    office.on("PUT /up", httpx2.Response(200)).on(f"POST {FEEDS}/feeds", answer({"feedId": "7001"}, 202))
    feed = {"feedId": "7001", "feedType": "X", "createdTime": "2026-11-02T09:00:00Z", "processingStatus": "DONE"}
    office.on(f"GET {FEEDS}/feeds/7001", answer({**feed, "resultFeedDocumentId": "r-1"}))
    office.on(f"GET {FEEDS}/documents/r-1", answer({"feedDocumentId": "r-1", "url": "http://documents.test/result"}))
    office.on("GET /result", lambda _: served_document(FAILED))
    return httpx2.MockTransport(office)


def test_every_example_of_the_tour_runs(served: TestMarket, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}

    for example in EXAMPLES:
        exec(compile(example, str(TOUR), "exec"), names)

    said = capsys.readouterr().out
    assert len(EXAMPLES) == 17
    assert said.count("Unshipped") == 12
    assert "orders 2026-01-01 has no operation get_orders; client.orders_v0 has it." in said
    assert "client_secret = '****" in said
    assert "\n10\n1\nAda Finch\n" in said
    assert "getOrder: 404 NotFound - There is no order 902-0000000-0000000." in said
    assert "902-3159896-1390916 2 42.50 FREESHIP\n" in said
    assert "report 5001\n87 of 87 bytes\nutf-8 87\n" in said
    assert "1 902-3159896-1390916 18028 Unknown order\n" in said
    assert "Every answer was as the contract says." in said
    assert "acme 1\nharbor 1\n" in said
    assert re.search(r"getOrder: 200 after 0\.\d{3} s", said)
