"""Where a client calls, and as whom.

It imports next to nothing, because it is loaded while the import of a client is timed.
"""

from __future__ import annotations

import os

ORDER_ID = "902-3159896-1390916"
"""The order that the canned server is asked for."""
LONG_AGO = "2000-01-01T00:00:00Z"
PAGE = 100
TOGETHER = 16
"""How many calls are made at once where many are made at once."""
TOKEN_PATH = "/auth/o2/token"
ORDERS_PATH = "/orders/v0/orders"
CANNED = {f"{ORDERS_PATH}/{ORDER_ID}": "order.json", ORDERS_PATH: "page.json", TOKEN_PATH: "token.json"}
"""What the canned server has for which path: files in a folder that it is handed."""


class Access:
    """An address and credentials for it."""

    def __init__(self, url: str, *, client_id: str, client_secret: str, refresh_token: str, marketplaces: str) -> None:
        self.url = url
        self.client_id = client_id
        self.client_secret = client_secret
        self.refresh_token = refresh_token
        self.marketplace_ids = marketplaces.split(",")

    @property
    def form(self) -> dict[str, str]:
        """What Login with Amazon is asked, for those who ask it themselves."""
        return {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh_token,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }

    @property
    def environment(self) -> dict[str, str]:
        """What `from_environment` reads in another process."""
        return {
            "BENCHMARK_URL": self.url,
            "BENCHMARK_CLIENT_ID": self.client_id,
            "BENCHMARK_CLIENT_SECRET": self.client_secret,
            "BENCHMARK_REFRESH_TOKEN": self.refresh_token,
            "BENCHMARK_MARKETPLACES": ",".join(self.marketplace_ids),
        }


def from_environment() -> Access:
    """The access that this process was started with."""
    return Access(
        os.environ["BENCHMARK_URL"],
        client_id=os.environ["BENCHMARK_CLIENT_ID"],
        client_secret=os.environ["BENCHMARK_CLIENT_SECRET"],
        refresh_token=os.environ["BENCHMARK_REFRESH_TOKEN"],
        marketplaces=os.environ["BENCHMARK_MARKETPLACES"],
    )
