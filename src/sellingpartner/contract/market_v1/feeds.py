"""The market's control API, v1: feeds of all sellers, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)


class MarketFeed(Message, rename="camel"):
    """A feed, how it stands, and how far it is."""

    seller_id: str
    feed_id: str
    feed_type: str
    status: str
    created_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    input_feed_document_id: str
    result_feed_document_id: str | None = None
    messages: int | None = None
    """How many messages its file has, once it was read."""
    processed: int
    failed: int
    warned: int


class MarketFeeds(Message, rename="camel"):
    """Feeds, those first that were handed in last."""

    feeds: list[MarketFeed]


class FeedShown(Message, rename="camel"):
    """A feed with what was handed in, and how its result begins."""

    feed: MarketFeed
    marketplace_ids: list[str]
    options: dict[str, str]
    content_type: str | None = None
    """What the file was uploaded as; left out where it is not kept any more."""
    bytes: int | None = None
    """How many bytes of it are kept, packed or not."""
    lines: list[str] | None = None
    """The first lines of its result; left out where there is none yet."""


class ListMarketFeeds(Request[MarketFeeds], rename="camel"):
    """List feeds of all sellers or of one, those first that were handed in last."""

    operation = get("/market/v1/feeds", "listMarketFeeds", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    feed_type: str | None = None
    status: str | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said."""


class ShowFeed(Request[FeedShown], rename="camel"):
    """Show a feed and how its result begins, before it has ended too, and without any token."""

    operation = get("/market/v1/feeds/{feedId}", "showFeed", statuses=(*_READS, 404), scope=NONE)

    feed_id: str
    seller_id: str | None = None
    """Whose it is, where several sellers have one of this number."""
    lines: Annotated[int, Meta(ge=0, le=1000)] | None = None
    """How many lines of its result; 20 unless said."""
