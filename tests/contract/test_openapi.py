from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from sellingpartner.contract import openapi
from sellingpartner.contract.orders_v0 import GetOrderResponse, Money, Order
from sellingpartner.contract.registry import modules, operations

Json = dict[str, Any]

document = cache(openapi.document)  # nobody here writes to one
each_module = pytest.mark.parametrize("module", modules())


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for item in part:
            yield from references(item)


@each_module
def test_a_document_has_all_operations_of_its_api(module: str) -> None:
    made = document(module, server_url="http://localhost:9100")

    assert made["openapi"] == "3.1.0"
    assert made["servers"] == [{"url": "http://localhost:9100"}]
    assert {f"{method.upper()} {path}" for path, item in made["paths"].items() for method in item} == {
        entry.key for entry in operations() if entry.module == module
    }


@each_module
def test_every_reference_leads_somewhere(module: str) -> None:
    made = document(module)

    assert {ref.removeprefix("#/components/schemas/") for ref in references(made)} <= made["components"][
        "schemas"
    ].keys()


@each_module
def test_every_schema_is_a_json_schema(module: str) -> None:
    made = document(module)

    for name, schema in made["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid(schema), name


@each_module
def test_every_path_parameter_is_declared_and_required(module: str) -> None:
    for path, item in document(module)["paths"].items():
        for operation in item.values():
            declared = {
                parameter["name"]: parameter["required"]
                for parameter in operation["parameters"]
                if parameter["in"] == "path"
            }
            assert declared == {part[1:-1]: True for part in path.split("/") if part.startswith("{")}


@each_module
def test_every_operation_has_an_identity_and_a_summary_of_its_own(module: str) -> None:
    made = [operation for item in document(module)["paths"].values() for operation in item.values()]

    assert len({operation["operationId"] for operation in made}) == len(made)
    assert all(operation["summary"] and operation["responses"] for operation in made)


def test_a_list_in_the_query_is_joined_by_commas_unless_its_key_is_repeated() -> None:
    orders = document("orders_v0")["paths"]["/orders/v0/orders"]["get"]["parameters"]
    items = document("fulfillment_inbound_2024_03_20")["paths"]["/inbound/fba/2024-03-20/items/prepDetails"]["get"]

    (ids,) = [parameter for parameter in orders if parameter["name"] == "MarketplaceIds"]
    (skus,) = [parameter for parameter in items["parameters"] if parameter["name"] == "mskus"]

    assert (ids["style"], ids["explode"]) == ("form", False)
    assert (skus["style"], skus["explode"]) == ("form", True)


def test_facts_that_openapi_has_no_word_for_are_extensions() -> None:
    operation = document("orders_v0")["paths"]["/orders/v0/orders"]["get"]

    assert operation["x-rate-limit"] == {"rate": 0.0167, "burst": 20}
    assert operation["x-scope"] == "sellingpartnerapi::orders"
    assert operation["x-restricted"] == {
        "required": False,
        "elements": ["buyerInfo", "shippingAddress", "buyerTaxInformation"],
    }
    assert operation["deprecated"] is True


def test_a_refusal_has_the_errors_of_every_refusal() -> None:
    operation = document("orders_v0")["paths"]["/orders/v0/orders"]["get"]

    assert operation["responses"]["403"] == {
        "description": "Forbidden",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}},
    }


def test_an_operation_with_two_successes_describes_both() -> None:
    made = document("fulfillment_outbound_2026_07_04")["paths"]["/fulfillment/outbound/2026-07-04/orders"]["post"]

    answers = {
        status: response["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        for status, response in made["responses"].items()
        if status < "300"
    }

    assert answers == {"200": "CreateOrderResponse", "202": "CreateOrderAcceptedResponse"}


def test_an_encoded_answer_is_valid_by_its_schema() -> None:
    made = document("orders_v0")
    order = Order(
        amazon_order_id="902-3159896-1390916",
        purchase_date="2026-01-17T12:00:00Z",
        last_update_date="2026-01-17T12:00:00Z",
        order_status="Unshipped",  # type: ignore[arg-type]
        order_total=Money(currency_code="USD", amount="19.90"),
    )
    answer = msgspec.json.Encoder(decimal_format="number").encode(GetOrderResponse(payload=order))

    validator = jsonschema_rs.validator_for(
        {"$ref": "#/components/schemas/GetOrderResponse", "components": made["components"]}
    )

    validator.validate(msgspec.json.decode(answer))
    assert not validator.is_valid({"payload": {"AmazonOrderId": 1}})


def test_numbers_are_numbers() -> None:
    schema = document("product_pricing_v0")["components"]["schemas"]["MoneyType"]

    assert schema["properties"]["Amount"]["anyOf"][0] == {"type": "number"}
    assert Decimal("1.5") == msgspec.json.decode(b"1.5", type=Decimal)


def test_an_api_that_does_not_exist_is_refused() -> None:
    with pytest.raises(LookupError, match="orders_v0"):
        document("unicorns_v1")
