"""Fulfillment Outbound 2020-07-01: orders are created, read, listed, changed, taken back, tracked and sent back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs
from outside_shop import (
    ADDRESS,
    HOLD,
    LAMP,
    SHIP,
    STANDARD,
    asks,
    at_amazon,
    line,
    package_number,
    shipments,
    shown,
    status,
    tracking,
    wanted,
)

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.testing import Caller, TestMarket

PRIORITY = v2020.ShippingSpeedCategory.PRIORITY
SCHEDULED = v2020.ShippingSpeedCategory.SCHEDULED_DELIVERY
JP = BY_COUNTRY["JP"].marketplace_id


def nothing_happened(market: TestMarket) -> bool:
    since = market.now - timedelta(days=1)
    listed = market.seller.send(v2020.ListAllFulfillmentOrders(query_start_date=since)).payload
    assert isinstance(listed, v2020.ListAllFulfillmentOrdersResult)
    return not listed.fulfillment_orders and at_amazon(market) == Stock(on_hand=100) and not market.facts(OrderPlaced)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"items": []}, "Value AllQuantityZero for parameter  is invalid."),
        ({"items": [line(quantity=0)]}, "Value AllQuantityZero for parameter  is invalid."),
        ({"items": [line(), line("2", quantity=0)]}, "Value 0 for parameter Quantity is invalid."),
        ({"items": [line(quantity=-1)]}, "Value -1 for parameter Quantity is invalid."),
        ({"items": [line(quantity=251)]}, "Value 251 for parameter Quantity is invalid."),
        ({"items": [line(str(n), quantity=1) for n in range(101)]}, "Value 101 for parameter Items is invalid."),
        ({"items": [line(), line()]}, "Value 1 for parameter SellerFulfillmentOrderItemId is invalid."),
        ({"items": [line(sku="NO-SUCH")]}, "the SellerSKU for Item Id: 1 is invalid."),
        ({"items": [line(sku="")]}, "the SellerSKU for Item Id: 1 is invalid."),
        ({"items": [line(sku="MUG-BLUE")]}, "the SellerSKU for Item Id: 1 is invalid."),
        ({"marketplace_id": JP}, f"Value {JP} for parameter SellerId is invalid. Reason: InvalidValue."),
        ({"marketplace_id": "NOWHERE"}, "Value NOWHERE for parameter SellerId is invalid."),
        ({"shipping_speed_category": SCHEDULED}, "Value ScheduledDelivery for parameter ShippingSpeedCategory"),
        (
            {"destination_address": structs.replace(ADDRESS, country_code="FR", postal_code="75001")},
            "Value NotEligibleForExport for parameter Item is invalid",
        ),
        ({"destination_address": structs.replace(ADDRESS, country_code="usa")}, "Value usa for parameter CountryCode"),
        ({"cod_settings": v2020.CODSettings(is_cod_required=True)}, "Value true for parameter IsCODRequired"),
        (
            {"feature_constraints": [v2020.FeatureSettings(feature_name="GOLD_BOX")]},
            "There is no feature 'GOLD_BOX' in this marketplace",
        ),
        ({"seller_fulfillment_order_id": " "}, "Value  for parameter SellerFulfillmentOrderId is invalid."),
        (
            {"items": [line(per_unit_declared_value=v2020.Money(currency_code="USD", value="a lot"))]},
            "Value a lot for parameter Money",
        ),
        (
            {"items": [line(per_unit_declared_value=v2020.Money(currency_code="USD", value="NaN"))]},
            "Value NaN for parameter Money",
        ),
        (
            {"items": [line(per_unit_declared_value=v2020.Money(currency_code="EUR", value="1.00"))]},
            "Value 1.00 EUR for parameter Money",
        ),
        (
            {"items": [line(per_unit_declared_value=v2020.Money(currency_code="USD", value="1e999"))]},
            "Value 1e999 for parameter Money",
        ),
    ],
)
def test_what_is_no_order_is_refused_and_leaves_nothing(market: TestMarket, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        market.seller.send(wanted(market, **more))

    assert refused.value.message.startswith(words)
    assert nothing_happened(market)


def test_a_number_is_used_once(market: TestMarket) -> None:
    asks(market)

    with pytest.raises(InvalidInput, match="Value SHOP-1 for parameter SellerFulfillmentOrderId is invalid"):
        asks(market, quantity=5)

    assert at_amazon(market) == Stock(on_hand=100, reserved=2)
    assert [item.quantity for item in shown(market.seller).fulfillment_order_items] == [2]


@pytest.mark.parametrize(
    "more",
    [
        {"postal_code": "ABCDE"},
        {"postal_code": "97201", "state_or_region": "NY"},
        {"state_or_region": None},
        {"name": " "},
        {"address_line1": ""},
    ],
)
def test_an_order_to_an_address_that_does_not_exist_is_invalid(market: TestMarket, more: dict[str, Any]) -> None:
    asks(market, destination_address=structs.replace(ADDRESS, **more))

    order = shown(market.seller)
    assert order.fulfillment_order.fulfillment_order_status.value == "Invalid"
    assert order.fulfillment_order.destination_address.name == more.get("name", "Ann Lee")
    assert at_amazon(market) == Stock(on_hand=100)
    assert market.facts(OrderPlaced) == []


def test_an_order_that_its_speed_does_not_reach_is_invalid(market: TestMarket) -> None:
    alaska = structs.replace(ADDRESS, city="Nome", state_or_region="AK", postal_code="99762")

    asks(market, "FAST", destination_address=alaska, shipping_speed_category=PRIORITY)
    asks(market, "SLOW", destination_address=alaska)

    assert (status(market.seller, "FAST"), status(market.seller, "SLOW")) == ("Invalid", "Received")


def test_an_order_is_read_as_it_was_said(market: TestMarket) -> None:
    worth = v2020.Money(currency_code="USD", value="18.99")
    features = [
        v2020.FeatureSettings(
            feature_name="BLANK_BOX", feature_fulfillment_policy=v2020.FeatureFulfillmentPolicy.REQUIRED
        )
    ]
    asks(
        market,
        items=[line(gift_message="For you", displayable_comment="Blue", per_unit_declared_value=worth)],
        notification_emails=["ann@shop.example"],
        feature_constraints=features,
        delivery_preferences=v2020.DeliveryPreferences(delivery_instructions="Ring twice"),
    )

    found = shown(market.seller)

    order, (item,) = found.fulfillment_order, found.fulfillment_order_items
    assert order.displayable_order_comment == "Thank you"
    assert order.shipping_speed_category is STANDARD
    assert order.destination_address == ADDRESS
    assert (order.notification_emails, order.feature_constraints) == (["ann@shop.example"], features)
    assert (item.gift_message, item.displayable_comment, item.per_unit_declared_value) == ("For you", "Blue", worth)
    assert item.fulfillment_network_sku is not None
    assert item.estimated_ship_date is not None
    assert item.estimated_arrival_date is not None
    assert item.estimated_ship_date < item.estimated_arrival_date


def test_an_order_of_another_seller_is_not_found(market: TestMarket) -> None:
    asks(market)
    other = market.caller(seller=market.join("Elsewhere"))

    with pytest.raises(NotFound):
        shown(other)
    with pytest.raises(NotFound):
        other.send(v2020.CancelFulfillmentOrder(seller_fulfillment_order_id="SHOP-1"))
    market.advance(days=1)
    with pytest.raises(NotFound):
        tracking(other, package_number(market.seller))


def test_orders_are_listed_page_by_page_by_the_change_of_their_status(market: TestMarket) -> None:
    for number in range(120):
        asks(market, f"SHOP-{number:03}", quantity=0 + 1 if number < 90 else 1, fulfillment_action=HOLD)
        if number == 9:
            market.advance(minutes=5)
            since = market.now
    seen: list[str] = []
    token = None
    while True:
        page = market.seller.send(v2020.ListAllFulfillmentOrders(query_start_date=since, next_token=token)).payload
        assert isinstance(page, v2020.ListAllFulfillmentOrdersResult)
        seen += [one.seller_fulfillment_order_id for one in page.fulfillment_orders or ()]
        token = page.next_token
        if token is None:
            break

    assert seen == [f"SHOP-{number:03}" for number in range(10, 120)]


def test_a_token_of_another_list_is_refused(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="nextToken is not valid"):
        market.seller.send(v2020.ListAllFulfillmentOrders(next_token="abc"))


def test_orders_are_shown_in_the_shop_as_non_amazon(market: TestMarket) -> None:
    asks(market)
    market.advance(minutes=3)

    listed = market.seller.send(
        GetOrders(
            marketplace_ids=[market.marketplace_id],
            created_after=f"{market.now - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
        )
    ).payload

    assert listed is not None
    (order,) = listed.orders
    assert order.amazon_order_id.startswith("S01-")
    assert (order.sales_channel, order.seller_order_id) == ("Non-Amazon", "SHOP-1")
    assert order.fulfillment_channel is not None
    assert order.fulfillment_channel.value == "AFN"


@pytest.mark.parametrize("minutes", [0, 16])
def test_an_order_is_taken_back_until_it_is_picked(market: TestMarket, minutes: int) -> None:
    asks(market)
    market.advance(minutes=minutes)

    market.seller.send(v2020.CancelFulfillmentOrder(seller_fulfillment_order_id="SHOP-1"))

    assert status(market.seller) == "Cancelled"
    assert at_amazon(market) == Stock(on_hand=100)
    market.advance(days=2)
    assert status(market.seller) == "Cancelled"


def test_an_order_that_is_picked_is_not_taken_back(market: TestMarket) -> None:
    asks(market)
    market.advance(hours=2, minutes=16)

    with pytest.raises(InvalidInput, match="is Processing; to be cancelled it must be Received or Planning"):
        market.seller.send(v2020.CancelFulfillmentOrder(seller_fulfillment_order_id="SHOP-1"))

    assert at_amazon(market) == Stock(on_hand=100, reserved=2)


def update(market: TestMarket, **more: Any) -> None:  # noqa: ANN401 - fields of the request
    market.seller.send(v2020.UpdateFulfillmentOrder(seller_fulfillment_order_id="SHOP-1", **more))


def item_change(quantity: int, item_id: str = "1") -> v2020.UpdateFulfillmentOrderItem:
    return v2020.UpdateFulfillmentOrderItem(seller_fulfillment_order_item_id=item_id, quantity=quantity)


def test_an_order_on_hold_is_let_go(market: TestMarket) -> None:
    asks(market, fulfillment_action=HOLD)

    update(market, fulfillment_action=SHIP)
    market.advance(days=1)

    assert status(market.seller) == "Complete"


@pytest.mark.parametrize(("quantity", "reserved", "canceled"), [(5, 5, 0), (1, 1, 1)])
def test_lines_of_an_order_on_hold_are_changed_and_its_stock_with_them(
    market: TestMarket, quantity: int, reserved: int, canceled: int
) -> None:
    asks(market, fulfillment_action=HOLD)

    update(market, items=[item_change(quantity)], displayable_order_comment="Sorry")

    found = shown(market.seller)
    assert at_amazon(market) == Stock(on_hand=100, reserved=reserved)
    assert [item.cancelled_quantity for item in found.fulfillment_order_items] == [canceled]
    assert found.fulfillment_order.displayable_order_comment == "Sorry"
    update(market, fulfillment_action=SHIP)
    market.advance(days=1)
    assert at_amazon(market) == Stock(on_hand=100 - reserved)


def test_an_order_whose_lines_are_all_taken_back_is_cancelled(market: TestMarket) -> None:
    asks(market, fulfillment_action=HOLD)

    update(market, items=[item_change(0)])

    assert status(market.seller) == "Cancelled"
    assert at_amazon(market) == Stock(on_hand=100)


def test_an_order_on_hold_is_sent_elsewhere(market: TestMarket) -> None:
    asks(market, fulfillment_action=HOLD)
    there = structs.replace(ADDRESS, name="Bo", city="Miami", state_or_region="FL", postal_code="33101")

    update(market, destination_address=there)

    assert shown(market.seller).fulfillment_order.destination_address == there


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"items": [item_change(251)]}, "Value 251 for parameter Quantity"),
        ({"items": [item_change(-1)]}, "Value -1 for parameter Quantity"),
        ({"items": [item_change(1, "9")]}, "has no item '9'"),
        ({"items": [item_change(101)]}, "out of stock"),
        ({"destination_address": structs.replace(ADDRESS, postal_code="1")}, "Value InvalidDestinationAddress"),
        ({"destination_address": structs.replace(ADDRESS, country_code="FR")}, "Value NotEligibleForExport"),
        ({"shipping_speed_category": SCHEDULED}, "Value ScheduledDelivery"),
        (
            {"feature_constraints": [v2020.FeatureSettings(feature_name="BLANK_BOX")]},
            "The features of a fulfillment order are said when it is created",
        ),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(market: TestMarket, more: dict[str, Any], words: str) -> None:
    asks(market, fulfillment_action=HOLD)
    before = shown(market.seller)

    with pytest.raises(InvalidInput) as refused:
        update(market, **more)

    assert words in refused.value.message
    assert shown(market.seller) == before
    assert at_amazon(market) == Stock(on_hand=100, reserved=2)


def test_an_order_that_is_to_ship_is_not_changed(market: TestMarket) -> None:
    asks(market)

    with pytest.raises(InvalidInput, match="to be changed it must be Received and on hold"):
        update(market, displayable_order_comment="Other")


def test_a_package_is_followed_to_its_recipient(market: TestMarket) -> None:
    asks(market)
    market.advance(days=1)
    number = package_number(market.seller)

    left = tracking(market.seller, number)
    market.advance(days=12)
    come = tracking(market.seller, number)

    assert (left.current_status, left.carrier_code) == (v2020.CurrentStatus.IN_TRANSIT, "AMZN")
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


def market_orders(market: TestMarket) -> list[str]:
    return [fact.order_id for fact in market.facts(OrderPlaced)]


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
    assert package.amazon_fulfillment_tracking_number is None


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


def test_statuses_are_set_in_a_sandbox_alone(market: TestMarket) -> None:
    asks(market)

    with pytest.raises(Unauthorized):
        market.seller.send(
            v2020.SubmitFulfillmentOrderStatusUpdate(
                seller_fulfillment_order_id="SHOP-1",
                fulfillment_order_status=v2020.FulfillmentOrderStatus.COMPLETE,
            )
        )

    assert status(market.seller) == "Received"


def test_a_refused_order_is_in_no_list_of_the_shop(market: TestMarket) -> None:
    asks(market, destination_address=structs.replace(ADDRESS, postal_code="1"))

    with pytest.raises(InvalidInput):
        market.seller.send(GetOrder(order_id="SHOP-1"))
    assert market_orders(market) == []
