"""What a type of feed is: how its file is read into messages, what a message does, how the result is written.

    INVENTORY = FeedKind("JSON_LISTINGS_FEED", reader=listing_messages, apply=put_listing, result=listings_result)

Whatever a message does is a command that an operation has as well; a kind has none of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from sellingpartner.storage.unit import UnitOfWork


class Severity(StrEnum):
    """How bad what was found in a message is."""

    ERROR = "Error"
    WARNING = "Warning"
    INFO = "Info"


class Finding(msgspec.Struct, frozen=True):
    """What was found in one message of a feed."""

    message: int
    """The message's number in its file, as the file says it or as it is counted."""
    severity: Severity
    code: str
    text: str
    about: Mapping[str, str] = {}
    """What it is about, by the names that the result gives it: SKU, AmazonOrderID."""


class FeedUnreadable(Exception):
    """The file cannot be read at all, so the feed ends FATAL; the text is for the seller."""


class FeedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What was uploaded, and what is known of it."""

    pieces: Callable[[], Iterator[bytes]]
    """Gives the bytes from the beginning, piece by piece, unpacked; it may be asked again."""
    content_type: str
    seller_id: str
    marketplace_ids: tuple[str, ...]
    options: Mapping[str, str] = {}


class FeedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a result begins with."""

    feed_id: str
    feed_type: str
    seller_id: str
    processed: int
    failed: int
    warned: int


Reader = Callable[[FeedFile], Iterator[Any]]
"""Gives the messages of a file, one by one; raises `FeedUnreadable`."""
Applier = Callable[[UnitOfWork, Any], list[Finding]]
"""Carries one message out, in an attempt of its own; says what was found."""
Resulter = Callable[[FeedSummary, Iterable[Finding]], Iterator[bytes]]
"""Writes the result document."""


class FeedKind(msgspec.Struct, frozen=True):
    """A type of feed that the market takes."""

    name: str
    reader: Reader
    apply: Applier
    result: Resulter
    result_type: str = "text/plain; charset=UTF-8"
    """The content type of its result."""
