from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from sellingpartner.contract import registry
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.feeds_2021_06_30 import CancelFeed
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem, Item
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.orders_v0 import ConfirmShipment, GetOrder, GetOrderResponse
from sellingpartner.contract.scopes import INVENTORY
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.unit import UnitOfWork, counters
from sellingpartner.testing import Caller, Reply, TestMarket

Serve = Callable[..., None]

ORDER = "/orders/v0/orders/902-1"
SHIP = f"{ORDER}/shipmentConfirmation"
SHIPMENT = (
    b'{"marketplaceId": "A", "packageDetail": {"packageReferenceId": "1", "carrierCode": "UPS", "trackingNumber": "1Z",'
    b' "shipDate": "2026-11-02T09:00:00Z", "orderItems": [{"orderItemId": "7", "quantity": 1}]}}'
)


def answers(_unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
    return GetOrderResponse()


def done(_unit: UnitOfWork, _request: ConfirmShipment, _caller: Identity) -> NoContent:
    return NoContent()


def error_of(reply: Reply) -> dict[str, Any]:
    (entry,) = reply.json()["errors"]
    found: dict[str, Any] = entry
    return found


UNKNOWN = {"code": "MissingAuthenticationToken", "message": "Missing Authentication Token"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/orders/v0/orders/"),
        ("GET", "//orders/v0/orders"),
        ("GET", "/orders/v0/../v0/orders"),
        ("GET", "/orders/v0/orders/%2F"),
        ("GET", "/%00"),
        ("GET", "/%FF%FE"),
        ("GET", "/" + "x" * 60_000),
        ("HEAD", ORDER),
        ("OPTIONS", ORDER),
        ("DELETE", ORDER),
        ("get", ORDER),
        ("BREW", ORDER),
    ],
)
def test_an_unknown_path_or_method_is_refused_before_any_token_is_asked_for(
    market: TestMarket, method: str, path: str
) -> None:
    reply = market.anybody().call(method, path)

    assert reply.status == 403
    assert error_of(reply) == UNKNOWN
    assert reply.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"
    assert "x-amzn-ratelimit-limit" not in reply.headers


def test_the_root_tells_the_time_to_who_asks(market: TestMarket) -> None:
    told = market.anybody().call("GET", "/")
    refused = market.anybody().call("POST", "/")

    assert told.json() == {"timestamp": "2026-11-02T09:00:00Z"}
    assert (refused.status, error_of(refused)["code"]) == (403, "Unauthorized")
    assert told.headers["x-amzn-requestid"] != refused.headers["x-amzn-requestid"]


