"""What buyers say of sellers."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class FeedbackLeft(Event):
    """A buyer rated the seller of an order."""

    order_id: str
    marketplace_id: str
    rating: int
    received: int
    """How many ratings the seller has with this one."""
    positive: int
    """How many of them are good."""
