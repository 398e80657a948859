"""What a feed holds, and the content type that it travels under."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from sellingpartner.client.documents._charset import UTF8, charset_in, known_charset
from sellingpartner.client.documents._sending import Content
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feed_types import FEED_TYPES, TSV, UNKNOWN, XML
from sellingpartner.contract.near import did_you_mean

FeedContent: TypeAlias = bytes | str | os.PathLike[str] | dict[str, Any] | list[Any] | msgspec.Struct
"""Bytes, text, the path of a file, or what becomes JSON."""

_LONGEST_NAME = 255


def content_type_of(feed_type: str) -> str:
    """What feeds of a type are sent as: the very text counts, as it is part of the upload link's signature."""
    known = FEED_TYPES.get(feed_type)
    found = UNKNOWN if known is None else known.content_type
    if known is None and feed_type.startswith("POST_FLAT_FILE_"):
        found = TSV
    elif known is None and feed_type.startswith("POST_") and feed_type.endswith("_DATA"):
        found = XML
    if found == UNKNOWN:
        raise InvalidInput(
            f"What is a {feed_type[:100]} sent as? It is no type of feed that is known; say its content type, such as "
            f"{TSV!r}.{did_you_mean(feed_type[:100], list(FEED_TYPES))}"
        )
    return found


def content_of(given: FeedContent, content_type: str) -> Content:
    """The feed as it is sent; text is written in the charset that the content type names."""
    if isinstance(given, str):
        _not_a_path(given)
        raw = _encoded(given, content_type)
    elif isinstance(given, bytes):
        raw = given
    elif isinstance(given, os.PathLike):
        return _file(Path(given), content_type)
    elif "json" in content_type:
        raw = _json(given)
    else:
        raise InvalidInput(
            f"A {type(given).__name__} is sent as JSON alone; give text, bytes or a Path for {content_type}."
        )
    if not raw:
        raise InvalidInput("The feed is empty.")
    return Content(raw, len(raw), content_type)


def _file(path: Path, content_type: str) -> Content:
    if not path.is_file():
        raise InvalidInput(f"There is no file {str(path)!r} to send.")
    size = path.stat().st_size
    if not size:
        raise InvalidInput(f"The file {str(path)!r} is empty.")
    return Content(path, size, content_type)


def _encoded(text: str, content_type: str) -> bytes:
    charset = charset_in(content_type) or UTF8
    known = known_charset(charset)
    if not known:
        raise InvalidInput(f"Nobody knows the charset {charset!r} of {content_type!r}; give bytes.")
    try:
        return text.encode(known)
    except UnicodeEncodeError as wrong:
        raise InvalidInput(f"{text[wrong.start]!r} cannot be written in {charset} (character {wrong.start}).") from None


def _json(given: object) -> bytes:
    try:
        return msgspec.json.encode(given)
    except (TypeError, ValueError, OverflowError, RecursionError) as wrong:
        raise InvalidInput(f"This {type(given).__name__} cannot be written as JSON: {wrong}.") from None


def _not_a_path(text: str) -> None:
    """A file's name would be sent as the feed."""
    if "\n" in text or len(text) > _LONGEST_NAME or "\0" in text:
        return
    try:
        is_name = Path(text).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return
    if is_name:
        raise InvalidInput(f"{text!r} is the name of a file; to send what is in it, give Path({text!r}).")
