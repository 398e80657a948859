"""`client.feeds.submit`: a feed from its content to what became of it."""

from __future__ import annotations

from typing import Any, Self, TypedDict, Unpack, overload

from sellingpartner.client._exchange.senders import AsyncSender, SyncSender
from sellingpartner.client.documents._content import FeedContent, content_of, content_type_of
from sellingpartner.client.documents._feed_job import FeedJob, Submission
from sellingpartner.client.documents._marketplaces import ids_of
from sellingpartner.client.documents.feed_result import FeedResult
from sellingpartner.client.documents.progress import OnProgress
from sellingpartner.client.operations import Resource
from sellingpartner.contract.errors import InvalidInput


class SubmitFields(TypedDict, total=False):
    """What else may be said of a submission, by keyword."""

    marketplace_ids: list[str]
    """Ids or country codes; without them, the marketplace of the credentials."""
    content_type: str
    """What the content is sent as, to the letter; without it, what Amazon says for this type of feed."""
    feed_options: dict[str, str]
    feed_id: str
    """A feed that was submitted before: nothing is sent, it is waited for."""
    deadline: float
    """Seconds that all of it may take."""
    on_progress: OnProgress
    wait: bool
    """False to come back as soon as the feed is submitted; its id is in the result."""
    keep: bool
    """Leave the feed in the queue when this call is interrupted, instead of canceling it."""


class SyncSubmit:
    """`client.feeds.submit` of a `SellingPartner`."""

    def __init__(self, client: SyncSender) -> None:
        self._client = client

    def __call__(
        self, feed_type: str | None = None, content: FeedContent | None = None, **fields: Unpack[SubmitFields]
    ) -> FeedResult:
        """Upload a feed, submit it, wait for it, and read its result; `FeedFailed` if any of it failed."""
        return self._client.finish(_job(feed_type, content, fields))


class AsyncSubmit:
    """`client.feeds.submit` of an `AsyncSellingPartner`."""

    def __init__(self, client: AsyncSender) -> None:
        self._client = client

    async def __call__(
        self, feed_type: str | None = None, content: FeedContent | None = None, **fields: Unpack[SubmitFields]
    ) -> FeedResult:
        """Upload a feed, submit it, wait for it, and read its result; `FeedFailed` if any of it failed."""
        return await self._client.finish(_job(feed_type, content, fields))


class FeedSubmit:
    """The method `submit` of the feeds, for either kind of client."""

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncSubmit: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncSubmit: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The method, of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - see Operation
        return AsyncSubmit(client) if isinstance(client, AsyncSender) else SyncSubmit(client)


def _job(feed_type: str | None, content: FeedContent | None, fields: SubmitFields) -> FeedJob:
    """The job, once all that can be wrong with it is known not to be."""
    feed_id = fields.get("feed_id")
    if feed_id is not None and content is not None:
        raise InvalidInput(f"Feed {feed_id} was submitted; to wait for it, give no content.")
    sent = None
    if feed_id is None:
        if not feed_type or content is None:
            raise InvalidInput("Say the feed's type and content, or the feed_id of one that was submitted.")
        sent = content_of(content, fields.get("content_type") or content_type_of(feed_type))
    submission = Submission(
        feed_type=feed_type,
        content=sent,
        marketplace_ids=ids_of(fields.get("marketplace_ids")),
        feed_options=fields.get("feed_options"),
        feed_id=feed_id,
        deadline=fields.get("deadline"),
        on_progress=fields.get("on_progress"),
        wait=fields.get("wait", True),
        keep=fields.get("keep", False),
    )
    return FeedJob(submission)
