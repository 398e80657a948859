"""Shipping: labels for orders and for what was sold elsewhere, by own accounts, handed over, followed, claimed for."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from msgspec import convert
from postage import HOME, PLAIN, PRINTED, WAREHOUSE, buys, ordered, printed, rate, sold_elsewhere, tracking_of

from sellingpartner import SellingPartner
from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import ClaimDecided, LabelBought, LabelRefunded
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import TestMarket

US = v2.ShippingBusinessId.AMAZON_SHIPPING_US
OWN = "std-us-swa-mfn"
GROUND = "Amazon Shipping Ground"


INDIA: dict[str, Any] = {"city": "Mumbai", "stateOrRegion": "MAHARASHTRA", "postalCode": "400050", "countryCode": "IN"}


def moves(market: TestMarket, shipment_id: str, status: ParcelStatus) -> None:
    """What happens to a parcel on its way."""
    with market.market.write(market.seller.seller_id) as unit:
        move(unit, shipment_id, status)


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


def test_what_waits_is_handed_over_on_a_form_and_what_is_lost_is_claimed_for(
    market: TestMarket, client: SellingPartner
) -> None:
    shipping = client.shipping_v2
    bought = buys(market.seller, ordered(market))

    def waiting() -> list[str | None]:
        found = shipping.get_unmanifested_shipments(shipping_business_id=US)
        return [one.carrier_id for one in found.unmanifested_carrier_information_list or []]

    assert waiting() == ["UPS"]
    made = shipping.generate_collection_form(carrier_id="UPS", shipping_business_id=US).collections_form_document
    assert waiting() == []
    history = shipping.get_collection_form_history(shipping_business_id=US)
    [record] = history.collection_forms_history_record_list or []
    again = shipping.get_collection_form(collection_form_id=record.collection_form_id or "")
    assert again.collections_form_document == made
    market.advance(hours=30)
    moves(market, bought.shipment_id, ParcelStatus.LOST)

    filed = shipping.create_claim(
        tracking_id=tracking_of(bought),
        claim_reason=v2.ClaimReason.LOST_IN_TRANSIT,
        settlement_type=v2.SettlementType.REFUND,
        is_replacement_package_sent=True,
    )
    assert filed.claim_id
    market.advance(days=8)
    [decided] = market.facts(ClaimDecided)
    assert (decided.claim_id, decided.is_accepted) == (filed.claim_id, True)
    assert decided.paid_minor > 0


def test_a_parcel_is_tried_again_at_a_door_that_nobody_opened(market: TestMarket, client: SellingPartner) -> None:
    worth = {"insuredValue": {"unit": "INR", "value": 900}}
    said = sold_elsewhere(**worth) | {"shipFrom": WAREHOUSE | INDIA, "shipTo": HOME | INDIA}
    bought = buys(market.seller, said, "SWA-IN-OA")
    market.advance(hours=30)
    moves(market, bought.shipment_id, ParcelStatus.ATTEMPTED)

    client.shipping_v2.submit_ndr_feedback(
        tracking_id=tracking_of(bought),
        ndr_action=v2.NdrAction.REATTEMPT,
        ndr_request_data=v2.NdrRequestData(additional_address_notes="Behind the temple"),
    )

    market.advance(days=10)
    seen = client.shipping_v2.get_tracking(tracking_id=tracking_of(bought), carrier_id="ATS").payload
    codes = [one.event_code.value for one in seen.event_history]
    assert (codes.count("OutForDelivery"), codes[-1]) == (2, "Delivered")


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
