"""A file of JSON: its header, and its messages one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson

from sellingpartner.market.feeds.kinds import FeedFile
from sellingpartner.market.feeds.reading.stream import Stream

_BOM = b"\xef\xbb\xbf"


class NoJson(Exception):
    """The file is no JSON; the text says where it ends to be."""


def values_at(file: FeedFile, path: str) -> Iterator[Any]:
    """The values at a path, such as `messages.item`, in order; raises `NoJson`. Fractions are Decimals."""
    try:
        yield from ijson.items(Stream(_without_mark(file.pieces())), path)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as reason:
        raise NoJson(str(reason)) from reason


def _without_mark(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    yield first.removeprefix(_BOM)
    yield from pieces
