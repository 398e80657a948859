"""Restricted data tokens: opened by rules, and opening exactly what they name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.scopes import ORDERS, REPORTS
from sellingpartner.contract.tokens_2021_03_01 import CreateRestrictedDataToken, Method, RestrictedResource
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.questions import caller_of
from sellingpartner.market.accounts.tokens import REVOKED
from sellingpartner.testing import Caller, TestMarket

NO_ACCESS = "Application do not have access to some or all requested resource"
ORDER = "/orders/v0/orders/902-3159896-1390916"
DOCUMENT = "/reports/2021-06-30/documents/amzn1.spdoc.1.4.na.0f.B"


def resource(path: str, *elements: str, method: str = "GET") -> RestrictedResource:
    return RestrictedResource(method=Method(method), path=path, data_elements=list(elements) or None)


def token_for(caller: Caller, *resources: RestrictedResource, target: str | None = None) -> str:
    request = CreateRestrictedDataToken(restricted_resources=list(resources), target_application=target)
    return caller.send(request).restricted_data_token or ""


def reason(market: TestMarket) -> str:
    market.server.journal.flush()
    with market.market.read() as unit:
        return latest_calls(unit, limit=1)[0].reason


def opens(caller: Caller, token: str, path: str, method: str = "GET") -> bool:
    """Whether the gateway lets a call pass with a token, whatever comes of it behind."""
    return caller.with_token(token).call(method, path).status != 403


def test_a_token_comes_for_an_hour(market: TestMarket, seller: Caller) -> None:
    request = CreateRestrictedDataToken(restricted_resources=[resource(ORDER, "buyerInfo")])

    reply = seller.send(request)

    assert reply.expires_in == 3600
    assert (reply.restricted_data_token or "").startswith("Atz.sprdt|")


def test_the_answer_has_no_payload_around_it(seller: Caller) -> None:
    body = b'{"restrictedResources": [{"method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo"]}]}'

    reply = seller.call(
        "POST", "/tokens/2021-03-01/restrictedDataToken", headers={"Content-Type": "application/json"}, body=body
    )

    assert sorted(reply.json()) == ["expiresIn", "restrictedDataToken"]


def test_a_concrete_path_opens_that_one_thing(seller: Caller) -> None:
    token = token_for(seller, resource(ORDER, "buyerInfo"))

    assert opens(seller, token, ORDER)
    assert not opens(seller, token, "/orders/v0/orders/902-0000000-0000000")
    assert not opens(seller, token, f"{ORDER}/orderItems")
    assert not opens(seller, token, f"{ORDER}/address")
    assert not opens(seller, token, "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER")
    assert not opens(seller, token, "/sellers/v1/account")


def test_a_template_opens_every_one_of_the_seller(seller: Caller) -> None:
    token = token_for(seller, resource("/orders/v0/orders/{orderId}", "shippingAddress"))

    assert opens(seller, token, ORDER)
    assert opens(seller, token, "/orders/v0/orders/902-0000000-0000000")
    assert not opens(seller, token, f"{ORDER}/orderItems")


def test_several_resources_fit_in_one_token(seller: Caller) -> None:
    token = token_for(
        seller,
        resource("/orders/v0/orders", "buyerInfo"),
        resource(f"{ORDER}/address"),
        resource("/mfn/v0/shipments", method="POST"),
        resource(DOCUMENT),
    )

    assert opens(seller, token, "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-10-01")
    assert opens(seller, token, f"{ORDER}/address")
    assert opens(seller, token, "/mfn/v0/shipments", "POST")
    assert opens(seller, token, DOCUMENT)
    assert not opens(seller, token, ORDER)


def test_the_elements_are_what_was_asked_for(market: TestMarket, seller: Caller) -> None:
    token = token_for(
        seller, resource(ORDER, "buyerInfo", "shippingAddress"), resource(f"{ORDER}/orderItems", "buyerInfo")
    )

    with market.market.read() as unit:
        caller = caller_of(unit, token)
    assert [(one.path, one.elements) for one in caller.resources] == [
        (ORDER, ("buyerInfo", "shippingAddress")),
        (f"{ORDER}/orderItems", ("buyerInfo",)),
    ]


@pytest.mark.parametrize("path", [ORDER, "/orders/v0/orders", f"{ORDER}/orderItems", f"{ORDER}/address"])
def test_an_empty_list_of_elements_opens_an_operation_without_personal_data(
    market: TestMarket, seller: Caller, path: str
) -> None:
    empty = RestrictedResource(method=Method.GET, path=path, data_elements=[])

    token = token_for(seller, empty)

    with market.market.read() as unit:
        assert [one.elements for one in caller_of(unit, token).resources] == [()]
    assert opens(seller, token, path)


def test_what_is_opened_without_elements_shows_nobody(market: TestMarket, seller: Caller) -> None:
    path = f"/orders/v0/orders/{market.buys()}"
    empty = RestrictedResource(method=Method.GET, path=path, data_elements=[])

    shown = seller.with_token(token_for(seller, empty)).call("GET", path)

    assert shown.status == 200
    assert b"Ada Finch" not in shown.body
    assert b"Ada Finch" in market.restricted(path, "shippingAddress").call("GET", path).body


def test_an_encoded_path_names_what_its_decoded_form_names(seller: Caller) -> None:
    token = token_for(seller, resource("/orders/v0/orders/902%2D3159896-1390916", "buyerInfo"))

    assert opens(seller, token, ORDER)


@pytest.mark.parametrize(
    ("path", "method", "elements", "why"),
    [
        (f"{ORDER}?x=1", "GET", ["buyerInfo"], "No operation is GET"),
        ("/orders/v0/orders?MarketplaceIds=A", "GET", ["buyerInfo"], "No operation is GET"),
        (f"{ORDER}%3Fx=1", "GET", ["buyerInfo"], "No operation is GET"),
        (f"{ORDER}/", "GET", ["buyerInfo"], "no slash at its end"),
        ("/orders/v0/orders/", "GET", ["buyerInfo"], "no slash at its end"),
        ("orders/v0/orders", "GET", ["buyerInfo"], "No operation is GET"),
        ("https://sellingpartnerapi-na.amazon.com/orders/v0/orders", "GET", ["buyerInfo"], "No operation is GET"),
        (f"{ORDER}", "PUT", ["buyerInfo"], "No operation is PUT"),
        ("/orders/v0/orders/{orderId", "GET", ["buyerInfo"], "No operation is GET"),
        ("/orders/v0/orders/902-{orderId}", "GET", ["buyerInfo"], "No operation is GET"),
        ("/orders/v0/{orders}", "GET", ["buyerInfo"], "No operation is GET"),
        ("", "GET", [], "No operation is GET"),
        ("/orders/2026-01-01/orders/1", "GET", [], "getOrder is not restricted"),
        ("/sellers/v1/account", "GET", [], "getAccount is not restricted"),
        (
            ORDER,
            "GET",
            [],
            "getOrder needs dataElements, some of buyerInfo, shippingAddress, buyerTaxInformation; an empty",
        ),
        ("/orders/v0/orders", "GET", [], "getOrders needs dataElements"),
        (f"{ORDER}/orderItems", "GET", [], "getOrderItems needs dataElements, some of buyerInfo; an empty"),
        ("/reports/2021-06-30/documents/{reportDocumentId}", "GET", [], "one document at a time"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_the_log_says_why(
    market: TestMarket, seller: Caller, path: str, method: str, elements: list[str], why: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        token_for(seller, resource(f"{ORDER}/address"), resource(path, *elements, method=method))

    assert (refused.value.status, refused.value.code, refused.value.message) == (400, "InvalidInput", NO_ACCESS)
    assert refused.value.details == ""
    assert why in reason(market)


@pytest.mark.parametrize(
    ("path", "elements", "named"),
    [
        (ORDER, ["buyerInfo", "creditCard"], "[creditCard]"),
        (
            f"{ORDER}/orderItems",
            ["buyerInfo", "shippingAddress", "buyerTaxInformation"],
            "[shippingAddress, buyerTaxInformation]",
        ),
        (f"{ORDER}/address", ["phone"], "[phone]"),
        (ORDER, ["é" * 1_000_000], f"[{'é' * 200}]"),
    ],
)
def test_elements_that_the_operation_does_not_show_are_refused(
    seller: Caller, path: str, elements: list[str], named: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        token_for(seller, resource(path, *elements))

    words = f"Application does not have access to one or more requested data elements: {named}"
    assert refused.value.message == words


def test_elements_mean_nothing_where_the_operation_opens_as_a_whole(seller: Caller) -> None:
    token = token_for(seller, resource(f"{ORDER}/address", "shippingAddress"))

    assert opens(seller, token, f"{ORDER}/address")


def test_a_resource_needs_the_scope_of_its_operation(market: TestMarket) -> None:
    reporter = market.caller(scopes=[REPORTS])

    assert opens(reporter, token_for(reporter, resource(DOCUMENT)), DOCUMENT)
    with pytest.raises(InvalidInput, match=NO_ACCESS):
        token_for(reporter, resource(DOCUMENT), resource(ORDER, "buyerInfo"))
    assert reason(market) == f"getOrder needs the scope {ORDERS}, which was not granted."


def test_a_token_is_for_the_application_itself(market: TestMarket, seller: Caller) -> None:
    own = market.application.application_id

    assert token_for(seller, resource(ORDER, "buyerInfo"), target=own)
    with pytest.raises(InvalidInput, match=NO_ACCESS):
        token_for(seller, resource(ORDER, "buyerInfo"), target="amzn1.sp.solution.another")
    assert "has not delegated" in reason(market)


@pytest.mark.parametrize("count", [0, 51])
def test_a_token_holds_one_to_fifty_resources(seller: Caller, count: int) -> None:
    with pytest.raises(InvalidInput, match=f"holds {count} resources; it must hold 1 to 50"):
        token_for(seller, *[resource(ORDER, "buyerInfo")] * count)


def test_fifty_resources_are_not_too_many(seller: Caller) -> None:
    paths = [f"/orders/v0/orders/902-0000000-{number:07d}" for number in range(50)]

    token = token_for(seller, *[resource(path, "buyerInfo") for path in paths])

    assert len(token) < 2048
    assert all(opens(seller, token, path) for path in paths)


@pytest.mark.parametrize("body", [{"restrictedResources": [{"method": "PATCH", "path": ORDER}]}, {}])
def test_a_body_that_breaks_the_contract_is_refused_by_it(seller: Caller, body: dict[str, Any]) -> None:
    reply = seller.call("POST", "/tokens/2021-03-01/restrictedDataToken", body=json.dumps(body).encode())

    assert (reply.status, reply.json()["errors"][0]["code"]) == (400, "InvalidInput")


def test_a_restricted_token_earns_no_other(seller: Caller) -> None:
    restricted = seller.with_token(token_for(seller, resource(ORDER, "buyerInfo")))

    assert not opens(seller, restricted.token or "", "/tokens/2021-03-01/restrictedDataToken", "POST")


def test_a_restricted_token_expires_by_market_time(market: TestMarket, seller: Caller) -> None:
    token = token_for(seller, resource(ORDER, "buyerInfo"))

    market.advance(seconds=3599)
    assert opens(seller, token, ORDER)
    market.advance(seconds=1)

    assert not opens(seller, token, ORDER)


def test_a_revoked_grant_takes_its_restricted_tokens_with_it(market: TestMarket, seller: Caller) -> None:
    token = token_for(seller, resource(ORDER, "buyerInfo"))
    with market.market.write(seller.seller_id) as unit:
        grant_id = caller_of(unit, token).grant_id or 0
        revoke_grant(unit, seller.seller_id, grant_id)

    refused = seller.with_token(token).call("GET", ORDER)

    assert refused.status == 403
    assert refused.json()["errors"][0]["details"] == REVOKED
