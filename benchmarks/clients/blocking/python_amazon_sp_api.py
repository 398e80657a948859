"""python-amazon-sp-api: its marketplace is an object with three attributes, its token client's host is in its class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sp_api.api import Orders
from sp_api.auth import AccessTokenClient
from sp_api.util import load_all_pages, throttle_retry

from benchmarks.clients.access import LONG_AGO, PAGE, Access


class PythonAmazonSpApi:
    """Its answers are dictionaries; it waits where its decorators are put around calls."""

    def __init__(self, access: Access) -> None:
        class Market:
            endpoint = access.url
            marketplace_id = access.marketplace_ids[0]
            region = "us-east-1"

        class Tokens(AccessTokenClient):  # type: ignore[misc] # untyped
            scheme = "http://"
            host = urlsplit(access.url).netloc

        credentials = {
            "lwa_app_id": access.client_id,
            "lwa_client_secret": access.client_secret,
            "refresh_token": access.refresh_token,
        }
        self._orders = Orders(marketplace=Market, auth_token_client_class=Tokens, credentials=credentials)
        self._query = {
            "MarketplaceIds": access.marketplace_ids,
            "CreatedAfter": LONG_AGO,
            "MaxResultsPerPage": PAGE,
        }

    def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        found: str = self._orders.get_order(order_id).payload["AmazonOrderId"]
        return found

    def page(self) -> int:
        """See `Blocking`."""
        return len(self._orders.get_orders(**self._query).payload["Orders"])

    def everything(self) -> tuple[int, int]:
        """See `Blocking`. Its decorators, with their defaults."""

        @throttle_retry()  # type: ignore[untyped-decorator]
        def get_order_items(order_id: str) -> Any:  # noqa: ANN401 - its answer
            return self._orders.get_order_items(order_id)

        orders = items = 0
        for page in self._pages():
            for order in page.payload["Orders"]:
                orders += 1
                items += len(get_order_items(order["AmazonOrderId"]).payload["OrderItems"])
        return orders, items

    def _pages(self) -> Iterator[Any]:
        @load_all_pages()  # type: ignore[untyped-decorator]
        @throttle_retry()  # type: ignore[untyped-decorator]
        def get_orders(**query: Any) -> Any:  # noqa: ANN401 - its answer
            return self._orders.get_orders(**query)

        pages: Iterator[Any] = get_orders(**self._query)
        return pages


def connect(access: Access, *, throttled: bool) -> PythonAmazonSpApi:  # noqa: ARG001 - it has no throttle
    """Make the client."""
    return PythonAmazonSpApi(access)
