from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.server.sandbox.matching import ABSENT, BODY, Case, Cases, Sent, as_text, in_order
from sellingpartner.server.sandbox.models import cases_in
from sellingpartner.testing.world import US, TestMarket


def case(status: int, **wanted: Any) -> Case:  # noqa: ANN401 - JSON
    return Case(wanted=tuple(wanted.items()), status=status, body=b"")


def matched(cases: list[Case], body: object = ABSENT, required: tuple[str, ...] = (), **sent: str) -> int | None:
    found = Cases(in_order=in_order(cases), required=required).match(Sent(parameters=sent, body=body))
    return None if found is None else found.status


def test_what_a_case_does_not_list_may_have_any_value() -> None:
    assert matched([case(200, id="A")], id="A", other="x") == 200
    assert matched([case(200, id="A")], id="B") is None
    assert matched([case(200, id="A")]) is None
    assert matched([case(200)], id="whatever") == 200


def test_of_several_the_one_that_lists_most_is_taken_then_the_first() -> None:
    several = [case(500), case(200, id="A"), case(201, id="A"), case(400, id="A", kind="x")]

    assert matched(several, id="A") == 200
    assert matched(several, id="A", kind="x") == 400
    assert matched(several, id="B") == 500


def test_required_parameters_must_be_there_whatever_their_value() -> None:
    assert matched([case(200)], required=("id",)) is None
    assert matched([case(200)], required=("id",), id="x") == 200
    assert matched([case(200)], required=(BODY,)) is None
    assert matched([case(200)], required=(BODY,), body={}) == 200


@pytest.mark.parametrize(
    ("wanted", "sent", "is_same"),
    [
        ({"n": 15.0, "m": [1, 2]}, {"m": [1, 2], "n": 15}, True),
        ({"n": 1}, {"n": True}, False),
        ({"n": None}, {}, False),
        ({"n": [1, 2]}, {"n": [2, 1]}, False),
        ({"n": "1"}, {"n": 1}, False),
        ([], [], True),
        ({}, ABSENT, False),
    ],
)
def test_a_body_is_the_same_as_json_is(wanted: object, sent: object, is_same: bool) -> None:  # noqa: FBT001
    assert (matched([case(200, body=wanted)], body=sent) == 200) is is_same


def test_values_are_compared_as_a_url_has_them() -> None:
    assert [as_text(one) for one in (True, 5, 0.5, ["A", "B"], "x")] == ["true", "5", "0.5", "A,B", "x"]


MODEL = {
    "paths": {
        "/orders/v0/orders": {
            "get": {
                "parameters": [{"name": "MarketplaceIds", "in": "query", "required": True}],
                "responses": {
                    "200": {
                        "x-amzn-api-sandbox": {
                            "static": [
                                {
                                    "request": {"parameters": {"CreatedAfter": {"value": "TEST_CASE_200"}}},
                                    "response": {"payload": {"Orders": []}},
                                }
                            ]
                        }
                    }
                },
            }
        },
        "/orders/v0/orders/{orderId}": {
            "get": {
                "x-amzn-api-sandbox": {"dynamic": {}},
                "parameters": [{"name": "orderId", "in": "path", "required": True}],
                "responses": {
                    "200": {
                        "x-amzn-api-sandbox": {
                            "static": [
                                {"request": {"parameters": {"orderId": {"value": "X"}}}, "response": {"payload": None}}
                            ]
                        }
                    }
                },
            }
        },
    },
    "definitions": {},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a model of one static operation and one that is dynamic besides."""
    (tmp_path / "orders-api-model").mkdir()
    (tmp_path / "orders-api-model" / "ordersV0.json").write_text(json.dumps(MODEL))
    return tmp_path


def test_what_no_case_is_for_is_refused_or_answered_by_the_world(folder: Path) -> None:
    market = TestMarket(models=folder)
    calling = market.in_sandbox()

    found = calling.call("GET", f"/orders/v0/orders?MarketplaceIds={US}&CreatedAfter=TEST_CASE_200")
    other = calling.call("GET", f"/orders/v0/orders?MarketplaceIds={US}&CreatedAfter=2026-10-01T00:00:00Z")
    lacking = calling.call("GET", "/orders/v0/orders?CreatedAfter=TEST_CASE_200")
    stated = calling.call("GET", "/orders/v0/orders/X")
    dynamic = calling.call("GET", "/orders/v0/orders/111-1111111-1111111")
    unmodeled = calling.call("GET", "/sellers/v1/marketplaceParticipations")
    stranger = market.in_sandbox(market.anybody()).call("GET", "/orders/v0/orders/X")
    market.close()

    refusal = {"errors": [{"code": "InvalidInput", "message": "Could not match input arguments", "details": ""}]}
    assert (found.status, found.json()) == (200, {"payload": {"Orders": []}})
    assert (other.status, other.json()) == (400, refusal)
    assert (lacking.status, lacking.json()) == (400, refusal)
    assert (stated.status, stated.json()) == (200, {"payload": None})
    assert dynamic.status == 404
    assert unmodeled.json()["payload"][0]["marketplace"]["id"] == US
    assert stranger.status == 403


@pytest.mark.parametrize("text", ["no JSON", "{}", "[]", '{"paths": {"/x": {"get": {"responses": {"200": []}}}}}'])
def test_a_model_that_is_none_is_said_and_no_defect(folder: Path, text: str) -> None:
    (folder / "orders-api-model" / "ordersV0.json").write_text(text)
    market = TestMarket(models=folder)

    reply = market.in_sandbox().call("GET", "/orders/v0/orders/X")
    market.close()

    assert reply.status == 503
    assert "ordersV0.json cannot be read" in reply.json()["errors"][0]["message"]


def test_a_value_that_a_model_forgot_to_wrap_counts_and_one_that_is_empty_does_not(tmp_path: Path) -> None:
    listed = {"body": {"amazonOrderId": "1"}, "id": {}}
    static = [{"request": {"parameters": listed}, "response": {}, "responseHeaders": {"location": {"value": "L"}}}]
    answer = {"x-amzn-api-sandbox": {"static": static}}
    model = {
        "paths": {"/x": {"post": {"parameters": [], "responses": {"200": {"$ref": "#/responses/Ok"}}}}},
        "responses": {"Ok": answer},
    }
    (tmp_path / "model.json").write_text(json.dumps(model))

    (only,) = cases_in(tmp_path / "model.json")["POST /x"].in_order

    assert only.wanted == ((BODY, {"amazonOrderId": "1"}),)
    assert only.headers == (("location", "L"),)
