"""Orders 2026-01-01: two operations, the second view of the context `orders`."""

from __future__ import annotations

from sellingpartner.server.api.orders_2026_01_01 import reading, searching

__all__ = ["reading", "searching"]
