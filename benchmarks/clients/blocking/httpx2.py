"""No client at all: httpx2 and `.json()`, as the least that a call can cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx2

from benchmarks.clients.access import LONG_AGO, PAGE, TOKEN_PATH, Access

_QUOTA = 429
_ORDERS = "/orders/v0/orders"
_RATES = {"getOrders": 0.0167, "getOrderItems": 0.5}


class Bare:
    """Calls put together by hand."""

    def __init__(self, access: Access) -> None:
        self._http = httpx2.Client(base_url=access.url)
        self._access = access
        self._headers: dict[str, str] = {}
        self._ends = 0.0
        self._query: dict[str, Any] = {
            "MarketplaceIds": ",".join(access.marketplace_ids),
            "CreatedAfter": LONG_AGO,
            "MaxResultsPerPage": PAGE,
        }

    def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        found: str = self._get(f"{_ORDERS}/{order_id}").json()["payload"]["AmazonOrderId"]
        return found

    def page(self) -> int:
        """See `Blocking`."""
        return len(self._get(_ORDERS, self._query).json()["payload"]["Orders"])

    def everything(self) -> tuple[int, int]:
        """See `Blocking`. Whoever meets a 429 sleeps for as long as a token takes to come."""
        orders = items = 0
        for order in self._orders():
            orders += 1
            path = f"{_ORDERS}/{order['AmazonOrderId']}/orderItems"
            items += len(self._patiently("getOrderItems", path).json()["payload"]["OrderItems"])
        return orders, items

    def _orders(self) -> Iterator[dict[str, Any]]:
        query = dict(self._query)
        while True:
            page = self._patiently("getOrders", _ORDERS, query).json()["payload"]
            yield from page["Orders"]
            if "NextToken" not in page:
                return
            query["NextToken"] = page["NextToken"]

    def _patiently(self, operation: str, path: str, query: dict[str, Any] | None = None) -> httpx2.Response:
        while True:
            answer = self._get(path, query)
            if answer.status_code != _QUOTA:
                return answer
            time.sleep(1 / _RATES[operation])

    def _get(self, path: str, query: dict[str, Any] | None = None) -> httpx2.Response:
        if time.time() >= self._ends:
            granted = self._http.post(TOKEN_PATH, data=self._access.form).json()
            self._headers = {"x-amz-access-token": granted["access_token"]}
            self._ends = time.time() + granted["expires_in"] - 60
        return self._http.get(path, params=query, headers=self._headers)


def connect(access: Access, *, throttled: bool) -> Bare:  # noqa: ARG001 - it has no throttle
    """Make the client."""
    return Bare(access)
