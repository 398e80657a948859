"""Orders v0: ten operations, a view of the context `orders`."""

from __future__ import annotations

from sellingpartner.server.api.orders_v0 import listing, reading, regulated, shipping

__all__ = ["listing", "reading", "regulated", "shipping"]
