"""Uploads a feed, submits it once, waits until it is processed and reads what became of it."""

from __future__ import annotations

import msgspec

from sellingpartner.client._shells.steps import Steps
from sellingpartner.client.documents._desk import Desk
from sellingpartner.client.documents._fetching import Link, land
from sellingpartner.client.documents._marketplaces import own_marketplace
from sellingpartner.client.documents._results import result_of
from sellingpartner.client.documents._sending import Content, Place, send
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents._work import Work
from sellingpartner.client.documents.document import Document, Facts, readable
from sellingpartner.client.documents.failures import FeedCanceled, FeedFailed, FeedResultUnreadable
from sellingpartner.client.documents.feed_result import FeedResult
from sellingpartner.client.documents.progress import OnProgress, Progress
from sellingpartner.client.documents.row import Row
from sellingpartner.contract.errors import DeadlineExceeded, InvalidInput, SellingPartnerError
from sellingpartner.contract.feeds_2021_06_30 import (
    CancelFeed,
    CreateFeed,
    CreateFeedDocument,
    Feed,
    GetFeed,
    GetFeedDocument,
    GetFeeds,
    ProcessingStatus,
)

_ASIDE = 5.0
"""Seconds for calls that only help to say what a feed waits for."""
_SHOWN = 2000


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be submitted, or the feed that was."""

    feed_type: str | None = None
    content: Content | None = None
    marketplace_ids: tuple[str, ...] = ()
    feed_options: dict[str, str] | None = None
    feed_id: str | None = None
    deadline: float | None = None
    on_progress: OnProgress | None = None
    wait: bool = True
    keep: bool = False


class FeedJob(Work[FeedResult]):
    """One feed, from the upload to its result."""

    name = "feeds.submit"
    noun = "feed"

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.feed_id, keep=submission.keep)
        self.deadline, self.on_progress = submission.deadline, submission.on_progress
        self._submission = submission

    def cancellation(self, work_id: str) -> CancelFeed:
        """The call that takes it back, which helps as long as it waits in the queue."""
        return CancelFeed(feed_id=work_id)

    def carried_out(self, desk: Desk) -> Steps[FeedResult]:
        """The job itself."""
        if self.work_id is None:
            yield from self._submit(desk)
        feed_id = desk.job_id = self.work_id or ""
        desk.tell(Progress(stage="created"))
        if not self._submission.wait:
            self.is_open = False
            return FeedResult(feed_id=feed_id, status=ProcessingStatus.IN_QUEUE.value)
        try:
            feed = yield from desk.wait(lambda: GetFeed(feed_id=feed_id))
        except DeadlineExceeded as late:
            yield from self._say_what_blocks(late)
            raise
        self.is_open = False
        if desk.status == "CANCELLED":
            raise FeedCanceled(f"Feed {feed_id} ({feed.feed_type}) was canceled; nothing of it was processed.")
        result = yield from self._result(desk, feed)
        desk.tell(Progress(stage="done"))
        return _accepted(feed, result)

    def _submit(self, desk: Desk) -> Steps[None]:
        submission = self._submission
        content = submission.content
        if content is None or submission.feed_type is None:
            raise InvalidInput("Say the feed's type and content, or the feed_id of one that was submitted.")
        marketplace_ids = list(submission.marketplace_ids or own_marketplace(self.parts.credentials))

        def place() -> Steps[Place]:
            made = yield from desk.call(CreateFeedDocument(content_type=content.content_type))
            return Place(made.feed_document_id, made.url)

        document_id = yield from send(desk, content, place)
        # Never sent twice, not even if its answer is lost: a feed that was taken twice is worked on twice.
        created = yield from desk.call(
            CreateFeed(
                feed_type=submission.feed_type,
                marketplace_ids=marketplace_ids,
                input_feed_document_id=document_id,
                feed_options=submission.feed_options,
            )
        )
        self.work_id, self.is_open = created.feed_id, True

    def _result(self, desk: Desk, feed: Feed) -> Steps[FeedResult]:
        document_id = feed.result_feed_document_id
        if document_id is None:
            return result_of(feed.feed_id, str(desk.status), None)

        def link() -> Steps[Link]:
            found = yield from desk.call(GetFeedDocument(feed_document_id=document_id))
            return Link(found.url, is_packed=found.compression_algorithm is not None)

        target = Target(None)
        content_type = yield from land(desk, target, link)
        facts = Facts(
            name=feed.feed_type,
            document_id=document_id,
            marketplace_ids=tuple(feed.marketplace_ids or ()),
            content_type=content_type,
        )
        with Document(target.path, Row, facts, self.parts.drift, is_temporary=True) as document:
            return result_of(feed.feed_id, str(desk.status), readable(document))

    def _say_what_blocks(self, late: DeadlineExceeded) -> Steps[None]:
        """Name the feeds in front.

        Assumed: Amazon works on the feeds of one type one after the other, so those in front are waited for.
        """
        desk = Desk(self, _ASIDE, None)
        open_ones = [ProcessingStatus.IN_QUEUE, ProcessingStatus.IN_PROGRESS]
        try:
            own = yield from desk.call(GetFeed(feed_id=self.work_id or ""))
            found = yield from desk.call(GetFeeds(feed_types=[own.feed_type], processing_statuses=open_ones))
        except SellingPartnerError:
            return  # it only helps
        before = [feed for feed in found.feeds if feed.feed_id != own.feed_id and feed.created_time <= own.created_time]
        late.blocked_by = tuple(feed.feed_id for feed in before)
        if before:
            named = ", ".join(f"{feed.feed_id} ({feed.processing_status})" for feed in before)
            late.message += f" Before it: {named}."


def _accepted(feed: Feed, result: FeedResult) -> FeedResult:
    """The result of a feed in which nothing failed; else the error that holds it."""
    named = f"Feed {feed.feed_id} ({feed.feed_type})"
    if result.status == "FATAL":
        why = result.summary() if result.messages else result.report[:_SHOWN].strip() or "Nothing says why."
        raise FeedFailed(f"{named} failed (FATAL); some, all or nothing of it may have been applied. {why}", result)
    if result.failed or result.errors:
        raise FeedFailed(f"{named}: {result.summary()}", result)
    if not result.is_accepted:
        raise FeedResultUnreadable(
            f"{named} was processed, and nothing says what was accepted. {result.problem.strip()}"
            " Look at .result.report, or at what the feed was to change, before it is submitted again.",
            result,
        )
    return result
