"""What an application needs to call a market for a seller: its id, its secret, and its refresh token."""

from __future__ import annotations

import msgspec

from sellingpartner.client import Credentials
from sellingpartner.contract.discretion import Discreet
from sellingpartner.testing.transport import MARKET_URL


class Access(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """An application's way to a seller; its repr hides what is secret."""

    application_id: str
    client_id: str
    client_secret: str
    refresh_token: str
    seller_id: str
    marketplace_id: str

    def credentials(self, base_url: str = MARKET_URL) -> Credentials:
        """For this package's client, which reaches the market in the same process unless an address is said."""
        return Credentials(
            client_id=self.client_id,
            client_secret=self.client_secret,
            refresh_token=self.refresh_token,
            marketplace=self.marketplace_id,
            base_url=base_url,
            application_id=self.application_id,
            seller_id=self.seller_id,
        )

    def environ(self, base_url: str) -> dict[str, str]:
        """The variables that a program of its own reads: `env=os.environ | access.environ(market_url)`."""
        return {
            "SP_API_CLIENT_ID": self.client_id,
            "SP_API_CLIENT_SECRET": self.client_secret,
            "SP_API_REFRESH_TOKEN": self.refresh_token,
            "SP_API_BASE_URL": base_url,
            "SP_API_OAUTH_URL": f"{base_url}/auth/o2/token",
            "SP_API_APPLICATION_ID": self.application_id,
            "SP_API_SELLER_ID": self.seller_id,
            "SP_API_MARKETPLACE_ID": self.marketplace_id,
        }
