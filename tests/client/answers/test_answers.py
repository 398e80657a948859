from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from scripted import Connect, Script, answer, refusal

from sellingpartner.client.events import Drifted
from sellingpartner.contract.errors import (
    AnswerUnreadable,
    ConnectionFailed,
    InvalidInput,
    NotFound,
    SellingPartnerError,
    Unauthorized,
)
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.contract.feeds_2021_06_30 import CancelFeed
from sellingpartner.contract.fulfillment_outbound_2026_07_04 import CreateOrderAcceptedResponse
from sellingpartner.contract.operation import NoContent, Request
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.product_fees_v0 import GetMyFeesEstimates, MoneyType
from sellingpartner.contract.reports_2021_06_30 import CreateReport, GetReport
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

ORDER = {
    "AmazonOrderId": "902-1",
    "PurchaseDate": "2026-11-02T09:00:00Z",
    "LastUpdateDate": "2026-11-02T09:00:00Z",
    "OrderStatus": "Unshipped",
}
REPORT = {
    "reportId": "1",
    "reportType": "GET_X",
    "createdTime": "2026-11-02T09:00:00Z",
    "processingStatus": "DONE",
}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"<html>Welcome to your hotel</html>",
        b'{"payload": {"AmazonOrderId"',
        b"[]",
        b'"x"',
        b"null",
        b"\xff\xfe",
    ],
    ids=["empty", "blank", "html", "cut", "list", "text", "null", "binary"],
)
def test_a_success_that_is_no_answer_is_an_error(connect: Connect, script: Script, body: bytes) -> None:
    script.says(*[httpx2.Response(200, content=body, headers={"Content-Type": "text/html"})] * 5)

    with pytest.raises(AnswerUnreadable, match="200") as raised:
        connect(script).send(GetOrder(order_id="902-1"))

    assert raised.value.operation == "getOrder"
    assert raised.value.status == 200


@pytest.mark.parametrize(
    "call",
    [GetOrder(order_id="902-1"), CancelFeed(feed_id="1"), CreateReport(report_type="GET_X", marketplace_ids=["A"])],
)
def test_a_refusal_with_200_is_a_refusal_and_not_asked_for_again(
    connect: Connect, script: Script, call: Request[Any]
) -> None:
    caller = connect(script.says(refusal(200, "InvalidInput", "There is no such order.")))

    with pytest.raises(InvalidInput, match="200 InvalidInput - There is no such order") as raised:
        caller.send(call)

    assert (raised.value.status, len(script.requests)) == (200, 1)


@pytest.mark.parametrize("body", [{}, {"payload": None}, {"payload": {}}, {"message": 5}])
def test_an_answer_without_what_it_must_hold_is_unreadable(connect: Connect, script: Script, body: object) -> None:
    caller = connect(script.says(*[answer(body)] * 5))

    with pytest.raises(AnswerUnreadable):
        caller.send(GetOrder(order_id="902-1"))


@pytest.mark.parametrize("status", [302, 404, 502, 504])
def test_a_page_of_somebody_else_is_an_error(connect: Connect, script: Script, status: int) -> None:
    script.says(*[httpx2.Response(status, html="<html>Bad Gateway</html>")] * 5)

    with pytest.raises(AnswerUnreadable, match="Bad Gateway") as raised:
        connect(script).send(GetOrder(order_id="902-1"))

    assert raised.value.status == status


def test_a_refusal_without_words_says_where_to_look(connect: Connect, script: Script) -> None:
    script.says(httpx2.Response(403, html="<html>Blocked</html>"))

    with pytest.raises(Unauthorized, match=r"Blocked.* see base_url and proxies") as raised:
        connect(script).send(GetOrder(order_id="902-1"))

    assert not raised.value.has_words


@pytest.mark.parametrize("status", [200, 403])
def test_ten_thousand_brackets_are_an_error_like_others(connect: Connect, script: Script, status: int) -> None:
    script.says(*[httpx2.Response(status, content=b"[" * 100_000)] * 5)

    with pytest.raises(SellingPartnerError):
        connect(script).send(GetOrder(order_id="902-1"))


