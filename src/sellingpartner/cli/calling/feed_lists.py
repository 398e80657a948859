"""`spapi feed list` and `show`: feeds of a market of one's own, without a token."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.asked.completing import feed_type_words
from sellingpartner.cli.parameters import JobStatus
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.contract.market_v1 import ListMarketFeeds, MarketFeed, ShowFeed

_COLUMNS = ("Feed", "Type", "Status", "Handed in", "Ended", "Messages", "Failed", "Seller")


def list_feeds(
    *,
    seller: str | None = None,
    feed_type: Annotated[str | None, Parameter(completer=feed_type_words)] = None,
    status: JobStatus | None = None,
    limit: int = 100,
    to: Connection | None = None,
) -> None:
    """List the feeds of a market of your own, those first that were handed in last.

    Args:
        seller: Only this seller's, by its id.
        feed_type: Only those of a type.
        status: Only those that stand so.
        limit: How many at most.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListMarketFeeds(seller_id=seller, feed_type=feed_type, status=status, limit=limit))
    if to.json:
        print_json(answer)
        return
    print_table(_COLUMNS, map(_row, answer.feeds), empty="No feed has been handed in.")


def show_feed(feed_id: str, /, *, rows: int = 20, seller: str | None = None, to: Connection | None = None) -> None:
    """Show a feed of a market of your own, how far it is, and how its result begins.

    Args:
        feed_id: Its id.
        rows: How many lines of its result.
        seller: Whose it is, where several sellers have one of this number.
        to: Which market.
    """
    to = to or Connection()
    shown = to.send(ShowFeed(feed_id=feed_id, seller_id=seller, lines=rows))
    if to.json:
        print_json(shown)
        return
    feed = shown.feed
    facts: list[tuple[str, object]] = [
        ("Feed", feed.feed_id),
        ("Type", feed.feed_type),
        ("Status", feed.status),
        ("Seller", feed.seller_id),
        ("Marketplaces", ", ".join(shown.marketplace_ids)),
        ("Handed in", f"{feed.created_at:%Y-%m-%d %H:%M:%S} UTC"),
    ]
    facts += (("Option", f"{name}={value}") for name, value in shown.options.items())
    if shown.content_type is not None:
        facts.append(("Content", f"{shown.content_type}, {shown.bytes or 0:,} bytes"))
    if feed.messages == 0:
        facts.append(("Messages", "none that could be read; its result says why"))
    elif feed.messages is not None:
        facts.append(("Messages", f"{feed.processed:,} of {feed.messages:,} carried out, {feed.failed:,} failed"))
    if feed.ended_at is not None:
        facts.append(("Ended", f"{feed.ended_at:%Y-%m-%d %H:%M:%S} UTC"))
    if feed.result_feed_document_id is not None:
        facts.append(("Result", feed.result_feed_document_id))
    print_facts(facts)
    for line in shown.lines or ():
        print_line(line)


def _row(feed: MarketFeed) -> tuple[object, ...]:
    return (
        feed.feed_id,
        feed.feed_type,
        feed.status,
        feed.created_at,
        feed.ended_at,
        feed.messages,
        feed.failed,
        feed.seller_id,
    )
