"""Feeds are looked at, one by one and in lists."""

from __future__ import annotations

from operator import attrgetter

from sellingpartner.contract import feeds_2021_06_30 as v2021
from sellingpartner.contract.feeds_2021_06_30 import GetFeed, GetFeeds, GetFeedsResponse
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.store import find_feed, page_of_feeds
from sellingpartner.server.api.job_lists import JobList
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LIST = JobList(
    operation="getFeeds", types="feedTypes", purpose=b"feeds ", page=page_of_feeds, id_of=attrgetter("feed_id")
)


@handles(GetFeeds)
def get_feeds(unit: UnitOfWork, request: GetFeeds) -> GetFeedsResponse:
    """Go through the feeds handed in so far, those first that were handed in last."""
    page, following = _LIST.read(unit, request, request.feed_types)
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
