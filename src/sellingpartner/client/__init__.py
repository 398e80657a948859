"""The caller's end of the Selling Partner API; it installs alone and knows nothing of the server.

`SellingPartner` and `AsyncSellingPartner` make calls for one seller, `Sellers` and `AsyncSellers` keep clients for
many over one pool. What they may be told is in `credentials`, `options`, `tokens`, `throttle` and `events`; what they
raise is in `sellingpartner.contract.errors`. docs/architecture.md shows the rooms of this folder.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellingpartner.client._answers.drift import Drift, Surprise
    from sellingpartner.client._partner.async_selling_partner import AsyncSellingPartner
    from sellingpartner.client._partner.selling_partner import SellingPartner
    from sellingpartner.client.credentials import Credentials, Loaded, load_credentials
    from sellingpartner.client.credentials.endpoints import Endpoint
    from sellingpartner.client.options import Options
    from sellingpartner.client.sellers import AsyncSellers, Sellers
    from sellingpartner.client.throttle import MemoryThrottle, SQLiteThrottle, Throttle, Unthrottled
    from sellingpartner.client.tokens import MemoryTokens, SQLiteTokens, Token, TokenStore

_PLACES = {
    "AsyncSellers": "sellers",
    "AsyncSellingPartner": "_partner.async_selling_partner",
    "Credentials": "credentials",
    "Drift": "_answers.drift",
    "Endpoint": "credentials.endpoints",
    "Loaded": "credentials",
    "MemoryThrottle": "throttle",
    "MemoryTokens": "tokens",
    "Options": "options",
    "SQLiteThrottle": "throttle",
    "SQLiteTokens": "tokens",
    "Sellers": "sellers",
    "SellingPartner": "_partner.selling_partner",
    "Surprise": "_answers.drift",
    "Throttle": "throttle",
    "Token": "tokens",
    "TokenStore": "tokens",
    "Unthrottled": "throttle",
    "load_credentials": "credentials",
}

__all__ = [
    "AsyncSellers",
    "AsyncSellingPartner",
    "Credentials",
    "Drift",
    "Endpoint",
    "Loaded",
    "MemoryThrottle",
    "MemoryTokens",
    "Options",
    "SQLiteThrottle",
    "SQLiteTokens",
    "Sellers",
    "SellingPartner",
    "Surprise",
    "Throttle",
    "Token",
    "TokenStore",
    "Unthrottled",
    "load_credentials",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    # The command line uses the wire form alone; it is not to wait for the rest.
    if name not in _PLACES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
