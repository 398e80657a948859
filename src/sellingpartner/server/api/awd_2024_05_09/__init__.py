"""Amazon Warehousing and Distribution (AWD), 2024-05-09: orders in and out, shipments, inventory."""

from __future__ import annotations

from sellingpartner.server.api.awd_2024_05_09 import inbound, inventory, outbound, replenishment, shipments

__all__ = ["inbound", "inventory", "outbound", "replenishment", "shipments"]
