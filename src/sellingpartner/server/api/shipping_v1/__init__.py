"""Shipping v1: the shipments of v2 by Amazon's own carrier, announced first or bought at once."""

from __future__ import annotations

from sellingpartner.server.api.shipping_v1 import rates, shipments, tracking

__all__ = ["rates", "shipments", "tracking"]
