"""What happens to a seller's stock."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class StockMoved(Event):
    """Units came, were promised to somebody, were set free, left, or were counted again."""

    sku: str
    condition: str
    place: str
    on_hand_change: int
    reserved_change: int
    reason: str
    reference: str
