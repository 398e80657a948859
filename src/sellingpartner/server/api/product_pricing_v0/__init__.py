"""Product Pricing, v0: a seller's own prices, what competes with them, and whose offer is featured."""

from __future__ import annotations

from sellingpartner.server.api.product_pricing_v0 import batches, offers, prices

__all__ = ["batches", "offers", "prices"]
