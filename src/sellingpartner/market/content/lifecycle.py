"""How a content document comes to be shown: written, submitted, reviewed."""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.market.events.content import ContentApproved, ContentRejected, ContentSubmitted, ContentWritten
from sellingpartner.market.time.lifecycle import Lifecycle


class ContentStatus(StrEnum):
    """Where a content document stands; what buyers see is told by what is published."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


# Assumed: what is under review is not written anew meanwhile; what was approved stays with buyers, as it was, until
# what was written anew is approved in its turn.
LIFECYCLE: Lifecycle[ContentStatus] = {
    ContentStatus.DRAFT: {ContentWritten: ContentStatus.DRAFT, ContentSubmitted: ContentStatus.SUBMITTED},
    ContentStatus.SUBMITTED: {
        ContentApproved: ContentStatus.APPROVED,
        ContentRejected: ContentStatus.REJECTED,
    },
    ContentStatus.APPROVED: {ContentWritten: ContentStatus.DRAFT, ContentSubmitted: ContentStatus.SUBMITTED},
    ContentStatus.REJECTED: {ContentWritten: ContentStatus.DRAFT, ContentSubmitted: ContentStatus.SUBMITTED},
}
