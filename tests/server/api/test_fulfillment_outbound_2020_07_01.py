"""Fulfillment Outbound 2020-07-01: orders are created, refused, read and listed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs
from outside_shop import (
    ADDRESS,
    HOLD,
    STANDARD,
    asks,
    at_amazon,
    line,
    market_orders,
    package_number,
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
from sellingpartner.testing import TestMarket

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
