"""Feeds are looked at, one by one and in lists."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract import feeds_2021_06_30 as v2021
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feeds_2021_06_30 import GetFeed, GetFeeds, GetFeedsResponse
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.page_tokens import Continuation, opened, sealed
from sellingpartner.market.feeds.store import FeedFilter, find_feed, page_of_feeds
from sellingpartner.market.time.bounds import LATEST, OutOfBounds, in_utc
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LISTED_FOR = timedelta(days=90)
_PAGE = 10
_BESIDES = ("feed_types", "processing_statuses", "marketplace_ids", "page_size", "created_since", "created_until")


@handles(GetFeeds)
def get_feeds(unit: UnitOfWork, request: GetFeeds) -> GetFeedsResponse:
    """Go through the feeds handed in so far, those first that were handed in last."""
    if request.next_token is None:
        here = Continuation(wanted=_wanted(unit, request), after=(LATEST, ""), limit=request.page_size or _PAGE)
    else:
        if any(getattr(request, name) is not None for name in _BESIDES):
            raise InvalidInput("nextToken stands alone: it holds the filters of the first page. Leave the others out.")
        here = opened(unit, request.next_token)
    found = page_of_feeds(unit, here.wanted, here.after, here.limit + 1)
    page, more = found[: here.limit], len(found) > here.limit
    following = None
    if more:
        last = (page[-1].created_at, page[-1].feed_id)
        following = sealed(unit, Continuation(wanted=here.wanted, after=last, limit=here.limit))
    return GetFeedsResponse(feeds=[view(feed) for feed in page], next_token=following)


@handles(GetFeed)
def get_feed(unit: UnitOfWork, request: GetFeed) -> v2021.Feed:
    """See how far a feed is and which document holds it."""
    return view(find_feed(unit, request.feed_id))


def view(feed: Feed) -> v2021.Feed:
    """A feed in Amazon's words; what is not so yet is left out."""
    return v2021.Feed(
        feed_id=feed.feed_id,
        feed_type=feed.feed_type,
        marketplace_ids=list(feed.marketplace_ids),
        created_time=feed.created_at,
        processing_status=v2021.ProcessingStatus(feed.status.value),
        processing_start_time=feed.began_at,
        processing_end_time=feed.ended_at,
        result_feed_document_id=feed.document_id if feed.is_ended else None,
    )


def _wanted(unit: UnitOfWork, request: GetFeeds) -> FeedFilter:
    if request.feed_types is None:
        raise InvalidInput("feedTypes is missing; getFeeds needs it, unless nextToken is given.")
    if request.marketplace_ids is not None:
        check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    now = unit.now
    try:
        since = now - _LISTED_FOR if request.created_since is None else in_utc(request.created_since)
        until = now if request.created_until is None else in_utc(request.created_until)
    except OutOfBounds as reason:
        raise InvalidInput(str(reason)) from reason
    if since > until:
        raise InvalidInput("createdSince is after createdUntil; it must not be.")
    return FeedFilter(
        types=tuple(request.feed_types),
        statuses=tuple(request.processing_statuses or ()),
        marketplace_ids=tuple(request.marketplace_ids or ()),
        since=max(since, now - _LISTED_FOR),
        until=until,
    )
