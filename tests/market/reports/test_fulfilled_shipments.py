"""What Amazon has shipped: shipments, their sales, their replacements, and how often that may be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outside_shop import asks

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.reports.families.orders.order_lines import PERSONAL
from sellingpartner.testing import TestMarket

GENERAL = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL"
OF_TAX = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_TAX"
SALES = "GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_SALES_DATA"
PROMOTIONS = "GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_PROMOTION_DATA"
REPLACEMENTS = "GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA"


def sold(market: TestMarket) -> str:
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    line = PurchaseLine(
        sku="LAMP-OAK", quantity=2, unit_price=1500, shipping=400, shipping_discount=400, promotion_ids=("FREE",)
    )
    order_id = market.buys(lines=(line,))
    market.advance(days=2)
    return order_id


def test_a_shipment_tells_what_left_and_not_to_whom(market: TestMarket) -> None:
    order_id = sold(market)

    (row,) = market.report(GENERAL).rows

    assert len(row) == 48
    assert (row["amazon-order-id"], row["sku"], row["quantity-shipped"]) == (order_id, "LAMP-OAK", "2")
    assert [row[name] for name in ("item-price", "shipping-price", "ship-promotion-discount", "gift-wrap-price")] == [
        "30.00",
        "4.00",
        "4.00",
        "0.00",
    ]
    assert (row["fulfillment-center-id"], row["fulfillment-channel"], row["carrier"]) == ("PHX6", "AFN", "AMZN_US")
    assert {row[name] for name in PERSONAL & row.keys()} == {""}
    assert row["shipment-date"].endswith("+00:00")


def test_with_a_restricted_data_token_it_tells_to_whom(market: TestMarket) -> None:
    sold(market)

    (row,) = market.report(OF_TAX).rows

    assert row["recipient-name"]
    assert row["buyer-email"].endswith("@marketplace.amazon.com")
    assert row["bill-city"] == row["ship-city"]


def test_japans_has_points_its_clock_and_yen_with_two_places() -> None:
    with TestMarket(marketplaces=[BY_COUNTRY["JP"].marketplace_id]) as market:
        sold(market)

        paper = market.report(GENERAL)

    (row,) = paper.rows
    assert paper.charset == "Shift_JIS"
    assert list(row)[-1] == "points-granted"
    assert (row["item-price"], row["purchase-date"]) == ("3000.00", "2026-11-02T18:00:00+09:00")


def test_sales_are_told_by_shipment_and_replacements_apart(market: TestMarket) -> None:
    order_id = sold(market)
    instead = market.buys("LAMP-OAK", replaces_order_id=order_id)
    market.advance(days=2)

    rows = {row["amazon-order-id"]: row for row in market.report(SALES).rows}
    (replaced,) = market.report(REPLACEMENTS).rows

    assert rows.keys() == {order_id, instead}
    assert (rows[order_id]["item-price-per-unit"], rows[order_id]["quantity"]) == ("15.00", "2")
    assert (replaced["replacement-amazon-order-id"], replaced["original-amazon-order-id"]) == (instead, order_id)


def test_promotions_are_told_of_what_they_took_off(market: TestMarket) -> None:
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    line = PurchaseLine(
        sku="LAMP-OAK",
        unit_price=1500,
        promotion_discount=300,
        shipping=400,
        shipping_discount=400,
        promotion_ids=("SPRING", "FREE"),
    )
    order_id = market.buys(lines=(line,))
    market.buys("LAMP-OAK")
    market.advance(days=2)

    goods, shipping = market.report(PROMOTIONS).rows

    assert [one["item-promotion-discount"] for one in (goods, shipping)] == ["3.00", "4.00"]
    assert {one["item-promotion-id"] for one in (goods, shipping)} == {"SPRING,FREE"}
    assert {one["amazon-order-id"] for one in (goods, shipping)} == {order_id}


def test_shipments_may_be_asked_for_every_half_hour_and_for_a_month(market: TestMarket) -> None:
    sold(market)

    statuses = [market.report(GENERAL).status for _ in range(2)]
    market.advance(minutes=30)

    assert [*statuses, market.report(GENERAL).status] == ["DONE", "CANCELLED", "DONE"]
    with pytest.raises(InvalidInput, match="more than 31 days apart"):
        market.report(GENERAL, start=market.now - timedelta(days=32))


def test_what_another_shop_sold_is_told_with_its_own_number(market: TestMarket) -> None:
    asks(market)
    market.advance(days=2)

    (row,) = market.report(GENERAL).rows

    assert row["amazon-order-id"].startswith("S01-")
    assert (row["merchant-order-id"], row["sales-channel"], row["quantity-shipped"]) == ("SHOP-1", "Non-Amazon", "2")
