"""A review of an item, and what many reviews come to."""

from __future__ import annotations

from datetime import datetime

import msgspec

BEST = 5


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """What a review says of one topic: well of it, or ill."""

    topic: str
    subtopic: str
    is_positive: bool
    words: str


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What a buyer said of an item."""

    order_id: str
    order_item_id: str
    marketplace_id: str
    asin: str
    classification_id: str
    """Where in the browse tree the item stood then; empty for nowhere."""
    stars: int
    mentions: tuple[Mention, ...]
    written_at: datetime


class ReturnedItem(msgspec.Struct, frozen=True, kw_only=True):
    """Why units of an item were sent back."""

    order_id: str
    return_id: str
    order_item_id: str
    marketplace_id: str
    asin: str
    classification_id: str
    reason: str
    asked_at: datetime
