"""Feeds and what was found in them to rows and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, bindparam, select

from sellingpartner.market.documents.job_pages import JobPages
from sellingpartner.market.documents.jobs import JobFilter, JobStatus, Key
from sellingpartner.market.feeds.kinds import Finding, Severity
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.refusals import NoSuchFeed
from sellingpartner.market.feeds.tables import feed_findings, feeds
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork


def _feed(**told: Any) -> Feed:  # noqa: ANN401 - the columns of a row
    return Feed(**{**told, "status": JobStatus(told["status"])})


feed_columns = [feeds.c[name] for name in Feed.__struct_fields__]
_this = and_(feeds.c.seller_id == bindparam("of_seller"), feeds.c.feed_id == bindparam("of_feed"))
_find = Question(select(*feed_columns).where(_this), _feed)
_find_to_change = Question(select(*feed_columns).where(_this).with_for_update(), _feed)
_pages = JobPages(feeds, feed_columns, _feed, id_name="feed_id", type_name="feed_type")
_finding_columns = [feed_findings.c[name] for name in Finding.__struct_fields__]
_FIRST_ID = 70_000_000_000
_AT_ONCE = 1000


def new_id(unit: UnitOfWork) -> str:
    """A number for a feed, as Amazon's are."""
    return str(_FIRST_ID + unit.next_number("feeds"))


def insert_feed(unit: UnitOfWork, feed: Feed) -> None:
    """Keep a feed for the first time."""
    unit.execute(feeds.insert(), msgspec.structs.asdict(feed) | {"seller_id": unit.seller_id})


def change_feed(unit: UnitOfWork, feed_id: str, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a feed."""
    unit.execute(feeds.update().where(_this).values(**changed), _key(unit, feed_id))


def delete_feed(unit: UnitOfWork, feed_id: str) -> None:
    """Forget a feed."""
    forget_findings(unit, feed_id)
    unit.execute(feeds.delete().where(_this), _key(unit, feed_id))


def find_feed(unit: UnitOfWork, feed_id: str) -> Feed:
    """One of the seller's feeds; raises `NoSuchFeed`."""
    return _found(unit, feed_id, _find)


def feed_to_change(unit: UnitOfWork, feed_id: str) -> Feed:
    """One of the seller's feeds, and nobody else changes it until this unit ends; raises `NoSuchFeed`."""
    return _found(unit, feed_id, _find_to_change)


def page_of_feeds(unit: UnitOfWork, wanted: JobFilter, after: Key | None, limit: int) -> list[Feed]:
    """Feeds, those first that were handed in last."""
    return _pages.page(unit, wanted, after, limit)


def before_it(unit: UnitOfWork, feed: Feed, *, besides: Collection[str] = ()) -> bool:
    """Whether an earlier feed of its type is not at its end, `besides` those that hold up nobody."""
    earlier = and_(
        feeds.c.seller_id == unit.seller_id,
        feeds.c.feed_type == feed.feed_type,
        feeds.c.ended_at.is_(None),
        feeds.c.feed_id.not_in(besides),
        _before(feed.created_at, feed.feed_id),
    )
    return unit.execute(select(feeds.c.feed_id).where(earlier).limit(1)).first() is not None


def note_findings(unit: UnitOfWork, feed_id: str, after: int, findings: Sequence[Finding]) -> None:
    """Note what was found, behind what was found before."""
    if findings:
        key = {"seller_id": unit.seller_id, "feed_id": feed_id}
        rows = [
            msgspec.structs.asdict(one) | key | {"number": number, "severity": one.severity.value}
            for number, one in enumerate(findings, after + 1)
        ]
        unit.execute(feed_findings.insert(), rows)


def findings_of(unit: UnitOfWork, feed_id: str) -> Iterator[Finding]:
    """What was found in a feed, in the order of its messages; read piece by piece."""
    number = 0
    of_feed = and_(feed_findings.c.seller_id == unit.seller_id, feed_findings.c.feed_id == feed_id)
    columns = (*_finding_columns, feed_findings.c.number)
    while True:
        page = select(*columns).where(of_feed, feed_findings.c.number > number).order_by(feed_findings.c.number)
        rows = unit.execute(page.limit(_AT_ONCE)).all()
        for row in rows:
            told = {name: row._mapping[name] for name in Finding.__struct_fields__}
            yield Finding(**{**told, "severity": Severity(told["severity"])})
        if len(rows) < _AT_ONCE:
            return
        number = rows[-1].number


def forget_findings(unit: UnitOfWork, feed_id: str) -> None:
    """Forget what was found in a feed."""
    of_feed = and_(feed_findings.c.seller_id == unit.seller_id, feed_findings.c.feed_id == feed_id)
    unit.execute(feed_findings.delete().where(of_feed))


def feed_of_row(row: Row[Any]) -> Feed:
    """A feed as its row tells it."""
    told = row._mapping
    return _feed(**{name: told[name] for name in Feed.__struct_fields__})


def _found(unit: UnitOfWork, feed_id: str, query: Question[Feed]) -> Feed:
    found = query.first(unit.connection, _key(unit, feed_id))
    if found is None:
        raise NoSuchFeed(feed_id)
    return found


def _before(moment: datetime, feed_id: str) -> ColumnElement[bool]:
    return beyond((feeds.c.created_at, feeds.c.feed_id), (moment, feed_id), is_descending=True)


def _key(unit: UnitOfWork, feed_id: str) -> dict[str, Any]:
    return {"of_seller": unit.seller_id, "of_feed": feed_id}
