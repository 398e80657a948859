"""What happens to A+ content, which a brand shows buyers below what the catalog says of its items."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class ContentWritten(Event):
    """A content document was written, or written anew."""

    reference_key: str
    marketplace_id: str


class ContentSubmitted(Event):
    """A content document waits to be reviewed."""

    reference_key: str
    marketplace_id: str


class ContentApproved(Event):
    """A review found nothing against a content document."""

    reference_key: str
    marketplace_id: str


class ContentRejected(Event):
    """A review found something against a content document."""

    reference_key: str
    marketplace_id: str
    reasons: tuple[str, ...]


class ContentPublished(Event):
    """Buyers see a content document on the pages of these items."""

    reference_key: str
    marketplace_id: str
    asins: tuple[str, ...]


class ContentWithdrawn(Event):
    """Buyers no longer see a content document on the pages of these items."""

    reference_key: str
    marketplace_id: str
    asins: tuple[str, ...]
