"""Shipping: labels for orders and for what was sold elsewhere, by own accounts, handed over, followed, claimed for."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from msgspec import convert
from postage import HOME, PLAIN, PRINTED, WAREHOUSE, ordered, printed, rate, sold_elsewhere, tracking_of

from sellingpartner import SellingPartner
from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import LabelBought, LabelRefunded
from sellingpartner.testing import TestMarket

US = v2.ShippingBusinessId.AMAZON_SHIPPING_US
OWN = "std-us-swa-mfn"
GROUND = "Amazon Shipping Ground"


def asked(client: SellingPartner, said: dict[str, Any]) -> v2.GetRatesResult:
    return client.send(convert(said, v2.GetRates, strict=False)).payload


def test_a_label_ships_an_order_which_is_followed_home(market: TestMarket, client: SellingPartner) -> None:
    shipping, said = client.shipping_v2, ordered(market)
    order_id = said["channelDetails"]["amazonOrderDetails"]["orderId"]
    found = asked(client, said)
    ground = rate(found, "UPS_PTP_GND")
    inputs = shipping.get_additional_inputs(request_token=found.request_token, rate_id=ground.rate_id).payload
    assert inputs is not None
    bought = shipping.purchase_shipment(
        request_token=found.request_token,
        rate_id=ground.rate_id,
        requested_document_specification=printed(),
        requested_value_added_services=PLAIN,
    ).payload

    papers = shipping.get_shipment_documents(
        shipment_id=bought.shipment_id, package_client_reference_id="box-1", format="PNG"
    ).payload
    [label] = papers.package_document_detail.package_documents
    assert b64decode(label.contents).startswith(b"\x89PNG")
    assert client.orders_v0.get_order(order_id=order_id).payload.order_status == "Shipped"
    with pytest.raises(InvalidInput):
        shipping.purchase_shipment(
            request_token=found.request_token,
            rate_id=ground.rate_id,
            requested_document_specification=printed(),
            requested_value_added_services=PLAIN,
        )
    market.advance(days=14)
    tracked = shipping.get_tracking(tracking_id=tracking_of(bought), carrier_id="UPS").payload
    assert tracked.summary.status == "Delivered"
    assert [one.order_id for one in market.facts(PackageDelivered)] == [order_id]


def test_what_was_sold_elsewhere_goes_by_accounts_of_ones_own(market: TestMarket, client: SellingPartner) -> None:
    shipping = client.shipping_v2
    form = shipping.get_carrier_account_form_inputs(shipping_business_id=US).linkable_carriers_list or []
    assert "FEDEX" in [one.carrier_id for one in form]
    accounts = []
    for link, number in (
        (shipping.link_carrier_account, "123456789"),
        (shipping.link_carrier_account_by_post, "987654321"),
    ):
        linked = link(
            carrier_id="FEDEX",
            carrier_account_type="SHIPPER_ACCOUNT",
            carrier_account_attributes=[v2.CarrierAccountAttribute(attribute_name="ACCOUNT_NUMBER", value=number)],
            shipping_business_id=US,
        )
        accounts.append(linked.account_id)
    shipping.unlink_carrier_account(carrier_id="FEDEX", account_id=accounts[1], shipping_business_id=US)
    active = shipping.get_carrier_accounts(shipping_business_id=US).active_accounts
    assert [one.account_id for one in active] == accounts[:1]
    points = shipping.get_access_points(
        access_point_types=[v2.AccessPointType.HELIX], country_code="GB", postal_code="EX4 6PA"
    ).payload
    assert points.access_points_map["HELIX"]

    said = sold_elsewhere()
    direct = client.send(convert(said, v2.DirectPurchaseShipment, strict=False)).payload
    more = {"labelSpecifications": PRINTED, "serviceSelection": {"serviceId": [OWN]}}
    clicked = client.send(convert(said | more, v2.OneClickShipment, strict=False)).payload
    shipping.cancel_shipment(shipment_id=direct.shipment_id)

    assert len(market.facts(LabelBought)) == 2
    market.advance(days=20)
    [number] = [one.tracking_id or "" for one in clicked.package_document_details]
    assert shipping.get_tracking(tracking_id=number, carrier_id="AMZN_US").payload.summary.status == "Delivered"
    assert [one.shipment_id for one in market.facts(LabelRefunded)] != []
    assert market.facts(PackageDelivered) == []


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


def test_the_first_version_is_another_view_of_the_same_parcels(market: TestMarket, client: SellingPartner) -> None:
    shipping = client.shipping_v1
    said = {"clientReferenceId": "my-7", "shipFrom": WAREHOUSE, "shipTo": HOME, "containers": [CONTAINER]}
    png = convert({"labelFormat": "PNG", "labelStockSize": "4x6"}, v1.LabelSpecification)
    assert shipping.get_account().payload.account_id
    made = client.send(convert(said, v1.CreateShipment, strict=False)).payload
    [offered] = made.eligible_rates
    bought = shipping.purchase_labels(
        shipment_id=made.shipment_id, rate_id=offered.rate_id or "", label_specification=png
    ).payload
    [result] = bought.label_results
    number = result.tracking_id or ""
    again = shipping.retrieve_shipping_label(
        shipment_id=made.shipment_id, tracking_id=number, label_specification=png
    ).payload
    shown = shipping.get_shipment(shipment_id=made.shipment_id).payload
    assert b64decode(again.label_stream).startswith(b"\x89PNG")
    assert shown.accepted_rate == bought.accepted_rate

    wanted = {
        "shipFrom": WAREHOUSE,
        "shipTo": HOME,
        "serviceTypes": [GROUND],
        "containerSpecifications": [{name: CONTAINER[name] for name in ("dimensions", "weight")}],
    }
    [told] = client.send(convert(wanted, v1.GetRates, strict=False)).payload.service_rates
    at_once = said | {"serviceType": GROUND, "labelSpecification": {"labelFormat": "PNG", "labelStockSize": "4x6"}}
    second = client.send(convert(at_once, v1.PurchaseShipment, strict=False)).payload
    assert second.service_rate == told
    shipping.cancel_shipment(shipment_id=second.shipment_id)

    market.advance(days=20)
    seen = shipping.get_tracking_information(tracking_id=number).payload
    in_v2 = client.shipping_v2.get_tracking(tracking_id=number, carrier_id="AMZN_US").payload
    assert seen.summary.status == in_v2.summary.status == "Delivered"
    assert len(market.facts(LabelRefunded)) == 1
