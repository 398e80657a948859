"""python-amazon-sp-api; pointed elsewhere as its blocking twin is."""

from __future__ import annotations

from urllib.parse import urlsplit

from sp_api.asyncio.api import Orders
from sp_api.asyncio.auth import AccessTokenClient

from benchmarks.clients.access import Access


class PythonAmazonSpApi:
    """Its answers are dictionaries."""

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

    async def get_order(self, order_id: str) -> str:
        """See `Waiting`."""
        found: str = (await self._orders.get_order(order_id)).payload["AmazonOrderId"]
        return found

    async def aclose(self) -> None:
        """See `Waiting`."""
        await self._orders.aclose()


def connect(access: Access) -> PythonAmazonSpApi:
    """Make the client."""
    return PythonAmazonSpApi(access)
