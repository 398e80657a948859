"""amzn-selling-partner, with the hosts that stand in it."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from story import EVERYTHING, SELLER, US, tell

SDK: Any = import_module("amzn_selling_partner")  # its types say of everything that it may not be there
PERSONAL: Any = import_module("amzn_selling_partner.plugins.amazon_spapi")


def word(value: Any) -> str:  # noqa: ANN401 - a text, or a member of an enumeration
    """The text of either."""
    return str(getattr(value, "value", value))


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        self.client = SDK.SellingPartner(
            client_id=os.environ["LWA_APP_ID"],
            client_secret=os.environ["LWA_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
        )

    def participations(self) -> list[str]:
        return [one.marketplace.id for one in self.client.sellers_v1.list_marketplace_participations().payload]

    def subscribe(self, arn: str) -> str:
        told = self.client.notifications_v1
        made = told.create_destination({"name": "orders", "resourceSpecification": {"sqs": {"arn": arn}}})
        body = {"payloadVersion": "1.0", "destinationId": made.payload.destination_id}
        given = told.create_subscription("ORDER_CHANGE", body | {"processingDirective": EVERYTHING})
        return str(given.payload.payload_version)

    def schema(self) -> str:
        found = self.client.definitions_product_types_v2020_09_01.get_product_type("MUG", [US])
        return str(found.schema_.link.resource)

    def put(self, sku: str, body: dict[str, Any], *, preview: bool) -> str:
        more = {"mode": "VALIDATION_PREVIEW"} if preview else {}
        return word(self.client.listings_items_v2021_08_01.put_listings_item(SELLER, sku, body, [US], **more).status)

    def stock(self, sku: str) -> int:
        listings = self.client.listings_items_v2021_08_01
        found = listings.get_listings_item(SELLER, sku, [US], included_data=["fulfillmentAvailability"])
        return sum(one.quantity for one in found.fulfillment_availability)

    def orders(self) -> list[str]:
        found = self.client.orders_v0.list_orders([US], created_after="2020-01-01T00:00:00Z")
        return [one.amazon_order_id for one in found.payload.orders]

    def status(self, order_id: str) -> str:
        return word(self.client.orders_v0.get_order(order_id).payload.order_status)

    def items(self, order_id: str) -> list[dict[str, Any]]:
        found = self.client.orders_v0.list_order_order_items(order_id).payload.order_items
        return [{"id": o.order_item_id, "sku": o.seller_sku, "quantity": o.quantity_ordered} for o in found]

    def address(self, order_id: str, *, restricted: bool) -> str | None:
        more = {"request_options": PERSONAL.with_rdt("shippingAddress")} if restricted else {}
        street: str | None = self.client.orders_v0.get_order(order_id, **more).payload.shipping_address.address_line1
        return street

    def confirm(self, order_id: str, parcel: dict[str, Any]) -> None:
        self.client.orders_v0.create_order_shipment_confirmation(
            order_id, {"marketplaceId": US, "packageDetail": parcel}
        )


tell(Sdk())
