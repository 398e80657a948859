"""What Merchant Fulfillment answers, held against Amazon's published model."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from shipper import SHIPMENTS, items_of, parcel

from sellingpartner.contract.merchant_fulfillment_v0 import ShipmentRequestDetails
from sellingpartner.testing import TestMarket

ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def definitions() -> dict[str, object]:
    path = MODELS / "merchant-fulfillment-api-model" / "merchantFulfillmentV0.json"
    if not path.exists():
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    found: dict[str, object] = json.loads(path.read_bytes())["definitions"]
    return found


def faults(definitions: dict[str, object], name: str, answer: object) -> list[str]:
    holder = jsonschema_rs.Draft4Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
    return [error.message for error in holder.iter_errors(answer)]


def test_every_answer_is_as_the_published_model_has_it(market: TestMarket, definitions: dict[str, object]) -> None:
    order_id = market.buys()
    market.advance(minutes=1)
    details = parcel(order_id, items_of(market.seller, order_id))

    eligible = market.seller.call(
        "POST", "/mfn/v0/eligibleShippingServices", headers=JSON, body=_body(ShipmentRequestDetails=_told(details))
    )
    inputs = market.seller.call(
        "POST",
        "/mfn/v0/additionalSellerInputs",
        headers=JSON,
        body=_body(
            ShippingServiceId="UPS_STANDARD_INTL",
            ShipFromAddress=_told(details)["ShipFromAddress"],
            OrderId=order_id,
        ),
    )
    bought = market.restricted(SHIPMENTS, method="POST").call(
        "POST",
        SHIPMENTS,
        headers=JSON,
        body=_body(ShipmentRequestDetails=_told(details), ShippingServiceId="UPS_PTP_GND"),
    )
    path = f"{SHIPMENTS}/{bought.json()['payload']['ShipmentId']}"
    read = market.restricted(path).call("GET", path)
    canceled = market.restricted(path, method="DELETE").call("DELETE", path)
    refused = market.seller.call("POST", "/mfn/v0/additionalSellerInputs", headers=JSON, body=b"{}")

    assert [one.status for one in (eligible, inputs, bought, read, canceled, refused)] == [200] * 5 + [400]
    assert faults(definitions, "GetEligibleShipmentServicesResponse", eligible.json()) == []
    assert faults(definitions, "GetAdditionalSellerInputsResponse", inputs.json()) == []
    assert faults(definitions, "CreateShipmentResponse", bought.json()) == []
    assert faults(definitions, "GetShipmentResponse", read.json()) == []
    assert faults(definitions, "CancelShipmentResponse", canceled.json()) == []
    assert faults(definitions, "GetShipmentResponse", refused.json()) == []


def _told(details: ShipmentRequestDetails) -> dict[str, object]:
    told: dict[str, object] = json.loads(_body_of(details))
    return told


def _body_of(details: ShipmentRequestDetails) -> bytes:
    return msgspec.json.Encoder(decimal_format="number").encode(details)


def _body(**said: object) -> bytes:
    return json.dumps(said).encode()
