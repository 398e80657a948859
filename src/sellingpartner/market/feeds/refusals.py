"""Why a feed is not taken, shown or cancelled."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound

INVALID = "Invalid request parameters"
"""What Amazon says of most that is wrong with a feed that is handed in; SDKs and their users know it."""


class FeedTypeRefused(InvalidInput):
    """No such type, one that Amazon has removed, or one that the market cannot carry out."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"feed type {name[:100]} is invalid", details=why)
        self.because(f"Feeds of the type {name[:100]} are not taken: {why}")


class DocumentRefused(InvalidInput):
    """The feed cannot be made of that document."""

    def __init__(self, document_id: str, why: str) -> None:
        super().__init__(INVALID, details=f"inputFeedDocumentId {document_id[:100]!r} {why}")
        self.because(f"The document {why}")


class NoSuchFeedDocument(InvalidInput):
    """The seller has no such result of a feed, in Amazon's words."""

    def __init__(self) -> None:
        super().__init__("Invalid feedDocumentId")


class NoSuchFeed(NotFound):
    """The seller has no such feed."""

    def __init__(self, feed_id: str) -> None:
        super().__init__(f"There is no feed {feed_id[:60]!r}.")


class NotWhileSo(InvalidInput):
    """The feed is in a state in which that cannot be done."""

    def __init__(self, feed_id: str, status: str) -> None:
        super().__init__(f"Feed {feed_id} is {status}; only a feed that is IN_QUEUE can be cancelled.")
