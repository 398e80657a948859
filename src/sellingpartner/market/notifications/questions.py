"""What others may ask of notifications."""

from __future__ import annotations

from sellingpartner.market.notifications.deliveries import are_due, deliveries_of
from sellingpartner.market.notifications.queues import queue_of

__all__ = ["are_due", "deliveries_of", "queue_of"]
