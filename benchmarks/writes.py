"""Writes: buyers place orders by the control API; the seller confirms what shipped, and has Amazon ship for it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from benchmarks import backstage
from benchmarks.market import Api
from benchmarks.processes import Server
from benchmarks.reads import MARKET, order_path
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

PLACE = "place an order"
CONFIRM = "confirmShipment"
CREATE = "createFulfillmentOrder"
_CREATED_A_SECOND = 1_500
"""More than a server takes: each request is made once, since an id given twice is refused."""

Json = dict[str, object]


def measure(report: Report, server: Server, api: Api, skus: list[str], *, database: Path, effort: Effort) -> None:
    """Measure placing, then the confirmation of what was placed: each order ships once."""
    began = datetime.now(UTC)
    report.rows += take_turns(
        [Contender(request=PLACE, label=MARKET, server=server, requests=placing(api, skus))], effort
    )
    waiting = backstage.unshipped(database, api.seller_id, began)
    confirming = [_confirmation(api, order_id, items) for order_id, items in waiting.items()]
    shipments = Contender(request=CONFIRM, label=MARKET, server=server, requests=confirming, once=True)
    report.rows += take_turns([shipments], effort)


def measure_for_other_shops(report: Report, server: Server, api: Api, skus: list[str], *, effort: Effort) -> None:
    """Measure orders of other shops that Amazon is to ship: each has an id of its own."""
    number = int(_CREATED_A_SECOND * max(effort.seconds, effort.warm_up)) * (effort.rounds + 2)
    creating = [_fulfillment(api, f"SHOP-{one}", sku) for one, sku in zip(range(number), cycle(skus))]
    orders = Contender(request=CREATE, label=MARKET, server=server, requests=creating, once=True)
    report.rows += take_turns([orders], effort)


def placing(api: Api, skus: list[str]) -> list[bytes]:
    """An order of each SKU."""
    return [api.bytes_of("POST", "/market/v1/orders", _order(api, sku)) for sku in skus]


def _order(api: Api, sku: str) -> Json:
    return {"sellerId": api.seller_id, "marketplaceId": api.marketplace_id, "lines": [{"sku": sku, "quantity": 1}]}


def _fulfillment(api: Api, order_id: str, sku: str) -> bytes:
    """An order of one unit, to an address that is there."""
    body: Json = {
        "marketplaceId": api.marketplace_id,
        "sellerFulfillmentOrderId": order_id,
        "displayableOrderId": order_id,
        "displayableOrderDate": "2026-01-01T00:00:00Z",
        "displayableOrderComment": "Thank you",
        "shippingSpeedCategory": "Standard",
        "destinationAddress": {
            "name": "Ann Lee",
            "addressLine1": "1 Pine St",
            "city": "Seattle",
            "stateOrRegion": "WA",
            "postalCode": "98101",
            "countryCode": "US",
        },
        "items": [{"sellerSku": sku, "sellerFulfillmentOrderItemId": "1", "quantity": 1}],
    }
    return api.bytes_of("POST", "/fba/outbound/2020-07-01/fulfillmentOrders", body)


def _confirmation(api: Api, order_id: str, item_ids: list[str]) -> bytes:
    package: Json = {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1Z999AA10123456784",
        "shipDate": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "orderItems": [{"orderItemId": item_id, "quantity": 1} for item_id in item_ids],
    }
    body = {"marketplaceId": api.marketplace_id, "packageDetail": package}
    return api.bytes_of("POST", f"{order_path(order_id)}/shipmentConfirmation", body)
