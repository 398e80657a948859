"""A feed: where it stands, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from sellingpartner.market.documents import jobs
from sellingpartner.market.documents.jobs import JobStatus

LIFECYCLE: Mapping[JobStatus, frozenset[JobStatus]] = {
    **jobs.LIFECYCLE,
    JobStatus.IN_PROGRESS: frozenset({JobStatus.DONE, JobStatus.FATAL}),  # what is at work is taken back no more
}


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, worked off or still to be."""

    feed_id: str
    feed_type: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str]
    input_document_id: str
    status: JobStatus
    created_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    document_id: str | None
    """The document that tells what became of it; nobody is shown it before the feed has ended."""
    application_id: str
    origin: str
    """Where the market was reached when it was handed in."""
    messages: int | None
    """How many messages its file has, once it was read."""
    position: int
    """How many of them were worked off: kept in the transaction that holds their effects."""
    failed: int
    warned: int
    findings: int
    """How many findings were noted so far."""

    @property
    def is_ended(self) -> bool:
        """Whether nothing more becomes of it."""
        return not LIFECYCLE[self.status]


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed in, checked already."""

    feed_type: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str]
    input_document_id: str
    application_id: str
    origin: str = ""
