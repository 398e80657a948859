"""Ours."""

from __future__ import annotations

from benchmarks.clients.access import LONG_AGO, PAGE, Access
from sellingpartner import SellingPartner


class Ours:
    """Typed calls; the throttle is on, as it is by default."""

    def __init__(self, access: Access) -> None:
        self._client = SellingPartner(
            client_id=access.client_id,
            client_secret=access.client_secret,
            refresh_token=access.refresh_token,
            base_url=access.url,
        )
        self._marketplace_ids = access.marketplace_ids

    def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        order = self._client.orders_v0.get_order(order_id=order_id).payload
        return order.amazon_order_id if order else ""

    def page(self) -> int:
        """See `Blocking`."""
        page = self._client.orders_v0.get_orders(
            marketplace_ids=self._marketplace_ids, created_after=LONG_AGO, max_results_per_page=PAGE
        )
        return len(page.payload.orders) if page.payload else 0

    def everything(self) -> tuple[int, int]:
        """See `Blocking`."""
        orders = items = 0
        api = self._client.orders_v0
        for order in api.get_orders.items(
            marketplace_ids=self._marketplace_ids, created_after=LONG_AGO, max_results_per_page=PAGE
        ):
            orders += 1
            items += sum(1 for _ in api.get_order_items.items(order_id=order.amazon_order_id))
        return orders, items


def connect(access: Access, *, throttled: bool) -> Ours:  # noqa: ARG001 - it learns the rate that an answer names
    """Make the client."""
    return Ours(access)
