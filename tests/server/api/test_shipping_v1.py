"""Shipping v1: the shipments of v2 by Amazon's own carrier, announced first or bought at once."""

from __future__ import annotations

import io
import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import zxingcpp
from PIL import Image
from postage import HOME, WAREHOUSE, buys, sold_elsewhere, tracked, tracking_of

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.shipping import LabelBought, LabelRefunded
from sellingpartner.testing import Caller, TestMarket

ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
JSON = {"Content-Type": "application/json"}
SHIPMENTS = "/shipping/v1/shipments"
GROUND = "Amazon Shipping Ground"
PNG = {"labelFormat": "PNG", "labelStockSize": "4x6"}
CONTAINER: dict[str, Any] = {
    "containerReferenceId": "crate-1",
    "value": {"value": 25, "unit": "USD"},
    "dimensions": {"length": 10, "width": 8, "height": 4, "unit": "IN"},
    "weight": {"value": 20, "unit": "oz"},
    "items": [
        {
            "quantity": 2,
            "unitPrice": {"value": 12.5, "unit": "USD"},
            "unitWeight": {"value": 9, "unit": "oz"},
            "title": "Blue mug",
        }
    ],
}
SAID: dict[str, Any] = {
    "clientReferenceId": "my-7",
    "shipFrom": WAREHOUSE,
    "shipTo": HOME,
    "containers": [CONTAINER],
}


def announced(seller: Caller, **changed: Any) -> v1.CreateShipmentResult:  # noqa: ANN401 - fields of many types
    return seller.send(msgspec.convert(SAID | changed, v1.CreateShipment, strict=False)).payload


def specification() -> v1.LabelSpecification:
    return msgspec.convert(PNG, v1.LabelSpecification)


def shown(market: TestMarket, shipment_id: str) -> v1.Shipment:
    path = f"{SHIPMENTS}/{{shipmentId}}"
    return market.restricted(path).send(v1.GetShipment(shipment_id=shipment_id)).payload


def test_a_shipment_is_announced_bought_followed_and_is_the_same_in_v2(market: TestMarket, seller: Caller) -> None:
    made = announced(seller)
    [offered] = made.eligible_rates
    assert shown(market, made.shipment_id).accepted_rate is None

    bought = seller.send(
        v1.PurchaseLabels(
            shipment_id=made.shipment_id, rate_id=offered.rate_id or "", label_specification=specification()
        )
    ).payload

    [result] = bought.label_results
    assert (bought.client_reference_id, result.container_reference_id) == ("my-7", "crate-1")
    assert bought.accepted_rate.total_charge == offered.total_charge
    assert result.label is not None
    picture = Image.open(io.BytesIO(b64decode(result.label.label_stream or "")))
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [result.tracking_id]
    view = shown(market, made.shipment_id)
    assert view.accepted_rate == bought.accepted_rate
    assert view.containers[0].items[0].title == "Blue mug"
    assert view.ship_to.city == "Portland"
    number = result.tracking_id or ""
    assert tracked(seller, number, "AMZN_US").summary.status == "PreTransit"
    market.advance(days=14)
    followed = seller.send(v1.GetTrackingInformation(tracking_id=number)).payload
    assert followed.summary.status == "Delivered"
    assert followed.event_history[-1].event_code == "Delivered"


