"""Whole calls in memory: bounded, and without tokens."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.server.control.watching.recordings import list_recordings
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.server.gateway.recording import Recorder
from sellingpartner.server.gateway.wsgi import WsgiRequest
from sellingpartner.testing import TestMarket


def request(path: str = "/a") -> WsgiRequest:
    return WsgiRequest({"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "h", "SERVER_PORT": "80"})


def test_so_many_and_so_much_are_kept_and_the_oldest_go() -> None:
    few, little = Recorder(most=3), Recorder(most_bytes=250)
    for number in range(5):
        few.take(str(number), request(), HttpAnswer(200))
        little.take(str(number), request(), HttpAnswer(200, b"x" * 100))
    little.take("huge", request(), HttpAnswer(200, b"x" * 1000))

    assert [one.request_id for one in few.recorded()] == ["2", "3", "4"]
    assert little.recorded() == []


def test_a_call_is_kept_whole_and_without_its_tokens(market: TestMarket) -> None:
    market.server.gateway.recorder = recorder = Recorder()
    order_id = market.buys()
    body = f'{{"restrictedResources":[{{"method":"GET","path":"/orders/v0/orders/{order_id}/address"}}]}}'.encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Shop/2"}

    market.seller.call("POST", "/tokens/2021-03-01/restrictedDataToken", headers=headers, body=body)

    (kept,) = recorder.recorded()
    assert (kept.method, kept.url) == ("POST", "http://127.0.0.1:80/tokens/2021-03-01/restrictedDataToken")
    assert kept.request_body == body
    assert ("x-amz-access-token", "...") in kept.request_headers
    assert ("user-agent", "Shop/2") in kept.request_headers
    assert b"(secret)" in kept.answer_body
    assert "Atz" not in str(kept)


def test_a_market_that_records_nothing_says_so(market: TestMarket) -> None:
    assert list_recordings(market.desk, v1.ListRecordings()) == v1.Recordings(is_recording=False, recordings=[])
