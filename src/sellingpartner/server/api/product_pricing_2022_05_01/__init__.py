"""Product Pricing, 2022-05-01: at which price an offer would be featured, and a summary of what competes."""

from __future__ import annotations

from sellingpartner.server.api.product_pricing_2022_05_01 import expected, summary

__all__ = ["expected", "summary"]
