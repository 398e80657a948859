"""The whole story of one call."""

from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.operation import places
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.testing import Caller, TestMarket

WHAT_IT_HAS = f"it has {', '.join(place.wire_name for place in places(GetOrders).query)}."


def latest(operator: Caller) -> str:
    return operator.send(v1.ListRequests(limit=1)).requests[0].request_id


def test_a_call_is_told_with_what_it_brought_about_and_who_heard_of_it(market: TestMarket, operator: Caller) -> None:
    market.subscribe("ORDER_CHANGE")
    market.buys()  # at the same frozen moment, and none of the call's doing
    order = operator.send(v1.PlaceOrder(lines=[v1.OrderLine(sku="MUG-BLUE")]))
    story = operator.send(v1.GetRequest(request_id=latest(operator)))

    assert (story.call.operation, story.application, story.grant) == ("placeOrder", None, None)
    placed = [fact for fact in story.facts if fact.kind == "OrderPlaced"]
    assert [(fact.seller_id, fact.values["order_id"]) for fact in placed] == [
        (market.seller_account.seller_id, order.order_id)
    ]
    assert {one.notification_type for one in story.notifications} == {"ORDER_CHANGE"}
    assert all(one.body is None for one in story.notifications)


def test_a_refusal_comes_with_its_reason_its_right_and_advice(market: TestMarket, operator: Caller) -> None:
    market.seller.call("GET", "/orders/v0/orders/902-1234567-1234567")
    market.seller.call("GET", "/orders/v0/orders?marketplaceIds=ATVPDKIKX0DER&since=2026")
    request_id = latest(operator)
    market.seller.call("GET", "/sellers/v1/marketplaceParticipations")

    story = operator.send(v1.GetRequest(request_id=request_id))

    assert (story.application, story.seller) == ("Harbor Desk", "Harbor Goods")
    assert story.grant is not None
    assert (story.grant.stands, story.grant.needed) == (True, ["sellingpartnerapi::orders"])
    assert [one.operation for one in story.neighbors] == ["getOrder", "getMarketplaceParticipations"]
    assert story.facts == []
    assert [sentence.partition("; ")[::2] for sentence in story.advice] == [
        ("Parameter MarketplaceIds is missing", "getOrders requires it. It must be a list of texts."),
        ("getOrders has no parameter marketplaceIds, so it was ignored", "did you mean MarketplaceIds?"),
        ("getOrders has no parameter since, so it was ignored", WHAT_IT_HAS),
        ("getOrders (orders v0) is deprecated", "Amazon may take it away."),
        ("It has no User-Agent", "Amazon asks for one that names the application, its version and its language."),
    ]


def test_a_call_that_is_not_in_the_log_is_not_found(operator: Caller) -> None:
    with pytest.raises(NotFound, match="keeps the latest 20,000"):
        operator.send(v1.GetRequest(request_id="x" * 500))
