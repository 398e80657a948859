"""What both versions of Fulfillment Outbound answer, held against Amazon's published models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from modeled import check_form
from msgspec import json
from outside_shop import ADDRESS, LAMP, asks, line, package_number, shipments

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.testing import TestMarket

OLD, NEW = "fulfillmentOutbound_2020-07-01.json", "fulfillmentOutbound_2026-07-04.json"
ROOT, ROOT_2026 = "/fba/outbound/2020-07-01", "/fulfillment/outbound/2026-07-04"
JSON = {"Content-Type": "application/json"}
Json = dict[str, Any]
Ask = Callable[[str, str, Json | None], Any]


def asking(market: TestMarket) -> Ask:
    def ask(method: str, target: str, body: Json | None = None) -> Any:  # noqa: ANN401 - JSON
        reply = market.seller.call(method, target, headers=JSON, body=b"" if body is None else json.encode(body))
        assert reply.status in {200, 202}, reply.json()
        return reply.json()

    return ask


def shipped(market: TestMarket) -> int:
    """An order that has left, with all that an order may say; the number of its package."""
    worth = v2020.Money(currency_code="USD", value="18.99")
    asks(
        market,
        items=[line(gift_message="For you", displayable_comment="Blue", per_unit_declared_value=worth)],
        notification_emails=["ann@shop.example"],
        feature_constraints=[v2020.FeatureSettings(feature_name="OVERBOX")],
    )
    market.advance(days=12)
    return package_number(market.seller)


def test_every_answer_of_2020_is_as_the_published_model_has_it(market: TestMarket) -> None:
    number = shipped(market)
    ask, us = asking(market), market.marketplace_id
    address = json.decode(json.encode(ADDRESS))
    items = [{"sellerSku": LAMP, "quantity": 2, "sellerFulfillmentOrderItemId": "1"}]
    back = {
        "sellerReturnItemId": "R1",
        "sellerFulfillmentOrderItemId": "1",
        "amazonShipmentId": shipments(market.seller)[0].amazon_shipment_id,
        "returnReasonCode": "CR-DEFECTIVE",
    }
    wrong = back | {"returnReasonCode": "NONE", "sellerReturnItemId": "R2"}
    offers = {
        "product": {"productIdentifier": {"merchantSku": LAMP}},
        "terms": {
            "origin": {"countryCode": "US"},
            "destination": {"deliveryAddress": {"postalCode": "97201", "countryCode": "US"}},
        },
    }
    answers = {
        "GetFulfillmentPreviewResponse": ask(
            "POST", f"{ROOT}/fulfillmentOrders/preview", {"address": address, "items": items}
        ),
        "GetDeliveryOffersResponse": ask("POST", f"{ROOT}/deliveryOffers", offers),
        "ListAllFulfillmentOrdersResponse": ask(
            "GET", f"{ROOT}/fulfillmentOrders?queryStartDate=2026-11-01T00:00:00Z", None
        ),
        "GetPackageTrackingDetailsResponse": ask("GET", f"{ROOT}/tracking?packageNumber={number}", None),
        "ListReturnReasonCodesResponse": ask("GET", f"{ROOT}/returnReasonCodes?sellerSku={LAMP}&language=fr", None),
        "CreateFulfillmentReturnResponse": ask(
            "PUT", f"{ROOT}/fulfillmentOrders/SHOP-1/return", {"items": [back, wrong]}
        ),
        "GetFulfillmentOrderResponse": ask("GET", f"{ROOT}/fulfillmentOrders/SHOP-1", None),
        "GetFeaturesResponse": ask("GET", f"{ROOT}/features?marketplaceId={us}", None),
        "GetFeatureInventoryResponse": ask("GET", f"{ROOT}/features/inventory/BLANK_BOX?marketplaceId={us}", None),
        "GetFeatureSkuResponse": ask("GET", f"{ROOT}/features/inventory/BLANK_BOX/{LAMP}?marketplaceId={us}", None),
    }

    for definition, answer in answers.items():
        assert answer["payload"], definition
        check_form(answer, OLD, definition)


def test_every_answer_of_2026_is_as_the_published_model_has_it(market: TestMarket) -> None:
    shipped(market)
    ask = asking(market)
    address = json.decode(json.encode(ADDRESS))
    product = {"productIdentifier": {"amazonSku": LAMP}}
    amount = {"unit": "EACHES", "value": "1"}
    order = {
        "orderId": "SHOP-2",
        "destination": {"deliveryAddress": address, "deliveryNotes": "Ring twice"},
        "lineItems": [{"lineItemId": "1", "product": product, "amount": amount}],
        "fulfillmentConfiguration": {"action": "HOLD", "services": {"packaging": {"overbox": "REQUIRED"}}},
    }
    answers = {
        "GetOrderPreviewResponse": ask(
            "POST",
            f"{ROOT_2026}/previews",
            {"destination": {"deliveryAddress": address}, "lineItems": [{"product": product, "amount": amount}]},
        ),
        "GetOffersResponse": ask(
            "POST",
            f"{ROOT_2026}/offers",
            {"origin": {"countryCode": "US"}, "items": [product, {"productIdentifier": {"amazonSku": "NONE"}}]},
        ),
        "CreateOrderResponse": ask("POST", f"{ROOT_2026}/orders", order),
        "UpdateOrderResponse": ask(
            "PUT", f"{ROOT_2026}/orders/SHOP-2", {"fulfillmentConfiguration": {"action": "SHIP"}}
        ),
        "CancelOrderResponse": ask("PUT", f"{ROOT_2026}/orders/SHOP-2/cancel", None),
        "GetOrderResponse": ask("GET", f"{ROOT_2026}/orders/SHOP-1", None),
        "ListOrdersResponse": ask(
            "GET", f"{ROOT_2026}/orders?updatedAfter=2026-11-01T00:00:00Z&shipments=INCLUDE", None
        ),
    }

    for definition, answer in answers.items():
        check_form(answer, NEW, definition)
