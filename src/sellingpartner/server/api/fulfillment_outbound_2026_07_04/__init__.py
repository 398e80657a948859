"""Fulfillment Outbound 2026-07-04: nine operations, another view of the orders that 2020-07-01 shows."""

from __future__ import annotations

from sellingpartner.server.api.fulfillment_outbound_2026_07_04 import orders, previews, trying

__all__ = ["orders", "previews", "trying"]
