"""Document jobs as the pages show them, whatever makes the document: a kind of job is a row of `KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.overview import latest_queries, queries_with_id
from sellingpartner.market.documents.documents import Document, document_if_kept
from sellingpartner.market.feeds import overview as feeds
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.reports.model import Report
from sellingpartner.market.reports.overview import Whose, latest_reports, reports_with_id
from sellingpartner.server.console.window.tables import BAD, GOOD, OFF, WARN
from sellingpartner.storage.unit import UnitOfWork

_BADGES = {
    "IN_QUEUE": OFF,
    "IN_PROGRESS": WARN,
    "DONE": GOOD,
    "CANCELLED": OFF,
    "FATAL": BAD,
}
"""The states of a job, with how they look: the same of reports and feeds."""


_QUERY = "DATA_KIOSK_QUERY"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something that made a document, or is to."""

    kind: str
    """A key of `KINDS`."""
    job_id: str
    type: str
    status: str
    badge: str
    asked_at: datetime
    ended_at: datetime | None
    rows: int | None
    """How many rows its document has, or how many messages its file."""
    document_id: str | None
    facts: Sequence[tuple[str, str]] = ()
    """What else is known, in words."""

    def document(self, unit: UnitOfWork) -> Document | None:
        """Its document, once it may be seen, and as long as it is kept."""
        if self.document_id is None or self.ended_at is None:
            return None
        return document_if_kept(unit, self.document_id)


class Kind(msgspec.Struct, frozen=True):
    """A kind of jobs: what it is called, and how the latest of a seller's are found."""

    words: str
    latest: Callable[[UnitOfWork, str, str, int], list[Job]]
    """By the unit's seller, of a type and a status if they are said, so many at most."""
    one: Callable[[UnitOfWork, str], Job | None]
    """The unit's seller's with an id, if there is one."""


def _reports(unit: UnitOfWork, type_: str, status: str, most: int) -> list[Job]:
    wanted = Whose(seller_id=unit.seller_id, report_type=type_ or None, status=status or None)
    return [_of_report(report) for _, report in latest_reports(unit, wanted, limit=most)]


def _report(unit: UnitOfWork, report_id: str) -> Job | None:
    found = reports_with_id(unit, report_id, unit.seller_id)
    return _of_report(found[0][1]) if found else None


def _of_report(report: Report) -> Job:
    return Job(
        kind="reports",
        job_id=report.report_id,
        type=report.report_type,
        status=report.status.value,
        badge=_BADGES[report.status.value],
        asked_at=report.created_at,
        ended_at=report.ended_at,
        rows=report.rows,
        document_id=report.document_id,
        facts=[
            ("Of", f"{report.data_start:%Y-%m-%d %H:%M} to {report.data_end:%Y-%m-%d %H:%M} UTC"),
            ("Asked for by", report.made_by.value.capitalize()),
            *((name, value) for name, value in report.options.items()),
        ],
    )


def _feeds(unit: UnitOfWork, type_: str, status: str, most: int) -> list[Job]:
    wanted = feeds.Whose(seller_id=unit.seller_id, feed_type=type_ or None, status=status or None)
    return [_of_feed(feed) for _, feed in feeds.latest_feeds(unit, wanted, limit=most)]


def _feed(unit: UnitOfWork, feed_id: str) -> Job | None:
    found = feeds.feeds_with_id(unit, feed_id, unit.seller_id)
    return _of_feed(found[0][1]) if found else None


def _of_feed(feed: Feed) -> Job:
    return Job(
        kind="feeds",
        job_id=feed.feed_id,
        type=feed.feed_type,
        status=feed.status.value,
        badge=_BADGES[feed.status.value],
        asked_at=feed.created_at,
        ended_at=feed.ended_at,
        rows=feed.messages,
        document_id=feed.document_id,
        facts=[
            ("Worked off", f"{feed.position:,}"),
            ("With errors", f"{feed.failed:,}"),
            ("With warnings", f"{feed.warned:,}"),
            *((name, value) for name, value in feed.options.items()),
        ],
    )


def _queries(unit: UnitOfWork, type_: str, status: str, most: int) -> list[Job]:
    if type_ not in {"", _QUERY}:
        return []
    found = latest_queries(unit, seller_id=unit.seller_id, status=status or None, limit=most)
    return [_of_query(query) for _, query in found]


def _query(unit: UnitOfWork, query_id: str) -> Job | None:
    found = queries_with_id(unit, query_id, unit.seller_id)
    return _of_query(found[0][1]) if found else None


def _of_query(query: Query) -> Job:
    return Job(
        kind="queries",
        job_id=query.query_id,
        type=_QUERY,
        status=query.status.value,
        badge=_BADGES[query.status.value],
        asked_at=query.created_at,
        ended_at=query.ended_at,
        rows=query.rows,
        document_id=query.document_id,
        facts=[("Query", " ".join(query.query.split())), ("Kept for", counted(query.days_kept, "day"))],
    )


KINDS: dict[str, Kind] = {
    "reports": Kind("Reports", _reports, _report),
    "feeds": Kind("Feeds", _feeds, _feed),
    "queries": Kind("Data Kiosk", _queries, _query),
}
"""By the word that an address has for them."""
STATUSES = tuple(_BADGES)
