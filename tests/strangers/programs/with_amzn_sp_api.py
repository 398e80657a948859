"""amzn-sp-api, Amazon's own SDK for Python, with the endpoints that stand in it."""

from __future__ import annotations

import os
from typing import Any

from spapi import (
    ApiClient,
    Configuration,
    DefinitionsApi,
    ListingsApi,
    NotificationsApi,
    OrdersV0Api,
    SellersApi,
    SPAPIClient,
    SPAPIConfig,
    TokensApi,
)
from story import EVERYTHING, SELLER, US, tell

Configuration.set_default(Configuration())


def connected(**whose: str) -> Any:  # noqa: ANN401 - the SDK's
    """A client for a seller's grant, or for a scope without one."""
    ready = SPAPIConfig(
        client_id=os.environ["LWA_APP_ID"], client_secret=os.environ["LWA_CLIENT_SECRET"], region="NA", **whose
    )
    return SPAPIClient(ready).api_client


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        self.client = connected(refresh_token=os.environ["SP_API_REFRESH_TOKEN"])
        self.listings, self.orders_api = ListingsApi(self.client), OrdersV0Api(self.client)

    def participations(self) -> list[str]:
        return [one.marketplace.id for one in SellersApi(self.client).get_marketplace_participations().payload]

    def subscribe(self, arn: str) -> str:
        grantless = NotificationsApi(connected(scope="sellingpartnerapi::notifications"))
        body = {"name": "orders", "resourceSpecification": {"sqs": {"arn": arn}}}
        destination_id = grantless.create_destination(body).payload.destination_id
        given = NotificationsApi(self.client).create_subscription(
            "ORDER_CHANGE",
            {"payloadVersion": "1.0", "destinationId": destination_id, "processingDirective": EVERYTHING},
        )
        return str(given.payload.payload_version)

    def schema(self) -> str:
        found = DefinitionsApi(self.client).get_definitions_product_type("MUG", [US])
        return str(found.var_schema.link.resource)

    def put(self, sku: str, body: dict[str, Any], *, preview: bool) -> str:
        more = {"mode": "VALIDATION_PREVIEW"} if preview else {}
        return str(self.listings.put_listings_item(SELLER, sku, [US], body, **more).status)

    def stock(self, sku: str) -> int:
        found = self.listings.get_listings_item(SELLER, sku, [US], included_data=["fulfillmentAvailability"])
        return sum(one.quantity for one in found.fulfillment_availability)

    def orders(self) -> list[str]:
        found = self.orders_api.get_orders(marketplace_ids=[US], created_after="2020-01-01T00:00:00Z")
        return [one.amazon_order_id for one in found.payload.orders]

    def status(self, order_id: str) -> str:
        return str(self.orders_api.get_order(order_id).payload.order_status)

    def items(self, order_id: str) -> list[dict[str, Any]]:
        found = self.orders_api.get_order_items(order_id).payload.order_items
        return [{"id": o.order_item_id, "sku": o.seller_sku, "quantity": o.quantity_ordered} for o in found]

    def address(self, order_id: str, *, restricted: bool) -> str | None:
        api = self.orders_api
        if restricted:
            resource = {"method": "GET", "path": f"/orders/v0/orders/{order_id}/address"}
            token = TokensApi(self.client).create_restricted_data_token({"restrictedResources": [resource]})
            configuration = Configuration()
            configuration.host, configuration.access_token_cache = self.client.configuration.host, Restricted(token)
            api = OrdersV0Api(ApiClient(configuration))
        street: str | None = api.get_order_address(order_id).payload.shipping_address.address_line1
        return street

    def confirm(self, order_id: str, parcel: dict[str, Any]) -> None:
        self.orders_api.confirm_shipment(order_id, {"marketplaceId": US, "packageDetail": parcel})


class Restricted:
    """A restricted data token in the place of an access token."""

    def __init__(self, answer: Any) -> None:  # noqa: ANN401 - the SDK's
        self.token = str(answer.restricted_data_token)

    def get_lwa_access_token(self) -> str:
        return self.token


tell(Sdk())
