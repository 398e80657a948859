"""Writes: buyers place orders through the control API, and the seller confirms that they have shipped."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.market import Api
from benchmarks.reads import MARKET, order_path
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

PLACE = "place an order"
CONFIRM = "confirmShipment"

Json = dict[str, object]


def measure(report: Report, port: int, api: Api, skus: list[str], *, effort: Effort) -> None:
    """Measure placing, then the confirmation of what was placed: each order ships once."""
    bodies = [_order(api, sku) for sku in skus]
    placing = [api.bytes_of("POST", "/market/v1/orders", body) for body in bodies]
    began = datetime.now(UTC)
    report.rows += take_turns([Contender(request=PLACE, server=MARKET, port=port, requests=placing)], effort)
    confirming = [_confirmation(api, order_id) for order_id in _placed_since(api, began)]
    shipments = Contender(request=CONFIRM, server=MARKET, port=port, requests=confirming, once=True)
    report.rows += take_turns([shipments], effort)


def _order(api: Api, sku: str) -> Json:
    return {"sellerId": api.seller_id, "marketplaceId": api.marketplace_id, "lines": [{"sku": sku, "quantity": 1}]}


def _placed_since(api: Api, moment: datetime) -> list[str]:
    """The unshipped orders that came after a moment."""
    after = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    wanted = {"CreatedAfter": after, "OrderStatuses": "Unshipped", "FulfillmentChannels": "MFN"}
    return [order["AmazonOrderId"] for order in api.orders(100_000, **wanted)]


def _confirmation(api: Api, order_id: str) -> bytes:
    items = api.get(f"{order_path(order_id)}/orderItems")["OrderItems"]
    package: Json = {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1Z999AA10123456784",
        "shipDate": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "orderItems": [{"orderItemId": item["OrderItemId"], "quantity": item["QuantityOrdered"]} for item in items],
    }
    body = {"marketplaceId": api.marketplace_id, "packageDetail": package}
    return api.bytes_of("POST", f"{order_path(order_id)}/shipmentConfirmation", body)
