"""Fulfillment Outbound 2020-07-01: packages are tracked, and units are sent back."""

from __future__ import annotations

import pytest
from outside_shop import (
    LAMP,
    asks,
    at_amazon,
    market_orders,
    package_number,
    shipments,
    shown,
    tracking,
)

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.testing import Caller, TestMarket


def test_a_package_is_followed_to_its_recipient(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    number = package_number(market.seller)

    left = tracking(market.seller, number)
    market.advance(days=12)
    come = tracking(market.seller, number)

    assert (left.current_status, left.carrier_code) == (v2020.CurrentStatus.IN_TRANSIT, "AMZN_US")
    assert [one.event_code for one in left.tracking_events or ()] == [v2020.EventCode.EVENT_202]
    assert come.current_status is v2020.CurrentStatus.DELIVERED
    assert [one.event_code.value for one in come.tracking_events or ()] == [
        "EVENT_301",
        "EVENT_302",
        "EVENT_201",
        "EVENT_202",
    ]
    assert come.ship_to_address == v2020.TrackingAddress(city="Portland", state="OR", country="US")


def test_a_package_that_is_lost_cannot_be_delivered(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    (order_id,) = market_orders(market)

    with market.market.write(market.seller_account.seller_id) as unit:
        (parcel,) = parcels_of_order(unit, order_id)
        move(unit, parcel.parcel_id, ParcelStatus.LOST)

    assert tracking(market.seller, package_number(market.seller)).current_status is v2020.CurrentStatus.UNDELIVERABLE


@pytest.mark.parametrize("number", [0, 1, -1, 2**63, 10**30])
def test_a_package_that_there_is_not_is_not_found(market: TestMarket, number: int) -> None:
    with pytest.raises((NotFound, InvalidInput)):
        tracking(market.seller, number)


def test_amazons_own_carrier_is_left_out_where_that_is_required(market: TestMarket) -> None:
    features = [
        v2020.FeatureSettings(
            feature_name="BLOCK_AMZL", feature_fulfillment_policy=v2020.FeatureFulfillmentPolicy.REQUIRED
        )
    ]
    asks(market, feature_constraints=features)
    market.advance(days=1)

    (package,) = shipments(market.seller)[0].fulfillment_shipment_package or []
    assert not package.carrier_code.startswith("AMZN")
    assert package.amazon_fulfillment_tracking_number == f"AFTN{package.package_number}"


def delivered(market: TestMarket) -> v2020.FulfillmentShipment:
    asks(market)
    market.advance(days=12)
    return shipments(market.seller)[0]


def back(
    shipment: v2020.FulfillmentShipment, return_id: str = "R1", reason: str = "CR-DEFECTIVE", item_id: str = "1"
) -> v2020.CreateReturnItem:
    return v2020.CreateReturnItem(
        seller_return_item_id=return_id,
        seller_fulfillment_order_item_id=item_id,
        amazon_shipment_id=shipment.amazon_shipment_id,
        return_reason_code=reason,
    )


def send_back(seller: Caller, *items: v2020.CreateReturnItem) -> v2020.CreateFulfillmentReturnResult:
    request = v2020.CreateFulfillmentReturn(seller_fulfillment_order_id="SHOP-1", items=list(items))
    answer = seller.send(request).payload
    assert isinstance(answer, v2020.CreateFulfillmentReturnResult)
    return answer


def test_a_unit_comes_back_under_an_authorization(market: TestMarket) -> None:
    shipment = delivered(market)

    made = send_back(market.seller, back(shipment))

    (item,), (authorization,) = made.return_items or [], made.return_authorizations or []
    assert item.status is v2020.FulfillmentReturnItemStatus.NEW
    assert item.return_authorization_id == authorization.return_authorization_id
    assert authorization.rma_page_url.endswith(authorization.amazon_rma_id)
    market.advance(days=12)
    (come,) = shown(market.seller).return_items
    assert come.status is v2020.FulfillmentReturnItemStatus.PROCESSED
    assert come.return_received_condition is not None
    assert come.fulfillment_center_id == shipment.fulfillment_center_id
    assert at_amazon(market).on_hand == 98 + (come.return_received_condition.value == "Sellable")


def test_units_that_cannot_come_back_are_told_with_the_reason(market: TestMarket) -> None:
    shipment = delivered(market)

    made = send_back(
        market.seller,
        back(shipment, "R1"),
        back(shipment, "R1"),
        back(shipment, "R2", reason="BECAUSE"),
        back(shipment, "R3", item_id="9"),
        back(shipment, "R4"),
        back(shipment, "R5"),
    )

    assert [one.seller_return_item_id for one in made.return_items or ()] == ["R1", "R4"]
    assert [
        (one.seller_return_item_id, one.invalid_item_reason.invalid_item_reason_code.value)
        for one in made.invalid_return_items or ()
    ] == [
        ("R1", "DuplicateRequest"),
        ("R2", "InvalidValues"),
        ("R3", "InvalidValues"),
        ("R5", "NoReturnableQuantity"),
    ]


def test_what_has_not_left_does_not_come_back(market: TestMarket) -> None:
    asks(market)
    market.advance(hours=2, minutes=16)

    made = send_back(market.seller, back(shipments(market.seller)[0]))

    (refused,) = made.invalid_return_items or []
    assert refused.invalid_item_reason.invalid_item_reason_code.value == "NoCompletedShipItems"
    assert shown(market.seller).return_items == []


def test_reasons_are_listed_in_a_language(seller: Caller) -> None:
    answer = seller.send(v2020.ListReturnReasonCodes(seller_sku=LAMP, language="de_DE")).payload

    assert isinstance(answer, v2020.ListReturnReasonCodesResult)
    details = {one.return_reason_code: one for one in answer.reason_code_details or ()}
    assert details["CR-DEFECTIVE"].translated_description == "Defekt"
    with pytest.raises(InvalidInput):
        seller.send(v2020.ListReturnReasonCodes(seller_sku="NO-SUCH"))
