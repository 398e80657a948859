from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.server.gateway.handlers import handled
from sellingpartner.server.process.credentials import Credentials

Spapi = Callable[..., Any]


def test_the_help_of_an_operation_is_read_from_the_contract(spapi: Spapi) -> None:
    told = spapi("call", "confirmShipment", "--help")

    rows = [line.split() for line in told.out.splitlines()]
    assert (told.code, told.err) == (0, "")
    assert ["Call", "POST", "/orders/v0/orders/{orderId}/shipmentConfirmation"] in rows
    assert ["Rate", "2/s,", "burst", "10"] in rows
    assert ["Scope", "sellingpartnerapi::orders"] in rows
    assert ["orderId", "required", "path", "text"] in rows
    assert ["packageDetail.orderItems.0.quantity", "required", "body", "whole", "number"] in rows
    assert ["codCollectionMethod", "body", "one", "of", "DirectPayment"] in rows


def test_the_help_of_the_command_is_told_without_an_operation(spapi: Spapi) -> None:
    told = spapi("call", "--help")

    assert told.code == 0
    assert told.out.startswith("Usage: spapi call OPERATION [NAME=VALUE...] [OPTIONS]\n")
    assert "SP_API_REFRESH_TOKEN_<ACCOUNT>" in told.out.replace("\n", "").replace("│", "").replace(" ", "")


def test_operations_say_whether_this_market_serves_them(spapi: Spapi, ready: Credentials) -> None:
    every = spapi("operations", "--json").json()["operations"]
    served = spapi("operations", "--served", "--json").json()["operations"]
    told = spapi("operations", "getOrders").out.splitlines()

    assert served == [row for row in every if row["servedHere"]]
    assert {row["servedHere"] for row in every} == {True, False}
    assert {f"{row['method']} {row['path']}" for row in served} == handled().keys()
    assert told[0].split()[:4] == ["Operation", "API", "Served", "here"]
    assert told[1].split()[:4] == ["getOrders", "orders", "v0", "yes"]


def test_operations_are_found_by_a_word(spapi: Spapi) -> None:
    told = spapi("operations", "shipment_confirmation").out.splitlines()
    machine = spapi("operations", "fees-estimate", "--json").json()["operations"]
    everything = spapi("operations", "--json").json()["operations"]

    assert told[1].split() == [
        "confirmShipment", "orders", "v0", "POST", "/orders/v0/orders/{orderId}/shipmentConfirmation",
        "2/s", "10", "orders",
    ]  # fmt: skip
    assert {row["name"] for row in machine} == {
        "getMyFeesEstimateForSKU", "getMyFeesEstimateForASIN", "getMyFeesEstimates",
    }  # fmt: skip
    assert len(everything) == 372
    assert everything[0]["servedHere"] is None  # nobody was asked
    assert spapi("operations", "--served").err.startswith("spapi: What is served is known of a market that runs; ")
    assert spapi("operations", "zebra").out == "No operation has 'zebra' in its name, API or path.\n"
