"""Reads of offers: batches of twenty items, none of which is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlencode

import msgspec

from benchmarks.market import Api
from benchmarks.processes import Server
from benchmarks.reads import MARKET
from benchmarks.report import Report
from benchmarks.turns import Contender, Effort, take_turns

BATCH = "getItemOffersBatch, 20 items"

_SIZE = 20
_MOST = 20
_BASE = "/products/pricing/v0"


def measure(report: Report, server: Server, api: Api, skus: list[str], *, effort: Effort) -> None:
    """Measure batches of the offers of what the seller sells."""
    requests = [_batch(api, asins) for asins in islice(_asins(api, skus), _MOST)]
    report.rows += take_turns([Contender(request=BATCH, label=MARKET, server=server, requests=requests)], effort)


def _asins(api: Api, skus: list[str]) -> Sequence[list[str]]:
    """The items of some SKUs, twenty at a time."""
    plain = [sku for sku in skus if "," not in sku][: _SIZE * _MOST]
    pages = []
    for start in range(0, len(plain), _SIZE):
        query = {"MarketplaceId": api.marketplace_id, "ItemType": "Sku", "Skus": ",".join(plain[start : start + _SIZE])}
        payload = msgspec.json.decode(api.body_of(f"{_BASE}/price?{urlencode(query)}"))["payload"]
        pages.append([one["Product"]["Identifiers"]["MarketplaceASIN"]["ASIN"] for one in payload])
    return [page for page in pages if len(page) == _SIZE]


def _batch(api: Api, asins: list[str]) -> bytes:
    same = {"method": "GET", "MarketplaceId": api.marketplace_id, "ItemCondition": "New", "CustomerType": "Consumer"}
    entries = [same | {"uri": f"{_BASE}/items/{asin}/offers"} for asin in asins]
    return api.bytes_of("POST", f"/batches{_BASE}/itemOffers", {"requests": entries})
