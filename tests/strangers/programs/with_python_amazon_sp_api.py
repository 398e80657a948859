"""python-amazon-sp-api, as its README has it: credentials from the environment, and no address."""

from __future__ import annotations

from typing import Any

from sp_api.api import (
    ListingsItemsV20210801,
    Notifications,
    Orders,
    ProductTypeDefinitions,
    Sellers,
)
from story import EVERYTHING, SELLER, US, tell


class Sdk:
    """The story's steps."""

    def participations(self) -> list[str]:
        return [one["marketplace"]["id"] for one in Sellers().get_marketplace_participation().payload]

    def subscribe(self, arn: str) -> str:
        made = Notifications().create_destination("orders", arn=arn).payload
        given = Notifications().create_subscription(
            "ORDER_CHANGE", destination_id=made["destinationId"], processingDirective=EVERYTHING
        )
        return str(given.payload["payloadVersion"])

    def schema(self) -> str:
        found = ProductTypeDefinitions().get_definitions_product_type("MUG", marketplaceIds=[US]).payload
        return str(found["schema"]["link"]["resource"])

    def put(self, sku: str, body: dict[str, Any], *, preview: bool) -> str:
        more = {"mode": "VALIDATION_PREVIEW"} if preview else {}
        said = ListingsItemsV20210801().put_listings_item(SELLER, sku, marketplaceIds=[US], body=body, **more)
        return str(said.payload["status"])

    def stock(self, sku: str) -> int:
        found = ListingsItemsV20210801().get_listings_item(
            SELLER, sku, marketplaceIds=[US], includedData="fulfillmentAvailability"
        )
        return sum(one["quantity"] for one in found.payload["fulfillmentAvailability"])

    def orders(self) -> list[str]:
        found = Orders().get_orders(MarketplaceIds=[US], CreatedAfter="2020-01-01T00:00:00Z")
        return [one["AmazonOrderId"] for one in found.payload["Orders"]]

    def status(self, order_id: str) -> str:
        return str(Orders().get_order(order_id).payload["OrderStatus"])

    def items(self, order_id: str) -> list[dict[str, Any]]:
        found = Orders().get_order_items(order_id).payload["OrderItems"]
        return [{"id": o["OrderItemId"], "sku": o["SellerSKU"], "quantity": o["QuantityOrdered"]} for o in found]

    def address(self, order_id: str, *, restricted: bool) -> str | None:
        more = {"RestrictedResources": ["shippingAddress"]} if restricted else {}
        street: str | None = Orders().get_order(order_id, **more).payload["ShippingAddress"].get("AddressLine1")
        return street

    def confirm(self, order_id: str, parcel: dict[str, Any]) -> None:
        Orders().confirm_shipment(order_id, marketplaceId=US, packageDetail=parcel)


tell(Sdk())
