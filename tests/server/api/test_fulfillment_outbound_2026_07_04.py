"""Fulfillment Outbound 2026-07-04: another view of the orders that 2020-07-01 shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs
from outside_shop import ADDRESS_2026, LAMP, asks, at_amazon, package_number, shown, status

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.market.inventory.model import Stock
from sellingpartner.testing import Caller, TestMarket


def line(line_id: str = "1", sku: str = LAMP, value: str = "2", **more: Any) -> v2026.CreateOrderLineItem:  # noqa: ANN401 - fields of the line
    return v2026.CreateOrderLineItem(
        line_item_id=line_id,
        product=v2026.OrderProduct(product_identifier=v2026.ProductIdentifier(amazon_sku=sku)),
        amount=v2026.Amount(unit="EACHES", value=value),
        **more,
    )


def creates(seller: Caller, order_id: str = "SHOP-1", **more: Any) -> v2026.FulfillmentOrder:  # noqa: ANN401 - fields of the request
    said: dict[str, Any] = {
        "order_id": order_id,
        "destination": v2026.OrderDestination(delivery_address=ADDRESS_2026),
        "line_items": [line()],
    }
    answer = seller.send(v2026.CreateOrder(**said | more))
    assert isinstance(answer, v2026.CreateOrderResponse)
    return answer.order


def configured(**more: Any) -> v2026.OrderFulfillmentConfiguration:  # noqa: ANN401 - fields of the configuration
    return v2026.OrderFulfillmentConfiguration(**more)


def test_one_order_is_shown_by_both_versions(market: TestMarket) -> None:
    slip = v2026.OrderPackingSlip(
        template_name="Plain",
        template_attributes={"orderId": "No. 5", "orderTime": "2026-11-01T10:00:00Z", "orderText": "Thank you"},
    )
    packaging = v2026.PackagingService(packaging_option="UNBRANDED", packing_slip=slip)
    made = creates(
        market.seller,
        channel="SHOPIFY",
        fulfillment_configuration=configured(
            action="HOLD",
            policy="FILL_ALL_AVAILABLE",
            service_level=v2026.ServiceLevel(service_tiers=["EXPEDITED", "STANDARD"]),
            services=v2026.OrderServices(packaging=packaging, additional={"BLOCK_AMZL": "REQUIRED"}),
        ),
    )

    old = shown(market.seller).fulfillment_order
    assert (made.status, made.channel) == ("PROCESSING", "SHOPIFY")
    assert made.destination is not None
    assert made.destination.delivery_address == ADDRESS_2026
    assert made.fulfillment_configuration is not None
    assert made.fulfillment_configuration.services is not None
    assert made.fulfillment_configuration.services.packaging == packaging
    assert (old.displayable_order_id, old.displayable_order_comment) == ("No. 5", "Thank you")
    assert old.shipping_speed_category.value == "Expedited"
    assert old.fulfillment_policy is not None
    assert old.fulfillment_policy.value == "FillAllAvailable"
    assert old.notification_emails == ["ann@shop.example"]
    features = {
        one.feature_name: one.feature_fulfillment_policy.value
        for one in old.feature_constraints or ()
        if one.feature_fulfillment_policy
    }
    assert features == {"BLANK_BOX": "Required", "PACKING_SLIP": "Required", "BLOCK_AMZL": "Required"}


def test_an_order_is_let_go_shipped_and_delivered(market: TestMarket) -> None:
    creates(market.seller, fulfillment_configuration=configured(action="HOLD"))
    market.seller.send(
        v2026.UpdateOrder(
            order_id="SHOP-1",
            fulfillment_configuration=v2026.UpdateOrderFulfillmentConfiguration(action="SHIP"),
        )
    )
    market.advance(days=1)
    left = market.seller.send(v2026.GetOrder(order_id="SHOP-1")).order
    market.advance(days=12)
    come = market.seller.send(v2026.GetOrder(order_id="SHOP-1")).order

    assert (left.status, come.status) == ("COMPLETE", "COMPLETE")
    (before,), (after,) = left.shipments or [], come.shipments or []
    assert before.status == "SHIPPED"
    assert [one.status for one in before.packages or ()] == ["IN_TRANSIT"]
    assert [one.status for one in after.packages or ()] == ["DELIVERED"]
    assert [one.package_id for one in after.packages or ()] == [str(package_number(market.seller))]


def test_shipments_are_left_out_where_that_is_asked_for(market: TestMarket) -> None:
    creates(market.seller)
    market.advance(days=1)

    alone = market.seller.send(v2026.GetOrder(order_id="SHOP-1", shipments=v2026.Shipments.EXCLUDE)).order
    listed = market.seller.send(v2026.ListOrders()).orders
    whole = market.seller.send(v2026.ListOrders(shipments=v2026.Shipments.INCLUDE)).orders

    assert alone.shipments is None
    assert [one.shipments for one in listed] == [None]
    assert [len(one.shipments or ()) for one in whole] == [1]


def test_orders_are_listed_page_by_page(market: TestMarket) -> None:
    for number in range(60):
        asks(market, f"SHOP-{number:02}", 1)
    since = market.now - timedelta(minutes=1)

    first = market.seller.send(v2026.ListOrders(updated_after=since))
    assert first.pagination is not None
    second = market.seller.send(v2026.ListOrders(updated_after=since, page_token=first.pagination.next_token))

    assert [one.order_id for one in (*first.orders, *second.orders)] == [f"SHOP-{n:02}" for n in range(60)]
    assert second.pagination is None
    with pytest.raises(InvalidInput, match="pageToken belongs to another updatedAfter"):
        market.seller.send(v2026.ListOrders(updated_after=market.now, page_token=first.pagination.next_token))


def test_an_order_is_taken_back(market: TestMarket) -> None:
    creates(market.seller)

    market.seller.send(v2026.CancelOrder(order_id="SHOP-1"))

    order = market.seller.send(v2026.GetOrder(order_id="SHOP-1")).order
    assert order.status == "CANCELLED"
    assert [one.cancelled_amount for one in order.line_items] == [v2026.Amount(unit="EACHES", value="2.0")]
    assert at_amazon(market) == Stock(on_hand=100)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"line_items": []}, "Value AllQuantityZero"),
        ({"line_items": [line(value="0")]}, "Value AllQuantityZero"),
        ({"line_items": [line(value="1.5")]}, "amount.value is '1.5'"),
        ({"line_items": [line(value="-1")]}, "amount.value is '-1'"),
        ({"line_items": [line(value="NaN")]}, "amount.value is 'NaN'"),
        ({"line_items": [line(value="1e9999")]}, "amount.value is '1e9999'"),
        ({"line_items": [line(value="many")]}, "amount.value is 'many'"),
        ({"line_items": [line(sku="NO-SUCH")]}, "the SellerSKU for Item Id: 1 is invalid."),
        ({"order_id": "X" * 41}, "orderId has 41 characters"),
        ({"order_id": ""}, "Value  for parameter SellerFulfillmentOrderId"),
        ({"origin": v2026.OrderOrigin(country_code="JP")}, "Value JP for parameter SellerId"),
        ({"fulfillment_configuration": configured(action="THROW")}, "action is 'THROW'"),
        ({"fulfillment_configuration": configured(policy="FILL_HALF")}, "policy is 'FILL_HALF'"),
        (
            {"fulfillment_configuration": configured(service_level=v2026.ServiceLevel(service_tiers=["PRIORITY"]))},
            "serviceTiers names PRIORITY",
        ),
        (
            {
                "fulfillment_configuration": configured(
                    services=v2026.OrderServices(packaging=v2026.PackagingService(packaging_option="GOLD"))
                )
            },
            "packagingOption is 'GOLD'",
        ),
        (
            {
                "fulfillment_configuration": configured(
                    services=v2026.OrderServices(
                        packaging=v2026.PackagingService(
                            packing_slip=v2026.OrderPackingSlip(template_attributes={"orderTime": "soon"})
                        )
                    )
                )
            },
            "orderTime is 'soon'",
        ),
    ],
)
def test_what_is_no_order_is_refused_and_leaves_nothing(market: TestMarket, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        creates(market.seller, **more)

    assert refused.value.message.startswith(words)
    assert market.seller.send(v2026.ListOrders()).orders == []
    assert at_amazon(market) == Stock(on_hand=100)


def test_a_number_is_used_once_by_both_versions(market: TestMarket) -> None:
    asks(market)

    with pytest.raises(InvalidInput, match="Value SHOP-1 for parameter SellerFulfillmentOrderId is invalid"):
        creates(market.seller)

    assert at_amazon(market) == Stock(on_hand=100, reserved=2)


def test_an_order_that_there_is_not_is_not_found(seller: Caller) -> None:
    with pytest.raises(NotFound):
        seller.send(v2026.GetOrder(order_id="NONE"))
    with pytest.raises(NotFound):
        seller.send(v2026.CancelOrder(order_id="NONE"))


def preview(seller: Caller, *lines: tuple[str, str], **more: Any) -> v2026.GetOrderPreviewResponse:  # noqa: ANN401 - fields of the request
    items = [
        v2026.PreviewLineItem(
            product=v2026.PreviewProduct(product_identifier=v2026.ProductIdentifier(amazon_sku=sku)),
            amount=v2026.Amount(unit="EACHES", value=value),
        )
        for sku, value in lines
    ]
    said: dict[str, Any] = {"destination": v2026.PreviewDestination(delivery_address=ADDRESS_2026)}
    return seller.send(v2026.GetOrderPreview(line_items=items, **said | more))


def test_a_preview_offers_each_tier_with_its_price(market: TestMarket) -> None:
    (planned,) = preview(market.seller, (LAMP, "2")).planned_shipments

    offers = {
        one.fulfillment_configuration.service_level.service_tier: one
        for one in planned.offers or ()
        if one.fulfillment_configuration and one.fulfillment_configuration.service_level
    }
    assert set(offers) == {"STANDARD", "EXPEDITED"}
    prices = {
        tier: float(one.estimated_price.total_price.amount) for tier, one in offers.items() if one.estimated_price
    }
    assert 0 < prices["STANDARD"] < prices["EXPEDITED"]
    assert at_amazon(market) == Stock(on_hand=100)
    (without,) = preview(market.seller, (LAMP, "2"), exclude_estimated_fees=True).planned_shipments
    assert [one.estimated_price for one in without.offers or ()] == [None, None]


def test_a_preview_says_what_cannot_be_and_why(market: TestMarket) -> None:
    answer = preview(market.seller, (LAMP, "101"), ("NO-SUCH", "1"))

    assert [one.code for one in answer.constraints or ()] == ["ItemQuantityNotAvailable", "InvalidSKU"]
    nowhere = structs.replace(ADDRESS_2026, postal_code="1")
    answer = preview(market.seller, (LAMP, "1"), destination=v2026.PreviewDestination(delivery_address=nowhere))
    assert answer.planned_shipments == []
    assert {one.code for one in answer.constraints or ()} == {"InvalidDestinationAddress"}


def test_offers_are_made_for_each_product(market: TestMarket) -> None:
    answer = market.seller.send(
        v2026.GetOffers(
            origin=v2026.OrderOrigin(country_code="US"),
            destination=v2026.OfferDestination(
                delivery_address=v2026.VariablePrecisionAddress(postal_code="97201", country_code="US")
            ),
            items=[
                v2026.OfferItem(product_identifier=v2026.ProductIdentifier(amazon_sku=sku))
                for sku in (LAMP, "MUG-BLUE")
            ],
        )
    )

    lamp, mug = answer.offer_results or []
    assert len(lamp.offers or ()) == 2
    assert lamp.constraints is None
    assert (mug.offers, {one.code for one in mug.constraints or ()}) == ([], {"InvalidSKU"})


def test_statuses_and_packages_are_moved_in_a_sandbox_alone(market: TestMarket) -> None:
    creates(market.seller)

    with pytest.raises(Unauthorized):
        market.seller.send(v2026.UpdateOrderStatus(order_id="SHOP-1", status="COMPLETE"))
    with pytest.raises(Unauthorized):
        market.seller.send(v2026.UpdatePackage(order_id="SHOP-1", package_id="1", status="DELIVERED"))

    assert status(market.seller) == "Received"
