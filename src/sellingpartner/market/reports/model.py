"""A report, and a schedule by which reports are made again and again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.documents.jobs import LIFECYCLE, JobStatus


class MadeBy(StrEnum):
    """Who asked for a report."""

    SELLER = "SELLER"
    AMAZON = "AMAZON"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report, made or still to be made."""

    report_id: str
    report_type: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str]
    data_start: datetime
    data_end: datetime
    report_schedule_id: str | None
    status: JobStatus
    created_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    document_id: str | None
    """The document it was written to; nobody is shown it before the report has ended."""
    made_by: MadeBy
    application_id: str
    rows: int | None
    """How many rows it has, once it is made."""

    @property
    def is_ended(self) -> bool:
        """Whether nothing more becomes of it."""
        return not LIFECYCLE[self.status]


class ScheduleStatus(StrEnum):
    """Whether a schedule goes on."""

    ACTIVE = "ACTIVE"
    CANCELLED = "CANCELLED"


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of a type, made again and again."""

    report_schedule_id: str
    report_type: str
    slot: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str]
    period: str
    next_at: datetime
    last_end: datetime | None
    status: ScheduleStatus
    created_at: datetime
    application_id: str


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, checked already."""

    report_type: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str]
    start: datetime
    end: datetime
    application_id: str
    made_by: MadeBy = MadeBy.SELLER
    report_schedule_id: str | None = None
