"""The Amazon Selling Partner API, both ends of it: a marketplace that serves it and a client that calls it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellingpartner.client import AsyncSellers, AsyncSellingPartner, Credentials, Sellers, SellingPartner

__all__ = ["AsyncSellers", "AsyncSellingPartner", "Credentials", "Sellers", "SellingPartner"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    # The market, the command line and the contract live here, too, and none of them waits for a client.
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("sellingpartner.client"), name)
