"""A feed's file as it is read: unpacked, piece by piece, and no further than any feed is long."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sellingpartner.market.documents.documents import Document
from sellingpartner.market.documents.opening import content_of
from sellingpartner.market.feeds.kinds import FeedFile, FeedUnreadable
from sellingpartner.market.feeds.model import Feed
from sellingpartner.storage.document_store import DocumentStore, NoSuchBytes

MOST_BYTES = 256 * 1024 * 1024
"""Assumed: a feed has up to 256 MiB when it is unpacked; Amazon advises 10 MiB and names no limit."""


def file_of(store: DocumentStore, seller_id: str, feed: Feed, document: Document) -> FeedFile:
    """What was uploaded for a feed."""
    return FeedFile(
        feed_id=feed.feed_id,
        pieces=lambda: _bounded(store, document),
        content_type=document.content_type,
        seller_id=seller_id,
        marketplace_ids=feed.marketplace_ids,
        options=feed.options,
        document_id=document.document_id,
        origin=feed.origin,
    )


def _bounded(store: DocumentStore, document: Document) -> Iterator[bytes]:
    size = 0
    try:
        for piece in content_of(store, document):
            size += len(piece)
            if size > MOST_BYTES:
                message = f"The file has more than {MOST_BYTES:,} bytes when it is unpacked."
                raise FeedUnreadable(message)
            if piece:
                yield piece
    except zlib.error as reason:
        message = "The file was uploaded as Content-Encoding: gzip and is no GZIP."
        raise FeedUnreadable(message) from reason
    except NoSuchBytes as reason:
        message = "The file that was uploaded is not there any more."
        raise FeedUnreadable(message) from reason
