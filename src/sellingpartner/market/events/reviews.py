"""What buyers say of items."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class ItemReviewed(Event):
    """A buyer said of an item how good it is."""

    order_id: str
    order_item_id: str
    marketplace_id: str
    asin: str
    stars: int
    topics: tuple[str, ...]
