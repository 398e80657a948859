"""Answers about orders, held against Amazon's own documents of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PaymentMethod, PurchaseLine
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

V0, V2026 = "ordersV0.json", "orders_2026-01-01.json"
OLDER, NEWER = "/orders/v0/orders", "/orders/2026-01-01/orders"
PARTS = (
    "includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,"
    "FULFILLMENT_ORDERS"
)


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[TestMarket, str]]:
    """A market with an order that has something of everything."""
    made = TestMarket()
    gift = PurchaseLine(
        sku="MUG-BLUE",
        quantity=2,
        shipping=499,
        promotion_discount=200,
        promotion_ids=("SPRING",),
        gift_wrap=350,
        gift_wrap_level="Classic",
        gift_message="For Ada",
        customized_url="https://example.com/custom.zip",
    )
    order_id = made.buys(
        lines=(gift, PurchaseLine(sku="MUG-RED")), is_business=True, payment_method=PaymentMethod.COD, is_prime=True
    )
    made.buys("LAMP-OAK", paid=False)
    with made.market.write(made.seller_account.seller_id) as unit:
        orders.request_cancellation(unit, order_id, reason="Found it cheaper")
        orders.set_easy_ship_status(unit, order_id, "PendingSchedule")
        item, *_ = order_of(unit, order_id).unshipped_quantities()
        orders.ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities={item: 1}, carrier_code="X"))
    made.advance(minutes=5)
    yield made, order_id
    made.close()


@pytest.mark.parametrize(
    ("form", "target", "status"),
    [
        ((V2026, "GetOrderResponse"), f"{NEWER}/{{order}}", 200),
        ((V2026, "GetOrderResponse"), f"{NEWER}/{{order}}?{PARTS}", 200),
        ((V2026, "ErrorList"), f"{NEWER}/111-0000000-0000000", 404),
        ((V2026, "SearchOrdersResponse"), f"{NEWER}?createdAfter=2026-01-01&{PARTS}", 200),
        ((V2026, "SearchOrdersResponse"), f"{NEWER}?lastUpdatedAfter=2026-01-01&maxResultsPerPage=1", 200),
        ((V2026, "ErrorList"), NEWER, 400),
        ((V0, "GetOrdersResponse"), f"{OLDER}?MarketplaceIds={{market}}&CreatedAfter=2026-01-01", 200),
        ((V0, "GetOrderResponse"), f"{OLDER}/{{order}}", 200),
        ((V0, "GetOrderItemsResponse"), f"{OLDER}/{{order}}/orderItems", 200),
        ((V0, "GetOrderAddressResponse"), f"{OLDER}/{{order}}/address", 200),
        ((V0, "GetOrderBuyerInfoResponse"), f"{OLDER}/{{order}}/buyerInfo", 200),
        ((V0, "GetOrderItemsBuyerInfoResponse"), f"{OLDER}/{{order}}/orderItems/buyerInfo", 200),
    ],
)
def test_an_answer_has_the_form_of_amazons_document(
    shop: tuple[TestMarket, str], published: dict[str, Any], form: tuple[str, str], target: str, status: int
) -> None:
    market, order_id = shop

    reply = market.seller.call("GET", target.format(order=order_id, market=market.marketplace_id))

    document, answer = form
    assert reply.status == status
    schema = {"$ref": f"#/definitions/{answer}", "definitions": published[document]["definitions"]}
    jsonschema_rs.Draft7Validator(schema).validate(reply.json())
