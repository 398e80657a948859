"""The log of calls, as the control API shows it."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.market_v1.calls import WATCHING
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.history import between
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US


def names(calls: v1.Calls) -> list[str | None]:
    return [call.operation for call in calls.requests]


def test_whoever_has_read_the_log_is_told_what_came_after(market: TestMarket, operator: Caller) -> None:
    market.seller.send(GetOrders(marketplace_ids=[US], created_after="2026-11-01"))
    seen = operator.send(v1.ListRequests())
    order_id = market.buys()
    market.seller.call("GET", f"/orders/v0/orders/{order_id}")
    market.seller.call("GET", "/orders/v0/orders")
    market.seller.send(GetOrder(order_id=order_id))

    first = operator.send(v1.ListRequests(after=seen.latest, limit=2))
    rest = operator.send(v1.ListRequests(after=first.latest))
    nothing = operator.send(v1.ListRequests(after=rest.latest, operation_name="getOrder"))

    assert names(seen) == ["getOrders"]
    assert names(first) + names(rest) == ["listRequests", "getOrder", "getOrders", "getOrder", "listRequests"]
    assert [call.number for call in first.requests] == [seen.latest + 1, seen.latest + 2]
    assert nothing.requests == []
    assert nothing.latest > rest.latest
    assert operator.send(v1.ListRequests(after=10**9)).latest == 10**9


def test_who_only_looks_on_is_in_the_log_once_and_where_they_are_refused(market: TestMarket, operator: Caller) -> None:
    looking = {WATCHING: "1"}
    operator.send(v1.ListDeliveries(limit=1))

    for _ in range(3):
        assert operator.call("GET", "/market/v1/deliveries?after=0", headers=looking).status == 200
    refused = operator.call("GET", "/market/v1/deliveries/7", headers=looking)
    body = looking | {"Content-Type": "application/json"}
    assert operator.call("POST", "/market/v1/clock/freeze", headers=body, body=b"{}").status == 200

    calls = operator.send(v1.ListRequests()).requests
    assert [(call.operation, call.status) for call in calls] == [
        ("freezeClock", 200),
        ("getDelivery", refused.status),
        ("listDeliveries", 200),
    ]


def test_calls_are_found_by_seller_operation_and_status(market: TestMarket, operator: Caller) -> None:
    other = market.join("Second Shop")
    market.caller(seller=other).call("GET", "/orders/v0/orders")
    market.seller.call("GET", "/orders/v0/orders/902-1234567-1234567")
    market.seller.call("GET", "/orders/v0/orders")

    assert names(operator.send(v1.ListRequests(seller_id=other.seller_id))) == ["getOrders"]
    assert names(operator.send(v1.ListRequests(operation_name="getOrder"))) == ["getOrder"]
    assert len(operator.send(v1.ListRequests(operation_name="getOrders", status=400)).requests) == 2
    assert operator.send(v1.ListRequests(faulty=True)).requests == []


def test_a_call_says_who_sent_it_what_was_odd_and_what_is_left_of_its_plan(
    operators: Callable[[TestMarket], Caller],
) -> None:
    market = TestMarket(limits=Limits.REAL)
    order_id = market.buys()
    path = f"/orders/v0/orders/{order_id}/buyerInfo"
    market.seller.call("GET", f"{path}?buyer=jane@doe.example&expand=all", headers={"User-Agent": "Shop/2 (Python)"})
    market.restricted(path, "buyerInfo").call("GET", path)

    restricted, plain = operators(market).send(v1.ListRequests()).requests
    market.close()

    assert (plain.agent, plain.unknown_parameters) == ("Shop/2 (Python)", ["buyer", "expand"])
    assert "jane" not in str(plain)
    assert (plain.left, plain.burst, plain.elements) == (29, 30, None)
    assert (restricted.elements, restricted.left) == (["buyerInfo"], 28)
    assert (restricted.size or 0) > (plain.size or 0) > 0


def test_what_a_call_brought_about_says_so(market: TestMarket, operator: Caller) -> None:
    order = operator.send(v1.PlaceOrder(lines=[v1.OrderLine(sku="MUG-BLUE")]))
    call = operator.send(v1.ListRequests()).requests[0]

    with market.market.read() as unit:
        facts = between(unit, market.seller_account.seller_id, market.now, market.now)

    assert order.order_id
    assert {one.kind for one in facts if one.cause == call.request_id} >= {"OrderPlaced"}


def test_the_usage_plan_that_is_nearest_to_its_limit_comes_first() -> None:
    market = TestMarket(limits=Limits.REAL)
    for _ in range(3):
        market.seller.call("GET", "/orders/v0/orders")
    market.seller.call("GET", "/orders/v0/orders/902-1234567-1234567")
    market.advance(seconds=0.5)
    operator = market.anybody()

    usage = operator.send(v1.ListUsage())
    market.advance(minutes=5)
    later = operator.send(v1.ListUsage())
    market.close()

    assert [(one.operation, one.api, one.left, one.burst) for one in usage.plans] == [
        ("getOrders", "orders v0", 17.008, 20),
        ("getOrder", "orders v0", 29.25, 30),
    ]
    assert [one.full_in_seconds for one in usage.plans] == [179.1, 1.5]
    assert later.plans == []


def test_without_limits_no_usage_is_counted(market: TestMarket, operator: Caller) -> None:
    market.seller.call("GET", "/orders/v0/orders")

    assert operator.send(v1.ListUsage()) == v1.Usage(limits=v1.Limits.OFF, plans=[])
