"""Feeds as a test sends them: uploaded by their link, handed in, waited for on the market's clock, and read."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import msgspec

from sellingpartner.contract.feed_types import FEED_TYPES, JSON
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed, CreateFeedDocument, Feed, GetFeed, GetFeedDocument
from sellingpartner.testing.caller import Caller

_STEP = timedelta(seconds=30)
_PATIENCE = 200


class FeedTold(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that has ended, and what its result says, if it has one."""

    feed: Feed
    content: bytes = b""
    content_type: str = ""

    @property
    def status(self) -> str:
        """How it ended."""
        return self.feed.processing_status.value

    @property
    def text(self) -> str:
        """Its result."""
        return self.content.decode()

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the result says
        """What a result of JSON says."""
        return msgspec.json.decode(self.content)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many messages were processed, how many of them went well, how many did not."""
        if self.content_type == JSON:
            said = self.json["summary"]
            return said["messagesProcessed"], said["messagesAccepted"], said["messagesInvalid"]
        if self.content_type.startswith("text/xml"):
            names = ("MessagesProcessed", "MessagesSuccessful", "MessagesWithError")
            processed, well, badly = (int(self._tree().findtext(f".//{name}") or 0) for name in names)
            return processed, well, badly
        _, processed_line, well_line, *_ = self.text.split("\n")
        processed, well = int(processed_line.rpartition("\t")[2]), int(well_line.rpartition("\t")[2])
        return processed, well, processed - well

    @property
    def found(self) -> list[tuple[int, str, str]]:
        """What was found: the number of the message, the code, the text."""
        if self.content_type == JSON:
            return [(one.get("messageId", 0), one["code"], one["message"]) for one in self.json["issues"]]
        if self.content_type.startswith("text/xml"):
            names = ("MessageID", "ResultMessageCode", "ResultDescription")
            results = [[one.findtext(name) or "" for name in names] for one in self._tree().iter("Result")]
            return [(int(number), code, text) for number, code, text in results]
        rows = [line.split("\t") for line in self.text.split("\n")[5:] if line]
        return [(int(row[0]), row[-3], row[-1]) for row in rows]

    def _tree(self) -> Element:
        return fromstring(self.content)  # noqa: S314 - the market's own answer


def uploaded(caller: Caller, content: bytes, content_type: str, *, is_packed: bool = False) -> str:
    """Upload a feed's content; returns the id of its document."""
    made = caller.send(CreateFeedDocument(content_type=content_type))
    link = urlsplit(made.url)
    headers = {"Content-Type": content_type} | ({"Content-Encoding": "gzip"} if is_packed else {})
    reply = Caller(caller.app).call("PUT", f"{link.path}?{link.query}", headers=headers, body=content)
    assert reply.status == 200, reply.body  # noqa: S101, PLR2004 - for a test
    return made.feed_document_id


def content_type_of(feed_type: str, content_type: str | None) -> str:
    """What a feed is sent as, unless a test says it."""
    known = FEED_TYPES.get(feed_type)
    return content_type or (known.content_type if known else "") or "text/plain"


def handed_in(
    caller: Caller,
    feed_type: str,
    document_id: str,
    *,
    options: Mapping[str, str] | None,
    marketplace_ids: Sequence[str],
) -> str:
    """Hand a feed in; returns its id."""
    asked = CreateFeed(
        feed_type=feed_type,
        marketplace_ids=list(marketplace_ids),
        input_feed_document_id=document_id,
        feed_options=None if options is None else dict(options),
    )
    return caller.send(asked).feed_id


def waited_for(caller: Caller, feed_id: str, pass_time: Callable[[timedelta], object]) -> FeedTold:
    """A feed when it has ended."""
    for _ in range(_PATIENCE):
        feed = caller.send(GetFeed(feed_id=feed_id))
        if feed.processing_end_time is not None:
            return _read(caller, feed)
        pass_time(_STEP)
    message = f"Feed {feed_id} does not end."
    raise AssertionError(message)


def _read(caller: Caller, feed: Feed) -> FeedTold:
    if feed.result_feed_document_id is None:
        return FeedTold(feed=feed)
    found = caller.send(GetFeedDocument(feed_document_id=feed.result_feed_document_id))
    link = urlsplit(found.url)
    reply = Caller(caller.app).call("GET", f"{link.path}?{link.query}")
    content = gzip.decompress(reply.body) if found.compression_algorithm else reply.body
    return FeedTold(feed=feed, content=content, content_type=reply.headers["content-type"])
