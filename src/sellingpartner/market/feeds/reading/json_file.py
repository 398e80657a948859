"""A file of JSON: its header, and its messages one by one.

However a file is made, little of it is in memory: what is nested deeper than anything that is kept is read as empty,
and a file with a message of too many values, with a text that has no end, or with brackets without end is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ijson

from sellingpartner.market.feeds.kinds import FeedFile
from sellingpartner.market.feeds.reading.soundness import DEEPEST
from sellingpartner.market.feeds.reading.stream import Stream

_BOM = b"\xef\xbb\xbf"
_KEPT = DEEPEST + 5
"""How deep a file is read: the message, where it stands in the file, and one level that is refused as too deep."""
_MOST_BRACKETS = 10_000
_MOST_VALUES = 100_000
_LONGEST = 1 << 20
_OF_MESSAGES = 2
"""How deep in a file its messages stand."""
_BEGINNINGS, _ENDS = ("start_map", "start_array"), ("end_map", "end_array")

_Event = tuple[str, Any]


class NoJson(Exception):
    """The file is no JSON; the text says where it ends to be."""


def values_at(file: FeedFile, path: str) -> Iterator[Any]:
    """The values at a path, such as `messages.item`, in order; raises `NoJson`. Fractions are Decimals."""
    bounded = _Bounded(file.pieces())
    try:
        yield from ijson.items(ijson.parse(bounded.events()), path)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as reason:
        raise NoJson(str(reason)) from reason


class _Bounded:
    """What stands in a file, bracket by bracket and value by value, with an end to each of them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._unfinished = 0
        """How many bytes were read since something ended."""

    def events(self) -> Iterator[_Event]:
        """The events of a file, without those of what is nested too deep; raises `NoJson` for one without end."""
        depth = values = 0
        key = ""
        for event, value in self._all():
            self._unfinished = 0
            depth -= event in _ENDS
            if depth == 1 and event == "map_key":
                key = value
            values = 0 if depth == _OF_MESSAGES and key == "messages" and event in _BEGINNINGS else values + 1
            if values > _MOST_VALUES:
                raise NoJson(f"A message has more than {_MOST_VALUES:,} values.")
            if depth < _KEPT:
                yield event, value
            depth += event in _BEGINNINGS
            if depth > _MOST_BRACKETS:
                raise NoJson("It is nested too deep.")

    def _all(self) -> Iterable[_Event]:
        found: Iterable[_Event] = ijson.basic_parse(Stream(self._read()))
        return found

    def _read(self) -> Iterator[bytes]:
        piece = next(self._pieces, b"").removeprefix(_BOM)
        while piece:
            self._unfinished += len(piece)
            if self._unfinished > _LONGEST + len(piece):
                raise NoJson(f"A text is longer than {_LONGEST:,} bytes.")
            yield piece
            piece = next(self._pieces, b"")
