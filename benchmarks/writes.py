"""Writes: buyers place orders through the control API, and the seller confirms that they have shipped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmarks import backstage
from benchmarks.market import Api
from benchmarks.processes import Server
from benchmarks.reads import MARKET, order_path
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

PLACE = "place an order"
CONFIRM = "confirmShipment"

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


def placing(api: Api, skus: list[str]) -> list[bytes]:
    """An order of each SKU."""
    return [api.bytes_of("POST", "/market/v1/orders", _order(api, sku)) for sku in skus]


def _order(api: Api, sku: str) -> Json:
    return {"sellerId": api.seller_id, "marketplaceId": api.marketplace_id, "lines": [{"sku": sku, "quantity": 1}]}


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
