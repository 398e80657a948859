"""amzn-sp-api, Amazon's own, as it is pointed elsewhere by its two arguments."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from spapi import ApiException, Configuration, OrdersV0Api, SPAPIClient, SPAPIConfig

from benchmarks.clients.access import LONG_AGO, PAGE, TOKEN_PATH, Access

_QUOTA = 429
_RATES = {"get_orders": 0.0167, "get_order_items": 0.5}


class AmznSpApi:
    """Typed answers; its constructor fetches the token, and nothing waits."""

    def __init__(self, access: Access) -> None:
        # Without it each object made of an answer adds a handler to its log and looks through all before it: a page
        # would take a tenth of a second at first, and longer with each call.
        Configuration.set_default(Configuration())
        config = SPAPIConfig(
            client_id=access.client_id, client_secret=access.client_secret, refresh_token=access.refresh_token
        )
        client = SPAPIClient(config, endpoint=access.url, oauth_endpoint=access.url + TOKEN_PATH)
        self._orders = OrdersV0Api(client.api_client)
        self._query = {
            "marketplace_ids": access.marketplace_ids,
            "created_after": LONG_AGO,
            "max_results_per_page": PAGE,
        }

    def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        found: str = self._orders.get_order(order_id).payload.amazon_order_id
        return found

    def page(self) -> int:
        """See `Blocking`."""
        return len(self._orders.get_orders(**self._query).payload.orders)

    def everything(self) -> tuple[int, int]:
        """See `Blocking`. Whoever meets a 429 sleeps for as long as a token takes to come."""
        orders = items = 0
        for order in self._all_orders():
            orders += 1
            answer = self._patiently(self._orders.get_order_items, order.amazon_order_id)
            items += len(answer.payload.order_items)
        return orders, items

    def _all_orders(self) -> Iterator[Any]:
        query: dict[str, Any] = dict(self._query)
        while True:
            page = self._patiently(self._orders.get_orders, **query).payload
            yield from page.orders
            if page.next_token is None:
                return
            query["next_token"] = page.next_token

    def _patiently(self, call: Callable[..., Any], *arguments: str, **query: Any) -> Any:  # noqa: ANN401 - its answer
        while True:
            try:
                return call(*arguments, **query)
            except ApiException as refusal:
                if refusal.status != _QUOTA:
                    raise
                time.sleep(1 / _RATES[call.__name__])


def connect(access: Access, *, throttled: bool) -> AmznSpApi:  # noqa: ARG001 - it has no throttle
    """Make the client."""
    return AmznSpApi(access)
