"""Keeps calls under Amazon's usage plans: `queues.py` says whose turn it is, `bucket.py` mirrors one usage plan.

For everybody are the names below; the modules are the client's own.
"""

from __future__ import annotations

from sellingpartner.client.throttle.queues import MemoryThrottle, SQLiteThrottle, Throttle, Unthrottled, rate_named

__all__ = ["MemoryThrottle", "SQLiteThrottle", "Throttle", "Unthrottled", "rate_named"]
