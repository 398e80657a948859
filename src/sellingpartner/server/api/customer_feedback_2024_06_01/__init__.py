"""Customer Feedback, 2024-06-01: what buyers praise and fault, and why they send things back."""

from __future__ import annotations

from sellingpartner.server.api.customer_feedback_2024_06_01 import listing, returning

__all__ = ["listing", "returning"]
