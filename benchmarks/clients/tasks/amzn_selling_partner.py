"""amzn-selling-partner; pointed elsewhere as its blocking twin is."""

from __future__ import annotations

from typing import Any, cast

from amzn_selling_partner import AsyncSellingPartner

from benchmarks.clients.access import TOKEN_PATH, Access
from benchmarks.clients.blocking.amzn_selling_partner import Elsewhere


class AmznSellingPartner:
    """Typed answers; its throttle is off, see `calls`."""

    def __init__(self, access: Access) -> None:
        region: Any = Elsewhere(access.url)
        self._client = AsyncSellingPartner(
            region=region,
            token_url=access.url + TOKEN_PATH,
            client_id=access.client_id,
            client_secret=access.client_secret,
            refresh_token=access.refresh_token,
            throttle=False,
        )

    async def get_order(self, order_id: str) -> str:
        """See `Waiting`."""
        order = cast("Any", (await self._client.orders_v0.get_order(order_id)).payload)
        found: str = order.amazon_order_id
        return found

    async def aclose(self) -> None:
        """See `Waiting`."""
        await self._client.aclose()


def connect(access: Access) -> AmznSellingPartner:
    """Make the client."""
    return AmznSellingPartner(access)
