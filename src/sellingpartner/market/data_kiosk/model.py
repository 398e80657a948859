"""A query of the Data Kiosk, asked and answered."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market.documents.jobs import LIFECYCLE, JobStatus


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A query, run or still to be run."""

    query_id: str
    query: str
    """As it was sent."""
    first_row: int
    """Which row of the result it begins with: it is above zero for a further page."""
    status: JobStatus
    created_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    days_kept: int
    """How long it and its document are kept: the shortest time of the fields that it names."""
    document_id: str | None
    """What was written; nobody is shown it before the query has ended."""
    next_token: str | None
    application_id: str
    rows: int | None
    """How many rows its document has, once it was run."""

    @property
    def is_ended(self) -> bool:
        """Whether nothing more becomes of it."""
        return not LIFECYCLE[self.status]

    @property
    def data_document_id(self) -> str | None:
        """The document that holds its rows."""
        return self.document_id if self.status is JobStatus.DONE else None

    @property
    def error_document_id(self) -> str | None:
        """The document that says why it could not be run."""
        return self.document_id if self.status is JobStatus.FATAL else None