def test_an_answer_that_is_cut_is_asked_for_again(connect: Connect, script: Script) -> None:
    script.says(httpx2.Response(200, content=b'{"payload": {"Amaz'), answer({"payload": ORDER}))

    assert connect(script).send(GetOrder(order_id="902-1")).payload is not None


def test_a_body_where_none_was_to_come_is_an_error(connect: Connect, script: Script) -> None:
    script.says(*[httpx2.Response(200, html="<html></html>")] * 5)

    with pytest.raises(AnswerUnreadable, match="none was to come"):
        connect(script).send(CancelFeed(feed_id="1"))


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_an_answer_without_content_is_told_by_its_status(connect: Connect, script: Script, body: bytes) -> None:
    script.says(httpx2.Response(200, content=body))

    assert connect(script).send(CancelFeed(feed_id="1")) == NoContent()


def test_a_compressed_answer_is_read(connect: Connect, script: Script) -> None:
    body = gzip.compress(b'{"payload": []}')
    script.says(httpx2.Response(200, content=body, headers={"Content-Encoding": "gzip"}))

    assert connect(script).send(GetMarketplaceParticipations()).payload == []


def test_an_answer_whose_compression_is_a_lie_is_a_failed_connection(connect: Connect, script: Script) -> None:
    def lying(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, stream=_Pieces(b'{"payload": []}'), headers={"Content-Encoding": "gzip"})

    script.says(*[lying] * 5)

    with pytest.raises(ConnectionFailed, match="Decod"):
        connect(script).send(GetMarketplaceParticipations())


class _Pieces(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def test_a_stream_that_breaks_off_is_a_failed_connection(connect: Connect, script: Script) -> None:
    broken = httpx2.RemoteProtocolError("peer closed connection without sending complete message body")
    script.says(lambda _: httpx2.Response(202, stream=_Pieces(b'{"reportId"', broken)))

    with pytest.raises(ConnectionFailed, match="complete message body") as raised:
        connect(script).send(CreateReport(report_type="GET_X", marketplace_ids=["ATVPDKIKX0DER"]))

    assert raised.value.may_have_arrived
    assert len(script.requests) == 1


def test_an_unknown_value_of_an_enumeration_is_kept(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({**REPORT, "processingStatus": "PAUSED"})))

    status = caller.send(GetReport(report_id="1")).processing_status

    assert status == "PAUSED"
    assert not status.is_known


def test_times_know_their_zone_and_money_is_exact(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({**REPORT, "createdTime": "2026-11-02T09:00:00.5"})))

    assert caller.send(GetReport(report_id="1")).created_time == datetime(2026, 11, 2, 9, 0, 0, 500_000, tzinfo=UTC)
    assert [str(surprise) for surprise in caller.client.drift] == ["getReport: createdTime: no time zone"]


def test_what_the_contract_does_not_know_does_not_disturb(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({"payload": {**ORDER, "Mood": {"Level": 3}}})))

    order = caller.send(GetOrder(order_id="902-1")).payload

    assert order is not None
    assert order.amazon_order_id == "902-1"
    assert len(caller.client.drift) == 0  # reading did not fail, so nobody looked


def test_a_client_that_looks_at_each_answer_notes_what_is_new(connect: Connect, script: Script) -> None:
    events: list[Any] = []
    caller = connect(script, drift_every=1, hooks=(events.append,))
    new = {**ORDER, "Mood": "secret mood", "OrderStatus": "Pondering"}
    script.says(answer({"payload": new}), answer({"payload": new}))

    for _ in range(2):
        assert caller.send(GetOrder(order_id="902-1")).payload

    assert str(caller.client.drift) == (
        "getOrder: payload.Mood: unknown field (2x)\ngetOrder: payload.OrderStatus: new value Pondering (2x)"
    )
    assert [event.surprise for event in events if isinstance(event, Drifted)] == [
        "getOrder: payload.OrderStatus: new value Pondering",
        "getOrder: payload.Mood: unknown field",
    ]