def test_the_root_shows_a_browser_to_the_console(market: TestMarket) -> None:
    shown = market.anybody().call("GET", "/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (shown.status, shown.headers["location"], shown.body) == (303, "/console", b"")


def test_checks_come_in_their_order(serve: Serve) -> None:
    market = TestMarket(limits=Limits.REAL)
    serve(GetOrder, None)
    wrong_scope = market.caller(scopes=[INVENTORY])

    def statuses(who: Caller, times: int) -> list[int]:
        return [who.call("GET", ORDER, body=b"x").status for _ in range(times)]

    # No token is asked about first; a token without the scope never costs one of the bucket's.
    assert statuses(market.anybody(), 40) == [403] * 40
    assert statuses(wrong_scope, 40) == [403] * 40
    # The bucket (30) comes before the answer that nothing is built, and that before the request is looked at.
    assert statuses(market.seller, 31) == [501] * 30 + [429]
    market.advance(seconds=2)
    serve(GetOrder, answers)
    assert statuses(market.seller, 2) == [400, 429]
    market.close()


def test_an_empty_bucket_is_told_as_amazon_tells_it(serve: Serve) -> None:
    market = TestMarket(limits=Limits.REAL)
    serve(GetOrder, answers)
    replies = [market.seller.call("GET", ORDER) for _ in range(31)]

    assert [reply.status for reply in replies] == [200] * 30 + [429]
    assert error_of(replies[-1]) == {
        "code": "QuotaExceeded",
        "message": "You exceeded your quota for the requested resource.",
        "details": "",
    }
    assert replies[-1].headers["x-amzn-errortype"] == "TooManyRequestsException"
    assert "x-amzn-ratelimit-limit" not in replies[-1].headers
    assert "retry-after" not in replies[-1].headers
    assert market.caller(seller=market.join("Other Goods")).call("GET", ORDER).status == 200
    market.close()


@pytest.mark.parametrize(("limits", "text"), [(Limits.REAL, "0.5"), (Limits.TIMES_TEN, "5.0"), (Limits.OFF, "0.5")])
def test_the_rate_is_told_in_decimals(serve: Serve, limits: Limits, text: str) -> None:
    market = TestMarket(limits=limits)
    serve(GetOrder, answers)

    assert market.seller.call("GET", ORDER).headers["x-amzn-ratelimit-limit"] == text
    market.close()


def test_rates_are_never_powers_of_ten_or_rounding_errors(serve: Serve) -> None:
    market = TestMarket(limits=Limits.TIMES_TEN)
    texts = set()
    for entry in registry.operations():
        if "{" not in entry.path and entry.method == "POST":
            request = registry.load(entry)
            serve(request, done)
            reply = market.seller.call("POST", entry.path, body=b"[")
            texts.add(reply.headers.get("x-amzn-ratelimit-limit", "0.0"))

    assert len(texts) > 5
    assert all(re.fullmatch(r"\d+\.\d{1,4}", text) for text in texts)
    market.close()


def test_the_rate_is_told_with_success_400_and_404_only(market: TestMarket, serve: Serve) -> None:
    def missing(_unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        raise NotFound("There is no such order.")

    def fails(_unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        raise ZeroDivisionError

    told = []
    for function, body in [(answers, b""), (answers, b"x"), (missing, b""), (fails, b""), (None, b"")]:
        serve(GetOrder, function)
        reply = market.seller.call("GET", ORDER, body=body)
        told.append((reply.status, "x-amzn-ratelimit-limit" in reply.headers))

    assert told == [(200, True), (400, True), (404, True), (500, False), (501, False)]
    assert "x-amzn-ratelimit-limit" not in market.anybody().call("GET", ORDER).headers


def test_an_answer_without_content_has_neither_body_nor_type(market: TestMarket, serve: Serve) -> None:
    serve(ConfirmShipment, done)
    reply = market.seller.call("POST", SHIP, body=SHIPMENT)

    assert (reply.status, reply.body) == (204, b"")
    assert "content-type" not in reply.headers
    assert reply.headers["x-amzn-ratelimit-limit"] == "2.0"


def test_every_answer_can_be_found_again(market: TestMarket, serve: Serve) -> None:
    serve(GetOrder, answers)
    replies = [
        market.seller.call("GET", ORDER),
        market.seller.call("GET", ORDER, body=b"x"),
        market.anybody().call("GET", ORDER),
        market.anybody().call("GET", "/nothing"),
    ]
    ids = {reply.headers["x-amzn-requestid"] for reply in replies}

    assert len(ids) == 4
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)
    assert all("x-amz-apigw-id" not in reply.headers for reply in replies)


@pytest.mark.parametrize("headers", [{"Content-Length": "2"}, {"Transfer-Encoding": "chunked"}])
def test_a_read_must_not_have_a_body(market: TestMarket, serve: Serve, headers: dict[str, str]) -> None:
    serve(GetOrder, answers)
    reply = market.seller.call("GET", ORDER, headers=headers, body=b"{}")

    assert (reply.status, error_of(reply)["message"]) == (400, "A GET request must not have a body.")


def test_a_delete_may_come_with_an_empty_object(market: TestMarket, serve: Serve) -> None:
    def deleted(_: UnitOfWork, __: CancelFeed, ___: Identity) -> NoContent:
        return NoContent()

    serve(CancelFeed, deleted)
    target = "/feeds/2021-06-30/feeds/1"

    assert market.seller.call("DELETE", target, body=b"{}").status == 200
    assert market.seller.call("DELETE", target, body=b"anything", headers={"Content-Type": "text/plain"}).status == 200


@pytest.mark.parametrize("sku", ["A/B C", "A&B", "50%", "A+B", "A#B", "A?B=C", "größe 尺寸 😀", "/A/", "a..b", "A%2FB"])
def test_a_sku_in_a_path_arrives_as_it_was_meant(market: TestMarket, serve: Serve, sku: str) -> None:
    seen: list[str] = []

    def item(_unit: UnitOfWork, request: GetListingsItem, _caller: Identity) -> Item:
        seen.append(request.sku)
        return Item(sku=request.sku)

    serve(GetListingsItem, item)
    reply = market.seller.call("GET", f"/listings/2021-08-01/items/A1/{quote(sku, safe='')}?marketplaceIds=A")

    assert (reply.json()["sku"], seen) == (sku, [sku])


def test_nothing_sent_can_end_up_as_a_header(market: TestMarket, serve: Serve) -> None:
    serve(GetOrder, answers)
    reply = market.seller.call("GET", "/orders/v0/orders/x%0D%0ASet-Cookie:%20a=b?x=%0D%0AX-Evil:%201")

    assert reply.status == 200
    assert not {"set-cookie", "x-evil"} & set(reply.headers)
    assert not any("\r" in value or "\n" in value for value in reply.headers.values())


def test_a_write_that_fails_leaves_nothing_behind(market: TestMarket, serve: Serve) -> None:
    def half(unit: UnitOfWork, _request: ConfirmShipment, _caller: Identity) -> NoContent:
        unit.next_number("shipments")
        raise ZeroDivisionError

    serve(ConfirmShipment, half)
    reply = market.seller.call("POST", SHIP, body=SHIPMENT)

    assert (reply.status, error_of(reply)["code"]) == (500, "InternalFailure")
    with market.market.write(market.seller.seller_id) as unit:
        assert unit.next_number("shipments") == 1


def test_a_write_that_is_refused_leaves_nothing_behind(market: TestMarket, serve: Serve) -> None:
    def half(unit: UnitOfWork, _request: ConfirmShipment, _caller: Identity) -> NoContent:
        unit.next_number("shipments")
        raise NotFound("There is no such order.")

    serve(ConfirmShipment, half)

    assert market.seller.call("POST", SHIP, body=SHIPMENT).status == 404
    with market.market.write(market.seller.seller_id) as unit:
        assert unit.next_number("shipments") == 1


def test_a_database_that_does_not_answer_is_503(market: TestMarket, serve: Serve) -> None:
    def locked(_unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        raise OperationalError("SELECT 1", None, Exception("database is locked"))

    serve(GetOrder, locked)
    reply = market.seller.call("GET", ORDER)

    assert (reply.status, error_of(reply)["code"]) == (503, "ServiceUnavailable")
    assert reply.headers["retry-after"] == "2"


def test_threads_read_and_write_one_file_at_once(tmp_path: Path, serve: Serve) -> None:
    market = TestMarket(f"sqlite:///{tmp_path}/market.db")

    def counts(unit: UnitOfWork, _request: ConfirmShipment, _caller: Identity) -> NoContent:
        unit.next_number("shipments")
        return NoContent()

    def looks(unit: UnitOfWork, _request: GetOrder, _caller: Identity) -> GetOrderResponse:
        shipped = select(counters.c.value).where(counters.c.name == "shipments")
        assert unit.execute(shipped).scalar() == unit.execute(shipped).scalar()
        return GetOrderResponse()

    serve(ConfirmShipment, counts)
    serve(GetOrder, looks)

    def one(number: int) -> int:
        if number % 2:
            return market.seller.call("GET", ORDER).status
        return market.seller.call("POST", SHIP, body=SHIPMENT).status

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(one, range(80)))

    assert statuses == [204, 200] * 40
    with market.market.write(market.seller.seller_id) as unit:
        assert unit.next_number("shipments") == 41
    market.close()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "CONNECT"])
def test_a_page_of_another_origin_is_not_let_in_by_any_method(seller: Caller, method: str) -> None:
    asked = {"Origin": "https://shop.example", "Access-Control-Request-Method": "GET"}

    reply = seller.call(method, "/sellers/v1/account", headers=asked)

    assert (reply.status, reply.headers["x-amzn-errortype"]) == (403, "MissingAuthenticationTokenException")
    assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "headers", [{"Content-Type": "application/json"}, {"Content-Type": "text/plain", "Content-Length": "0"}]
)
def test_a_type_without_a_body_is_no_body(seller: Caller, headers: dict[str, str]) -> None:
    assert seller.call("GET", "/sellers/v1/account", headers=headers).status == 200


@pytest.mark.parametrize("path", ["/sellers/v1/%61ccount", "/%73ellers/v1/account?", "/sellers/v1/account?&&=&x"])
def test_what_need_not_be_encoded_may_be(seller: Caller, path: str) -> None:
    assert seller.call("GET", path).status == 200
