"""What happens to feeds."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class FeedSubmitted(Event):
    """A seller handed in a feed."""

    feed_id: str
    feed_type: str
    document_id: str


class FeedEnded(Event):
    """A feed came to its end: its messages were worked through, it was cancelled, or it could not be read."""

    feed_id: str
    feed_type: str
    status: str
    document_id: str | None = None
    """The document that tells what became of each message."""
