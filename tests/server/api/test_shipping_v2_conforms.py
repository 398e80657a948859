"""What Shipping v2 answers, held against Amazon's published model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from postage import PRINTED, ordered, sold_elsewhere

from sellingpartner.testing import TestMarket

ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
JSON = {"Content-Type": "application/json"}
SHIPMENTS = "/shipping/v2/shipments"


@pytest.fixture(scope="module")
def definitions() -> dict[str, object]:
    path = MODELS / "shipping-api-model" / "shippingV2.json"
    if not path.exists():
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    found: dict[str, object] = json.loads(path.read_bytes())["definitions"]
    return found


def faults(definitions: dict[str, object], name: str, answer: object) -> list[str]:
    holder = jsonschema_rs.Draft4Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
    return [error.message for error in holder.iter_errors(answer)]


def test_every_answer_is_as_the_published_model_has_it(market: TestMarket, definitions: dict[str, object]) -> None:
    def call(method: str, path: str, body: object = None) -> tuple[int, Any]:
        sent = None if body is None else json.dumps(body).encode()
        answer = market.seller.call(method, path, headers=JSON if sent else {}, body=sent)
        return answer.status, answer.json()

    order, external = ordered(market), sold_elsewhere()
    asked = call("POST", f"{SHIPMENTS}/rates", order)
    found = asked[1]["payload"]
    ground = next(one for one in found["rates"] if one["serviceId"] == "UPS_PTP_GND")
    token = {"requestToken": found["requestToken"], "rateId": ground["rateId"]}
    inputs = call(
        "GET", f"{SHIPMENTS}/additionalInputs/schema?requestToken={found['requestToken']}&rateId={token['rateId']}"
    )
    purchase = token | {
        "requestedDocumentSpecification": PRINTED,
        "requestedValueAddedServices": [{"id": "NO_CONFIRMATION"}],
    }
    bought = call("POST", SHIPMENTS, purchase)
    again = call("POST", SHIPMENTS, purchase)
    one_click = call(
        "POST",
        "/shipping/v2/oneClickShipment",
        external | {"labelSpecifications": PRINTED, "serviceSelection": {"serviceId": ["std-us-swa-mfn"]}},
    )
    direct = call("POST", f"{SHIPMENTS}/directPurchase", external)
    payload = bought[1]["payload"]
    number = payload["packageDocumentDetails"][0]["trackingId"]
    tracking = call("GET", f"/shipping/v2/tracking?trackingId={number}&carrierId=UPS")
    papers = call(
        "GET", f"{SHIPMENTS}/{payload['shipmentId']}/documents?packageClientReferenceId=box-1&format=PNG&dpi=300"
    )
    canceled = call("PUT", f"{SHIPMENTS}/{direct[1]['payload']['shipmentId']}/cancel")

    answers = {
        "GetRatesResponse": asked,
        "GetAdditionalInputsResponse": inputs,
        "PurchaseShipmentResponse": bought,
        "ErrorList": again,
        "OneClickShipmentResponse": one_click,
        "DirectPurchaseResponse": direct,
        "GetTrackingResponse": tracking,
        "GetShipmentDocumentsResponse": papers,
        "CancelShipmentResponse": canceled,
    }
    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(answers, 200) | {"ErrorList": 400}
    wrong = {name: faults(definitions, name, answer) for name, (_, answer) in answers.items()}
    assert {name: said for name, said in wrong.items() if said} == {}
