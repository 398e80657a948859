"""Fulfillment Outbound 2020-07-01: orders are changed while they are on hold, and taken back until they are picked."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from outside_shop import (
    ADDRESS,
    HOLD,
    SHIP,
    asks,
    at_amazon,
    shown,
    status,
)

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.model import Stock
from sellingpartner.testing import TestMarket

SCHEDULED = v2020.ShippingSpeedCategory.SCHEDULED_DELIVERY


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
