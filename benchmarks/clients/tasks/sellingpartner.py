"""Ours."""

from __future__ import annotations

from benchmarks.clients.access import Access
from sellingpartner import AsyncSellingPartner


class Ours:
    """Typed calls; the throttle is on, as it is by default."""

    def __init__(self, access: Access) -> None:
        self._client = AsyncSellingPartner(
            client_id=access.client_id,
            client_secret=access.client_secret,
            refresh_token=access.refresh_token,
            base_url=access.url,
        )

    async def get_order(self, order_id: str) -> str:
        """See `Waiting`."""
        order = (await self._client.orders_v0.get_order(order_id=order_id)).payload
        return order.amazon_order_id if order else ""

    async def aclose(self) -> None:
        """See `Waiting`."""
        await self._client.aclose()


def connect(access: Access) -> Ours:
    """Make the client."""
    return Ours(access)
