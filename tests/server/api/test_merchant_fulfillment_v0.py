"""Merchant Fulfillment v0: services offered for an order's parcel, labels bought, shown again and given back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from shipper import (
    buys_label,
    document_of,
    given_back,
    items_of,
    offers,
    parcel,
    reason_logged,
    shown,
    status_of,
)

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract import orders_v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.merchant_fulfillment_v0 import GetAdditionalSellerInputs
from sellingpartner.market.events.orders import OrderShipped, PackageDelivered
from sellingpartner.market.events.shipping import LabelBought, LabelRefunded, ParcelMoved
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import ADDRESS

INVALID = "Invalid Input"


@pytest.fixture
def details(market: TestMarket, seller: Caller) -> v0.ShipmentRequestDetails:
    order_id = market.buys("MUG-BLUE", quantity=2)
    market.advance(minutes=1)
    return parcel(order_id, items_of(seller, order_id))


def confirm(seller: Caller, details: v0.ShipmentRequestDetails, bought: v0.Shipment) -> None:
    items = [
        orders_v0.ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=item.quantity)
        for item in details.item_list
    ]
    package = orders_v0.PackageDetail(
        package_reference_id="7",
        carrier_code="UPS",
        tracking_number=bought.tracking_id or "",
        ship_date=bought.created_date,
        order_items=items,
    )
    seller.send(
        orders_v0.ConfirmShipment(
            order_id=details.amazon_order_id, marketplace_id=seller.marketplace_id, package_detail=package
        )
    )


def test_services_are_offered_by_price_and_the_rest_is_rejected_with_its_reason(
    seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    found = offers(seller, details)

    services = {one.shipping_service_id: one for one in found.shipping_service_list}
    ground = services["UPS_PTP_GND"]
    assert ground.carrier_name == "UPS"
    assert len(ground.shipping_service_offer_id) > 200
    assert ground.rate.currency_code == "USD"
    amounts = [one.rate.amount for one in found.shipping_service_list]
    assert amounts == sorted(amounts)
    rejected = {one.shipping_service_id: one for one in found.rejected_shipping_service_list or ()}
    assert rejected["USPS_PTP_MM"].rejection_reason_message == (
        "The shipping service is not available for the products in the order."
    )
    abroad = rejected["UPS_EXPRESS_INTL"]
    assert (abroad.rejection_reason_code, abroad.rejection_reason_message) == (
        "EXCLUDED_FROM_CARRIER_RESPONSE",
        "It is not an eligible ship method for this order.",
    )
    assert rejected["USPS_PTP_GAL"].rejection_reason_code == "WEIGHT_RESTRICTIONS"
    assert set(services).isdisjoint(rejected)


def test_a_bought_label_ships_the_order_and_the_parcel_arrives_on_the_clock(
    market: TestMarket, seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    shipment = buys_label(market, details)

    assert shipment.status == "Purchased"
    assert shipment.tracking_id is not None
    assert shipment.tracking_id.startswith("1Z")
    assert status_of(seller, details.amazon_order_id) == "Shipped"
    (bought,) = market.facts(LabelBought)
    assert bought.tracking_id == shipment.tracking_id
    assert len(market.facts(OrderShipped)) == 1

    market.advance(days=14)

    assert [one.status for one in market.facts(ParcelMoved)] == ["Accepted", "InTransit", "OutForDelivery", "Delivered"]
    assert len(market.facts(PackageDelivered)) == 1


@pytest.mark.parametrize(
    ("format_", "media_type", "begins"),
    [
        ("PDF", "application/pdf", b"%PDF"),
        ("PNG", "image/png", b"\x89PNG"),
        ("ZPL203", "application/zpl", b"^XA"),
        ("ZPL300", "application/zpl", b"^XA"),
        ("ShippingServiceDefault", "image/png", b"\x89PNG"),
    ],
)
def test_a_label_comes_in_the_format_asked_for_and_is_the_same_when_it_is_printed_again(
    market: TestMarket, seller: Caller, format_: str, media_type: str, begins: bytes
) -> None:
    order_id = market.buys()
    market.advance(minutes=1)
    options = {"DeliveryExperience": "NoTracking", "CarrierWillPickUp": False, "LabelFormat": format_}
    details = parcel(order_id, items_of(seller, order_id), ShippingServiceOptions=options)

    shipment = buys_label(market, details)
    market.advance(days=3)

    assert shipment.label.file_contents.file_type == media_type
    assert document_of(shipment).startswith(begins)
    assert document_of(shown(market, shipment.shipment_id)) == document_of(shipment)


def test_a_label_given_back_in_time_is_refunded_and_another_takes_its_place(
    market: TestMarket, seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    first = buys_label(market, details)

    voided = given_back(market, first.shipment_id)
    assert (voided.status, voided.label.file_contents.contents) == ("RefundPending", "")
    second = buys_label(market, details, "FEDEX_PTP_SECOND_DAY")
    market.advance(days=8)

    assert shown(market, first.shipment_id).status == "RefundApplied"
    assert shown(market, second.shipment_id).status == "Purchased"
    (refund,) = market.facts(LabelRefunded)
    assert (refund.shipment_id, refund.is_refused) == (first.shipment_id, False)
    assert status_of(seller, details.amazon_order_id) == "Shipped"
    with pytest.raises(InvalidInput, match=INVALID):
        given_back(market, first.shipment_id)


def test_a_label_whose_parcel_was_handed_over_is_not_refunded(
    market: TestMarket, details: v0.ShipmentRequestDetails
) -> None:
    shipment = buys_label(market, details)
    market.advance(days=1)

    assert given_back(market, shipment.shipment_id).status == "RefundPending"
    market.advance(days=8)

    assert shown(market, shipment.shipment_id).status == "RefundRejected"
    assert [one.refunded_minor for one in market.facts(LabelRefunded)] == [0]
    with pytest.raises(InvalidInput, match="Invalid Input"):
        buys_label(market, details, offer_id="")  # what is under way gets no other label
    assert len(market.facts(LabelBought)) == 1


def test_a_label_is_not_refunded_once_its_carriers_days_are_over(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys()
    market.advance(minutes=1)
    later = f"{market.now + timedelta(days=40):%Y-%m-%dT%H:%M:%SZ}"
    planned = parcel(order_id, items_of(seller, order_id), ShipDate=later)
    shipment = buys_label(market, planned)
    market.advance(days=15)  # UPS takes a label back for two weeks

    given_back(market, shipment.shipment_id)
    market.advance(days=8)

    assert shown(market, shipment.shipment_id).status == "RefundRejected"


def test_hazardous_materials_go_by_services_that_take_them(
    market: TestMarket, details: v0.ShipmentRequestDetails
) -> None:
    hazmat = v0.HazmatType.LQ_HAZMAT
    with pytest.raises(InvalidInput, match="The purchase request parameters are invalid"):
        buys_label(market, details, "UPS_PTP_2ND_DAY_AIR", hazmat_type=hazmat)

    assert buys_label(market, details, "UPS_PTP_GND", hazmat_type=hazmat).status == "Purchased"


def test_a_post_box_is_for_the_carriers_that_deliver_there(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(address=msgspec.structs.replace(ADDRESS, line_1="P.O. Box 1182"))
    market.advance(minutes=1)

    found = offers(seller, parcel(order_id, items_of(seller, order_id)))

    assert "USPS_PTP_PRI" in {one.shipping_service_id for one in found.shipping_service_list}
    codes = {one.shipping_service_id: one.rejection_reason_code for one in found.rejected_shipping_service_list or ()}
    assert codes["UPS_PTP_GND"] == codes["FEDEX_PTP_SECOND_DAY"] == "CARRIER_CANNOT_SHIP_TO_POBOX"


def test_what_leaves_the_country_wants_a_customs_form(market: TestMarket, seller: Caller) -> None:
    order_id = market.buys(address=msgspec.structs.replace(ADDRESS, country_code="CA", state_or_region="ON"))
    market.advance(minutes=1)
    details = parcel(order_id, items_of(seller, order_id))
    form = seller.send(
        GetAdditionalSellerInputs(
            shipping_service_id="UPS_STANDARD_INTL",
            ship_from_address=details.ship_from_address,
            order_id=order_id,
        )
    ).payload
    said = [
        v0.AdditionalSellerInputs(
            additional_input_field_name=field.additional_input_field_name or "",
            additional_seller_input=v0.AdditionalSellerInput(
                data_type="String", value_as_string=field.seller_input_definition.restricted_set_values[0]
            ),
        )
        for field in form.shipment_level_fields or ()
        if field.seller_input_definition and field.seller_input_definition.restricted_set_values
    ]

    assert offers(seller, details).shipping_service_list == []
    with pytest.raises(InvalidInput, match=INVALID):
        buys_label(market, details, "UPS_STANDARD_INTL")
    assert "NON_DELIVERY_OPTION" in reason_logged(market)
    bought = buys_label(market, details, "UPS_STANDARD_INTL", shipment_level_seller_inputs_list=said)

    assert bought.status == "Purchased"


def test_a_canceled_order_gives_its_labels_back(market: TestMarket, details: v0.ShipmentRequestDetails) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        save_settings(unit, Settings(confirms_orders=False))
    bought = buys_label(market, details)
    with market.market.write(market.seller_account.seller_id) as unit:
        cancel(unit, details.amazon_order_id, by=Canceler.SELLER, reason="NoInventory")
    market.advance(days=8)

    assert shown(market, bought.shipment_id).status == "RefundApplied"
    assert [one.status for one in market.facts(ParcelMoved)] == ["Canceled"]


def test_a_label_that_confirms_nothing_is_followed_once_its_seller_confirms(
    market: TestMarket, seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        save_settings(unit, Settings(confirms_orders=False))
    bought = buys_label(market, details)
    assert status_of(seller, details.amazon_order_id) == "Unshipped"

    confirm(seller, details, bought)
    market.advance(days=14)

    (delivered,) = market.facts(PackageDelivered)
    assert delivered.package_reference == "7"
    assert {one.shipment_id for one in market.facts(ParcelMoved)} == {bought.shipment_id}


@pytest.mark.parametrize(
    ("former", "path"),
    [
        ("/mfn/v0/eligibleServices", "/mfn/v0/eligibleShippingServices"),
        ("/mfn/v0/sellerInputs", "/mfn/v0/additionalSellerInputs"),
    ],
)
def test_the_former_paths_that_sdks_still_call_answer_as_todays_do(
    seller: Caller, details: v0.ShipmentRequestDetails, former: str, path: str
) -> None:
    told = json.loads(msgspec.json.Encoder(decimal_format="number").encode(details))
    said = {
        "ShipmentRequestDetails": told,
        "ShippingServiceId": "UPS_STANDARD_INTL",
        "ShipFromAddress": told["ShipFromAddress"],
        "OrderId": details.amazon_order_id,
    }

    def call(target: str) -> Any:  # noqa: ANN401 - whatever it answers
        headers = {"Content-Type": "application/json"}
        return seller.call("POST", target, headers=headers, body=json.dumps(said).encode())

    assert call(former).status == 200
    assert call(former).json() == call(path).json()
