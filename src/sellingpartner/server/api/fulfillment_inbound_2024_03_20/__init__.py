"""Fulfillment Inbound 2024-03-20: plans, how they are packed, and the operations on them."""

from __future__ import annotations

from sellingpartner.server.api.fulfillment_inbound_2024_03_20 import items, operations, packing, plans

__all__ = ["items", "operations", "packing", "plans"]
