"""No client at all: httpx2's asynchronous one and `.json()`."""

from __future__ import annotations

import httpx2

from benchmarks.clients.access import TOKEN_PATH, Access


class Bare:
    """Calls put together by hand."""

    def __init__(self, access: Access) -> None:
        self._http = httpx2.AsyncClient(base_url=access.url)
        self._access = access
        self._headers: dict[str, str] = {}

    async def get_order(self, order_id: str) -> str:
        """See `Waiting`."""
        if not self._headers:
            granted = (await self._http.post(TOKEN_PATH, data=self._access.form)).json()
            self._headers = {"x-amz-access-token": granted["access_token"]}
        answer = await self._http.get(f"/orders/v0/orders/{order_id}", headers=self._headers)
        found: str = answer.json()["payload"]["AmazonOrderId"]
        return found

    async def aclose(self) -> None:
        """See `Waiting`."""
        await self._http.aclose()


def connect(access: Access) -> Bare:
    """Make the client."""
    return Bare(access)
