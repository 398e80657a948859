from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sellingpartner.contract.published.change import Change, How
from sellingpartner.contract.published.diff import api_changes, changes

Json = dict[str, Any]
Edit = Callable[[Callable[[Json], Any]], list[str]]

ORDERS = "ordersV0.json"


@pytest.fixture
def edited(models: Path, tmp_path: Path) -> Edit:
    """Edits a copy of the orders' model and says what is found in it."""
    (original,) = models.glob(f"*/{ORDERS}")

    def edit(change: Callable[[Json], Any]) -> list[str]:
        document = json.loads(original.read_bytes())
        change(document)
        path = tmp_path / ORDERS
        path.write_text(json.dumps(document), encoding="utf-8")
        return [str(found) for found in api_changes("orders_v0", path)]

    return edit


def test_the_folder_that_the_contract_was_made_from_changes_nothing(models: Path) -> None:
    assert changes(models) == []


def test_a_folder_without_models_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no published models"):
        changes(tmp_path)


def test_a_new_operation_is_told(edited: Edit) -> None:
    def add(model: Json) -> None:
        item = copy.deepcopy(model["paths"]["/orders/v0/orders/{orderId}/buyerInfo"])
        item["get"]["operationId"] = "getOrderNotes"
        model["paths"]["/orders/v0/orders/{orderId}/notes"] = item

    assert edited(add) == ["orders_v0: operation GET /orders/v0/orders/{orderId}/notes added"]


def test_an_operation_that_is_gone_is_told(edited: Edit) -> None:
    found = edited(lambda model: model["paths"].pop("/orders/v0/orders/{orderId}/address"))

    assert found == ["orders_v0: operation GET /orders/v0/orders/{orderId}/address removed"]


def test_another_rate_is_told(edited: Edit) -> None:
    def slow_down(model: Json) -> None:
        operation = model["paths"]["/orders/v0/orders/{orderId}"]["get"]
        operation["description"] = operation["description"].replace("| 0.5 | 30 |", "| 0.25 | 10 |")

    assert edited(slow_down) == ["orders_v0: rate of GET /orders/v0/orders/{orderId} changed: (0.5, 30) -> (0.25, 10)"]


def test_a_new_status_is_told(edited: Edit) -> None:
    def refuse(model: Json) -> None:
        responses = model["paths"]["/orders/v0/orders/{orderId}"]["get"]["responses"]
        responses["409"] = responses["404"]

    before, after = (200, 400, 403, 404, 429, 500, 503), (200, 400, 403, 404, 409, 429, 500, 503)
    assert edited(refuse) == [f"orders_v0: statuses of GET /orders/v0/orders/{{orderId}} changed: {before} -> {after}"]


def test_parameters_that_come_go_and_change_are_told(edited: Edit) -> None:
    def change(model: Json) -> None:
        operation = model["paths"]["/orders/v0/orders"]["get"]
        listed = {parameter["name"]: parameter for parameter in operation["parameters"]}
        listed["BuyerEmail"]["required"] = True
        listed["MarketplaceIds"]["maxItems"] = 20
        del listed["SellerOrderId"]
        listed["BuyerName"] = {"name": "BuyerName", "in": "query", "type": "string"}
        operation["parameters"] = list(listed.values())

    place = "in the query of GET /orders/v0/orders"
    longer, shorter = (f"list of text (max_length={most}), required" for most in (50, 20))
    assert edited(change) == [
        f"orders_v0: parameter BuyerEmail {place} changed: text, optional -> text, required",
        f"orders_v0: parameter BuyerName {place} added",
        f"orders_v0: parameter MarketplaceIds {place} changed: {longer} -> {shorter}",
        f"orders_v0: parameter SellerOrderId {place} removed",
    ]


def test_fields_and_definitions_that_come_go_and_change_are_told(edited: Edit) -> None:
    def change(model: Json) -> None:
        address = model["definitions"]["Address"]
        address["required"] = [*address.get("required", ()), "City"]
        del address["properties"]["County"]
        address["properties"]["Floor"] = {"type": "integer"}
        address["properties"]["Phone"] = {"$ref": "#/definitions/PhoneNumber"}
        model["definitions"]["PhoneNumber"] = {"type": "object", "properties": {"Number": {"type": "string"}}}
        model["definitions"]["MarketplaceId"] = {"type": "string", "maxLength": 20}

    found = edited(change)

    assert [line for line in found if " field Address." in line] == [
        "orders_v0: field Address.City changed: text, optional -> text, required",
        "orders_v0: field Address.County removed",
        "orders_v0: field Address.Floor added",
        "orders_v0: field Address.Phone changed: text, optional -> PhoneNumber, optional",
    ]
    assert "orders_v0: definition PhoneNumber added" in found
    assert "orders_v0: definition MarketplaceId changed: text -> text (max_length=20)" in found


def test_values_that_come_and_go_are_told(edited: Edit) -> None:
    def change(model: Json) -> None:
        values = model["definitions"]["ShipmentStatus"]["enum"]
        values.remove("RefusedPickup")
        values.append("Returned")

    assert edited(change) == [
        "orders_v0: value ShipmentStatus RefusedPickup removed",
        "orders_v0: value ShipmentStatus Returned added",
    ]


def test_apis_that_come_go_and_change_are_told(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(models, folder)
    (orders,) = folder.glob(f"*/{ORDERS}")
    orders.write_text(orders.read_text(encoding="utf-8").replace('"RefusedPickup"', '"Returned"'), encoding="utf-8")
    (folder / "tokens-api-model" / "tokens_2021-03-01.json").rename(folder / "tokens-api-model" / "tokens_2027.json")

    assert changes(folder) == [
        Change("tokens_2027.json", "api", "tokens-api-model", How.ADDED),
        Change("orders_v0", "value", "ShipmentStatus RefusedPickup", How.REMOVED),
        Change("orders_v0", "value", "ShipmentStatus Returned", How.ADDED),
        Change("tokens_2021_03_01", "api", "tokens_2021-03-01.json", How.REMOVED),
    ]
