"""What a seller does with its products all day: reads a listing and an item of the catalog, and changes a price."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from benchmarks import reads, writes
from benchmarks.market import Api
from benchmarks.processes import Server
from benchmarks.reads import MARKET
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

GET_LISTING = "getListingsItem"
GET_ITEM = "getCatalogItem"
PATCH = "patchListingsItem, a price"

_PRICES = (21.5, 22.5)
_PAGES = 5


def measure(report: Report, server: Server, api: Api, effort: Effort) -> None:
    """Measure reads beside `getOrder`, and the change of prices: each request finds another price than it sets."""
    listed = _listed(api)
    of_listings = [api.bytes_of("GET", _listing(api, sku)) for sku, _ in listed]
    of_items = [
        api.bytes_of("GET", f"/catalog/2022-04-01/items/{asin}?marketplaceIds={api.marketplace_id}")
        for _, asin in listed
    ]
    orders = [api.bytes_of("GET", reads.order_path(str(one["AmazonOrderId"]))) for one in api.orders(len(listed))]
    patches = [api.bytes_of("PATCH", _listing(api, sku), _priced(api, price)) for price in _PRICES for sku, _ in listed]
    requests = ((GET_LISTING, of_listings), (GET_ITEM, of_items), (_BESIDE, orders))
    report.rows += take_turns(
        [Contender(request=name, label=MARKET, server=server, requests=sent) for name, sent in requests], effort
    )
    report.rows += take_turns([Contender(request=PATCH, label=MARKET, server=server, requests=patches)], effort)
    report.compare(GET_LISTING, MARKET, _BESIDE, MARKET, least=0.8)
    report.compare(GET_ITEM, MARKET, _BESIDE, MARKET, least=0.8)
    report.compare(PATCH, MARKET, writes.CONFIRM, MARKET, least=0.7)


_BESIDE = "getOrder, beside products"


def _listed(api: Api) -> list[tuple[str, str]]:
    """SKUs that have their product, with its ASIN."""
    found: list[tuple[str, str]] = []
    target = f"/listings/2021-08-01/items/{api.seller_id}?marketplaceIds={api.marketplace_id}&pageSize=20"
    token = ""
    for _ in range(_PAGES):
        page = msgspec.json.decode(api.body_of(target + token))
        found += [(one["sku"], one["summaries"][0]["asin"]) for one in page["items"] if one["summaries"]]
        token = f"&pageToken={quote(page['pagination']['nextToken'], safe='')}"
    return found


def _listing(api: Api, sku: str) -> str:
    return f"/listings/2021-08-01/items/{api.seller_id}/{quote(sku, safe='')}?marketplaceIds={api.marketplace_id}"


def _priced(api: Api, price: float) -> dict[str, object]:
    offer = {
        "marketplace_id": api.marketplace_id,
        "currency": "USD",
        "our_price": [{"schedule": [{"value_with_tax": price}]}],
    }
    patch = {"op": "replace", "path": "/attributes/purchasable_offer", "value": [offer]}
    return {"productType": "PRODUCT", "patches": [patch]}
