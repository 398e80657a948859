"""Feeds of all sellers, looked at by whoever runs the market."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.overview import Whose, feeds_with_id, latest_feeds
from sellingpartner.market.feeds.refusals import NoSuchFeed
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.documents.jobs import AT_ONCE, document_kept, lines_of, only


def list_market_feeds(desk: Desk, request: v1.ListMarketFeeds) -> v1.MarketFeeds:
    """Feeds of all sellers or of one, the latest first."""
    with desk.market.read() as unit:
        found = latest_feeds(
            unit,
            Whose(seller_id=request.seller_id, feed_type=request.feed_type, status=request.status),
            limit=request.limit or AT_ONCE,
        )
    return v1.MarketFeeds(feeds=[_view(seller_id, feed) for seller_id, feed in found])


def show_feed(desk: Desk, request: v1.ShowFeed) -> v1.FeedShown:
    """A feed and how its result begins."""
    with desk.market.read() as unit:
        found = feeds_with_id(unit, request.feed_id, request.seller_id)
    seller_id, feed = only(found, "feed", request.feed_id, NoSuchFeed(request.feed_id))
    sent = document_kept(desk, seller_id, feed.input_document_id)
    result = document_kept(desk, seller_id, feed.document_id)
    return v1.FeedShown(
        feed=_view(seller_id, feed),
        marketplace_ids=list(feed.marketplace_ids),
        options=dict(feed.options),
        content_type=None if sent is None else sent.content_type,
        bytes=None if sent is None else sent.size,
        lines=None if result is None else lines_of(desk, result, request.lines),
    )


def _view(seller_id: str, feed: Feed) -> v1.MarketFeed:
    return v1.MarketFeed(
        seller_id=seller_id,
        feed_id=feed.feed_id,
        feed_type=feed.feed_type,
        status=feed.status.value,
        created_at=feed.created_at,
        began_at=feed.began_at,
        ended_at=feed.ended_at,
        input_feed_document_id=feed.input_document_id,
        result_feed_document_id=feed.document_id,
        messages=feed.messages,
        processed=feed.position,
        failed=feed.failed,
        warned=feed.warned,
    )