def test_a_label_of_v2_is_seen_printed_and_canceled_in_v1(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn", format="ZPL", dpi=300)
    digits = bought.shipment_id.split(".")[2]

    view = shown(market, digits)
    printed = seller.send(
        v1.RetrieveShippingLabel(
            shipment_id=digits, tracking_id=tracking_of(bought), label_specification=specification()
        )
    ).payload
    seller.send(v1.CancelShipment(shipment_id=digits))

    assert (view.client_reference_id, view.containers[0].container_reference_id) == ("box-1", "box-1")
    assert b64decode(printed.label_stream).startswith(b"\x89PNG")
    assert tracked(seller, tracking_of(bought), "AMZN_US").summary.status == "PickupCancelled"
    market.advance(days=20)
    assert len(market.facts(LabelRefunded)) == 1


def test_a_shipment_is_bought_in_one_step_at_the_price_that_rates_tell(market: TestMarket, seller: Caller) -> None:
    specified = {name: CONTAINER[name] for name in ("dimensions", "weight")}
    asked = {
        "shipFrom": WAREHOUSE,
        "shipTo": HOME,
        "serviceTypes": [GROUND, "Amazon Shipping Premium"],
        "containerSpecifications": [specified],
    }
    [told] = seller.send(msgspec.convert(asked, v1.GetRates, strict=False)).payload.service_rates

    request = msgspec.convert(
        SAID | {"serviceType": GROUND, "labelSpecification": PNG}, v1.PurchaseShipment, strict=False
    )
    bought = seller.send(request).payload

    assert bought.service_rate == told
    [fact] = market.facts(LabelBought)
    assert (fact.order_id, fact.carrier) == (None, "AMZN_US")
    two = msgspec.convert(asked | {"containerSpecifications": [specified] * 2}, v1.GetRates, strict=False)
    [twice] = seller.send(two).payload.service_rates
    assert twice.total_charge.value == told.total_charge.value * 2


def test_a_seller_has_an_account(seller: Caller) -> None:
    account = seller.send(v1.GetAccount()).payload

    assert len(account.account_id) == 10


def refusal(seller: Caller, request: Any) -> InvalidInput:  # noqa: ANN401 - a request of any kind
    with pytest.raises(InvalidInput) as refused:
        seller.send(request)
    return refused.value


def test_labels_are_bought_once_in_time_and_by_a_rate_of_the_shipment(market: TestMarket, seller: Caller) -> None:
    made, other = announced(seller), announced(seller)

    def buy(shipment_id: str, rate_id: str | None) -> v1.PurchaseLabels:
        return v1.PurchaseLabels(shipment_id=shipment_id, rate_id=rate_id or "", label_specification=specification())

    foreign = refusal(seller, buy(made.shipment_id, other.eligible_rates[0].rate_id))
    seller.send(buy(made.shipment_id, made.eligible_rates[0].rate_id))
    twice = refusal(seller, buy(made.shipment_id, made.eligible_rates[0].rate_id))
    market.advance(minutes=11)
    late = refusal(seller, buy(other.shipment_id, other.eligible_rates[0].rate_id))
    unknown = refusal(seller, buy("1", "x"))

    assert "rateId" in (foreign.details or "")
    assert twice.details == "The labels of the shipment were purchased before."
    assert late.code == "TOKEN_EXPIRED"
    assert unknown.details == "Shipment not found for specified shipmentId"
    assert len(market.facts(LabelBought)) == 1


def test_an_announced_shipment_that_was_canceled_is_not_bought(seller: Caller) -> None:
    made = announced(seller)
    seller.send(v1.CancelShipment(shipment_id=made.shipment_id))

    again = refusal(seller, v1.CancelShipment(shipment_id=made.shipment_id))
    bought = refusal(
        seller,
        v1.PurchaseLabels(
            shipment_id=made.shipment_id,
            rate_id=made.eligible_rates[0].rate_id or "",
            label_specification=specification(),
        ),
    )

    assert again.details == "The shipment was cancelled before."
    assert bought.details == "The shipment was cancelled."


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"weight": {"value": 0, "unit": "g"}}, "containers[0].weight.value is 0"),
        ({"dimensions": {"length": 0, "width": 1, "height": 1, "unit": "CM"}}, "containers[0].dimensions.length"),
        ({"items": []}, "containers[0].items is empty"),
        ({"items": [CONTAINER["items"][0] | {"quantity": 1.5}]}, "containers[0].items[0].quantity is 1.5"),
        ({"value": {"value": -1, "unit": "USD"}}, "containers[0].value.value"),
    ],
)
def test_a_container_that_cannot_be_is_refused(seller: Caller, changed: dict[str, Any], named: str) -> None:
    request = msgspec.convert(SAID | {"containers": [CONTAINER | changed]}, v1.CreateShipment, strict=False)

    assert named in (refusal(seller, request).details or "")


def test_a_parcel_of_another_carrier_is_none_of_v1(market: TestMarket, seller: Caller) -> None:
    from postage import ordered  # noqa: PLC0415 - of an order

    bought = buys(seller, ordered(market))

    for request in (
        v1.GetTrackingInformation(tracking_id=tracking_of(bought)),
        v1.RetrieveShippingLabel(
            shipment_id=bought.shipment_id.split(".")[2],
            tracking_id=tracking_of(bought),
            label_specification=specification(),
        ),
    ):
        refusal(seller, request)


def test_every_answer_is_as_the_published_model_has_it(market: TestMarket) -> None:
    path = MODELS / "shipping-api-model" / "shipping.json"
    if not path.exists():
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    definitions = json.loads(path.read_bytes())["definitions"]

    def call(method: str, target: str, body: object = None) -> tuple[int, Any]:
        sent = None if body is None else json.dumps(body).encode()
        restricted = method == "GET" and target.startswith(SHIPMENTS)
        caller = market.restricted(target) if restricted else market.seller
        answer = caller.call(method, target, headers=JSON if sent else {}, body=sent)
        return answer.status, answer.json()

    rates = {
        "shipFrom": WAREHOUSE,
        "shipTo": HOME,
        "serviceTypes": [GROUND],
        "containerSpecifications": [{name: CONTAINER[name] for name in ("dimensions", "weight")}],
    }
    account = call("GET", "/shipping/v1/account")
    told = call("POST", "/shipping/v1/rates", rates)
    created = call("POST", SHIPMENTS, SAID)
    made = created[1]["payload"]
    one = f"{SHIPMENTS}/{made['shipmentId']}"
    labels = {"rateId": made["eligibleRates"][0]["rateId"], "labelSpecification": PNG}
    labeled = call("POST", f"{one}/purchaseLabels", labels)
    number = labeled[1]["payload"]["labelResults"][0]["trackingId"]
    bought = call("POST", "/shipping/v1/purchaseShipment", SAID | {"serviceType": GROUND, "labelSpecification": PNG})
    read = call("GET", one)
    printed = call("POST", f"{one}/containers/{number}/label", {"labelSpecification": PNG})
    tracking = call("GET", f"/shipping/v1/tracking/{number}")
    canceled = call("POST", f"{one}/cancel")
    again = call("POST", f"{one}/cancel")

    answers = {
        "GetAccountResponse": account,
        "GetRatesResponse": told,
        "CreateShipmentResponse": created,
        "PurchaseLabelsResponse": labeled,
        "PurchaseShipmentResponse": bought,
        "GetShipmentResponse": read,
        "RetrieveShippingLabelResponse": printed,
        "GetTrackingInformationResponse": tracking,
        "CancelShipmentResponse": canceled,
    }
    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(answers, 200)
    for name, (_, answer) in [*answers.items(), ("CancelShipmentResponse", again)]:
        holder = jsonschema_rs.Draft4Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
        assert [error.message for error in holder.iter_errors(answer)] == [], name
    assert again[0] == 400
