"""Units in and out with python-amazon-sp-api, as its README has it: credentials in the environment, and no address."""

from __future__ import annotations

import re
from typing import Any

from sending import send
from sp_api.api import FulfillmentInbound, FulfillmentInboundVersion, FulfillmentOutbound, Inventories
from sp_api.auth import access_token_client
from story import US, market


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        self.plans = FulfillmentInbound(version=FulfillmentInboundVersion.V_2024_03_20)
        self.shipments = FulfillmentInbound(version=FulfillmentInboundVersion.V_v0)
        self.outbound, self.inventory = FulfillmentOutbound(), Inventories()

    def waits(self, by: str) -> None:
        """Let time pass, which is asked of the market itself; the SDK counts the life of its token by its own clock."""
        market("clock/advance", {"by": by})
        access_token_client.cache.clear()

    def inbound(
        self,
        name: str,
        path: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        method = re.sub("([A-Z])", lambda found: f"_{found[1].lower()}", name)
        answer = getattr(self.plans, method)(*(path or {}).values(), **(query or {}), **(body or {}))
        found: dict[str, Any] = answer.payload
        return found

    def labels(self, shipment_id: str) -> str:
        asked = {"PageType": "PackageLabel_Plain_Paper", "LabelType": "BARCODE_2D"}
        return str(self.shipments.get_labels(shipment_id, **asked).payload["DownloadURL"])

    def received(self, shipment_id: str) -> int:
        items = self.shipments.shipment_items_by_shipment(shipment_id, MarketplaceId=US).payload["ItemData"]
        return sum(item["QuantityReceived"] for item in items)

    def on_the_shelf(self, sku: str) -> int:
        found = self.inventory.get_inventory_summary_marketplace(details=True, marketplaceIds=[US], sellerSkus=[sku])
        (summary,) = found.payload["inventorySummaries"]
        return int(summary["inventoryDetails"]["fulfillableQuantity"])

    def create_order(self, body: dict[str, Any]) -> None:
        self.outbound.create_fulfillment_order(**body)

    def order(self, order_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.outbound.get_fulfillment_order(order_id).payload
        return found

    def tracking(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = self.outbound.get_package_tracking_details(packageNumber=number).payload
        return found


send(Sdk())
