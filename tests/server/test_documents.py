from __future__ import annotations

from sellingpartner.contract.registry import modules
from sellingpartner.testing import TestMarket


def test_every_api_and_the_markets_own_has_a_document(market: TestMarket) -> None:
    listed = market.anybody().call("GET", "/openapi/").json()["documents"]

    assert len(listed) == len(modules()) + 1
    assert "/openapi/market_v1.json" in listed


def test_a_document_tells_what_the_contract_says(market: TestMarket) -> None:
    document = market.anybody().call("GET", "/openapi/orders_v0.json").json()

    assert document["openapi"].startswith("3.1")
    assert "get" in document["paths"]["/orders/v0/orders/{orderId}"]


def test_the_control_api_is_described_with_its_own_key(market: TestMarket) -> None:
    document = market.anybody().call("GET", "/openapi/market_v1.json").json()

    assert set(document["paths"]["/market/v1/orders"]) == {"post"}
    assert document["components"]["securitySchemes"] == {"accessToken": {"type": "http", "scheme": "bearer"}}
    assert document["security"] == [{"accessToken": []}, {}]


def test_a_document_that_does_not_exist_is_not_found(market: TestMarket) -> None:
    reply = market.anybody().call("GET", "/openapi/nothing.json")

    assert reply.status == 404
    assert reply.json()["errors"][0]["code"] == "NotFound"
