from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sellingpartner.contract.registry import modules, operations
from sellingpartner.server.gateway.handlers import handled
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


def test_operations_that_are_not_served_are_marked_and_no_others(market: TestMarket) -> None:
    marked = {key for module in modules() for key, said in described(market, module) if not said.get("x-served", True)}

    assert marked == {entry.key for entry in operations()} - handled().keys()
    assert all(said.get("x-served", True) for _, said in described(market, "market_v1"))


def test_the_list_of_documents_says_what_is_served(market: TestMarket) -> None:
    served = market.anybody().call("GET", "/openapi/").json()["served"]

    assert set(served) == handled().keys()


def test_an_operation_that_is_not_served_answers_as_its_document_says(market: TestMarket) -> None:
    said = dict(described(market, "vendor_orders_v1"))["GET /vendor/orders/v1/purchaseOrders"]

    reply = market.seller.call("GET", "/vendor/orders/v1/purchaseOrders")

    assert said["description"] == "Not served here: the answer is 501 Not Implemented."
    assert said["responses"]["501"]["content"] == said["responses"]["400"]["content"]
    assert said["responses"].keys() >= {"200", "400", "501"}
    assert reply.status == 501


def described(market: TestMarket, module: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The operations of a document, by method and path."""
    document = market.anybody().call("GET", f"/openapi/{module}.json").json()
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            yield f"{method.upper()} {path}", said
