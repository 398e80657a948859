"""The queue of feeds: handed in, begun on the clock, worked off as a work, ended on the clock.

Of each type a seller's feeds are worked off one after the other, in the order in which they were handed in: a feed
waits for seconds, and is at work for seconds more. What its messages do is done at the moment at which it began.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from sellingpartner.market.documents.documents import keep_until, take_document
from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.events.feeds import FeedEnded, FeedSubmitted
from sellingpartner.market.faults.jobs import fate_of, goes_on, held, hold_no_more
from sellingpartner.market.faults.model import FeedFault
from sellingpartner.market.feeds.model import LIFECYCLE, Feed, Submission
from sellingpartner.market.feeds.refusals import NotWhileSo
from sellingpartner.market.feeds.store import (
    before_it,
    change_feed,
    delete_feed,
    feed_to_change,
    find_feed,
    insert_feed,
    new_id,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.works import begin_work
from sellingpartner.storage.unit import UnitOfWork

WORK = "feed"
FATAL_WORK = "fatal feed"
"""The work of a feed that a fault has end FATAL."""
_JOB = FeedFault.kind
"""What faults call a feed."""
WAITS_SECONDS = (4.0, 7.0)
TAKES_SECONDS = (6.0, 8.0)
"""Assumed: a feed begins 4 to 7 seconds after it was handed in, and takes 6 to 8, and one more for 100 messages."""
MESSAGES_A_SECOND = 100
KNOWN_FOR = timedelta(days=90)
_IN_TURN = timedelta(seconds=2)


class FeedBegins(Due):
    """A feed's turn may have come."""

    ends_batch: ClassVar[bool] = True

    feed_id: str
    has_been_stuck: bool = False
    """Whether it has met its fault, by which it was stuck until now."""


class FeedEnds(Due):
    """A feed that was worked off, or cannot be, comes to its end."""

    feed_id: str
    status: str
    document_id: str | None = None


class FeedIsForgotten(Due):
    """A feed is so old that nobody is told of it any more."""

    feed_id: str


def submit(unit: UnitOfWork, submission: Submission) -> Feed:
    """Take a feed in; its document can be changed no more from here on, and serves no other feed."""
    take_document(unit, submission.input_document_id)
    keep_until(unit, submission.input_document_id, unit.now + KNOWN_FOR)
    feed = Feed(
        feed_id=new_id(unit),
        feed_type=submission.feed_type,
        marketplace_ids=submission.marketplace_ids,
        options=submission.options,
        input_document_id=submission.input_document_id,
        status=JobStatus.IN_QUEUE,
        created_at=unit.now,
        began_at=None,
        ended_at=None,
        document_id=None,
        application_id=submission.application_id,
        origin=submission.origin,
        messages=None,
        position=0,
        failed=0,
        warned=0,
        findings=0,
    )
    insert_feed(unit, feed)
    unit.emit(FeedSubmitted(feed_id=feed.feed_id, feed_type=feed.feed_type, document_id=submission.input_document_id))
    waits = chance(unit, "feed waits", feed.feed_id).uniform(*WAITS_SECONDS)
    later(unit, FeedBegins(feed_id=feed.feed_id), at=unit.now + timedelta(seconds=waits))
    return feed


def cancel(unit: UnitOfWork, feed_id: str) -> None:
    """Take a feed back that waits; raises `NotWhileSo`."""
    feed = feed_to_change(unit, feed_id)
    if feed.status is not JobStatus.IN_QUEUE:
        raise NotWhileSo(feed_id, feed.status.value)
    hold_no_more(unit, _JOB, feed_id)
    _end(unit, feed, JobStatus.CANCELLED, None)


@when(FeedBegins)
def begin(unit: UnitOfWork, due: FeedBegins) -> None:
    """Begin a feed, if it still waits and none of its type is before it."""
    feed = feed_to_change(unit, due.feed_id)
    if feed.status is not JobStatus.IN_QUEUE:
        return
    if before_it(unit, feed, besides=held(unit, _JOB)):
        later(unit, due, at=unit.now + _IN_TURN)
        return
    meets = not due.has_been_stuck
    fault = fate_of(unit, _JOB, feed.feed_id, feed.feed_type, feed.application_id) if meets else None
    if fault is not None and fault.holds_in_queue:
        return
    change_feed(unit, feed.feed_id, status=JobStatus.IN_PROGRESS.value, began_at=unit.now)
    if fault is None:
        begin_work(unit, WORK, feed.feed_id)
    elif not fault.is_stuck:
        begin_work(unit, FATAL_WORK, feed.feed_id)


@goes_on(_JOB)
def go_on(unit: UnitOfWork, feed_id: str) -> None:
    """Have a feed go on that was stuck."""
    feed = feed_to_change(unit, feed_id)
    if feed.status is JobStatus.IN_QUEUE:
        later(unit, FeedBegins(feed_id=feed_id, has_been_stuck=True), at=unit.now)
    elif feed.status is JobStatus.IN_PROGRESS:
        begin_work(unit, WORK, feed_id)


@when(FeedEnds)
def end(unit: UnitOfWork, due: FeedEnds) -> None:
    """End a feed that was worked off."""
    feed = find_feed(unit, due.feed_id)
    if not feed.is_ended:
        _end(unit, feed, JobStatus(due.status), due.document_id)


@when(FeedIsForgotten)
def forget(unit: UnitOfWork, due: FeedIsForgotten) -> None:
    """Forget a feed; its documents have times of their own."""
    delete_feed(unit, due.feed_id)


def end_later(unit: UnitOfWork, feed: Feed, status: JobStatus, document_id: str | None, messages: int) -> None:
    """Plan when a feed that was worked off ends: as long after its beginning as its messages take."""
    seconds = chance(unit, "feed takes", feed.feed_id).uniform(*TAKES_SECONDS)
    planned = (feed.began_at or unit.now) + timedelta(seconds=seconds + messages / MESSAGES_A_SECOND)
    ends = FeedEnds(feed_id=feed.feed_id, status=status.value, document_id=document_id)
    later(unit, ends, at=max(unit.now, planned))


def _end(unit: UnitOfWork, feed: Feed, status: JobStatus, document_id: str | None) -> None:
    if status not in LIFECYCLE[feed.status]:
        message = f"Feed {feed.feed_id} is {feed.status}; that does not lead to {status}."
        raise RuntimeError(message)
    change_feed(unit, feed.feed_id, status=status.value, ended_at=unit.now, document_id=document_id)
    unit.emit(FeedEnded(feed_id=feed.feed_id, feed_type=feed.feed_type, status=status.value, document_id=document_id))
    later(unit, FeedIsForgotten(feed_id=feed.feed_id), at=unit.now + KNOWN_FOR)