def test_what_is_missing_is_empty_and_noted(connect: Connect, script: Script) -> None:
    caller = connect(
        script.says(answer({"payload": {"NextToken": "2"}}), answer({"reportId": "1", "processingStatus": None}))
    )

    page = caller.send(GetOrders(marketplace_ids=["ATVPDKIKX0DER"]))
    report = caller.send(GetReport(report_id="1"))

    assert page.payload is not None
    assert page.payload.orders == []
    missing: object = report.processing_status
    assert missing is None
    assert [str(surprise) for surprise in caller.client.drift] == [
        "getOrders: payload.Orders: missing",
        "getReport: createdTime: missing",
        "getReport: processingStatus: null",
        "getReport: reportType: missing",
    ]


def test_another_type_is_converted_or_kept_as_it_came(connect: Connect, script: Script) -> None:
    odd = {**ORDER, "AmazonOrderId": 17, "NumberOfItemsShipped": "3", "IsPrime": "true", "OrderTotal": "free"}
    caller = connect(script.says(answer({"payload": odd})))

    order = caller.send(GetOrder(order_id="902-1")).payload

    assert order is not None
    assert (order.amazon_order_id, order.number_of_items_shipped, order.is_prime) == ("17", 3, True)
    kept: object = order.order_total
    assert kept == "free"
    assert [surprise.what for surprise in caller.client.drift] == [
        "a number instead of text",
        "text instead of true or false",
        "text instead of a number",
        "text instead of an object",
    ]


def test_a_number_is_read_without_rounding(connect: Connect, script: Script) -> None:
    body = b'[{"Status": "Success", "FeesEstimate": {"TimeOfFeesEstimation": "2026-11-02T09:00:00Z",'
    body += b' "TotalFeesEstimate": {"CurrencyCode": "USD", "Amount": 0.1000000000000000055}}}]'
    caller = connect(script.says(httpx2.Response(200, content=body), httpx2.Response(200, content=body)))

    fast = caller.send(GetMyFeesEstimates(body=[]))[0].fees_estimate
    slow = connect(script, drift_every=1).send(GetMyFeesEstimates(body=[]))[0].fees_estimate

    exact = MoneyType(currency_code="USD", amount=Decimal("0.1000000000000000055"))
    assert fast is not None
    assert slow is not None
    assert fast.total_fees_estimate == slow.total_fees_estimate == exact


def test_an_answer_of_another_status_has_a_model_of_its_own(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({"orderId": "1"}, 202)))

    accepted = caller.call(
        lambda client: client.fulfillment_outbound.create_order(order_id="1", destination=None, line_items=[])
    )

    assert isinstance(accepted, CreateOrderAcceptedResponse)


@pytest.mark.parametrize("lie", ["often", "-1", "0", "NaN", "1e400", ""])
def test_a_lying_header_disturbs_nobody(connect: Connect, script: Script, lie: str) -> None:
    summaries: dict[str, Any] = {"payload": {"granularity": {}, "inventorySummaries": []}}
    call = GetInventorySummaries(
        granularity_type=GranularityType.MARKETPLACE, granularity_id="x", marketplace_ids=["x"]
    )
    caller = connect(script.says(*[answer(summaries, x_amzn_RateLimit_Limit=lie)] * 2))

    caller.send(call)
    caller.with_options(deadline=1).send(call)

    assert len(script.requests) == 2


def test_a_refusal_is_the_same_error_for_both_clients(connect: Connect, script: Script) -> None:
    script.says(refusal(404, "NotFound", "There is no order 902-1."))

    with pytest.raises(NotFound, match=r"^getOrder: 404 NotFound - There is no order 902-1. \[request req-1\]$"):
        connect(script).send(GetOrder(order_id="902-1"))
