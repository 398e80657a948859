"""Fulfillment Inbound 2024-03-20: plans, how they are packed, placed and carried, and the operations on them."""

from __future__ import annotations

from sellingpartner.server.api.fulfillment_inbound_2024_03_20 import (
    contents,
    deliveries,
    items,
    operations,
    packing,
    placements,
    plans,
    shipments,
    transports,
)

__all__ = ["contents", "deliveries", "items", "operations", "packing", "placements", "plans", "shipments", "transports"]
