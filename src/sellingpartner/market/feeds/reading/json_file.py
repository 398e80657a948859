"""A file of JSON: its header, and its messages one by one.

However a file is made, little of it is in memory, and it is soon read: what is nested deeper than anything that is kept
is read as empty, and a file with too many messages or values, with a text that has no end, or with brackets without end
is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ijson

from sellingpartner.market.feeds.kinds import FeedFile
from sellingpartner.market.feeds.reading.escapes import without_halves
from sellingpartner.market.feeds.reading.soundness import DEEPEST
from sellingpartner.market.feeds.reading.stream import Endless, Stream

_BOM = b"\xef\xbb\xbf"
_KEPT = DEEPEST + 5
"""How deep a file is read: the message, where it stands in the file, and one level that is refused as too deep."""
_MOST_BRACKETS = 10_000
_MOST_VALUES = 100_000
_MOST_IN_ALL = 10_000_000
"""Assumed: the most values that all messages of a feed have; 25,000 listings with 400 each."""
_OF_MESSAGES = 2
"""How deep in a file its messages stand."""
_BEGINNINGS, _ENDS = ("start_map", "start_array"), ("end_map", "end_array")

_Event = tuple[str, Any]


class NoJson(Exception):
    """The file is no JSON; the text says where it ends to be."""


class TooManyMessages(Exception):
    """The file has more messages than a feed of its type may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"The feed has more than {most} messages.")


def values_at(file: FeedFile, path: str, *, most_messages: int) -> Iterator[Any]:
    """The values at a path, such as `messages.item`, in order; fractions are Decimals.

    Raises `NoJson`, and `TooManyMessages` where the file has more of them, whatever path is asked for.
    """
    bounded = _Bounded(file.pieces(), most_messages)
    try:
        yield from ijson.items(ijson.parse(bounded.events()), path)
    except Endless as reason:
        raise NoJson(str(reason)) from reason
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as reason:
        raise NoJson(str(reason)) from reason


class _Bounded:
    """What stands in a file, bracket by bracket and value by value, with an end to each of them."""

    def __init__(self, pieces: Iterator[bytes], most_messages: int) -> None:
        self._stream = Stream(without_halves(_without_mark(pieces)))
        self._most_messages = most_messages

    def events(self) -> Iterator[_Event]:
        """The events of a file, without those of what is nested too deep; raises `NoJson` for one without end."""
        depth = values = in_all = messages = 0
        key = ""
        for event, value in self._all():
            self._stream.went_on()
            depth -= event in _ENDS
            if depth == 1 and event == "map_key":
                key = value
            if depth == _OF_MESSAGES and key == "messages" and event not in _ENDS:
                values, messages = 0, messages + 1
                if messages > self._most_messages:
                    raise TooManyMessages(self._most_messages)
            values, in_all = values + 1, in_all + 1
            if values > _MOST_VALUES or in_all > _MOST_IN_ALL:
                raise NoJson(
                    f"A message has more than {_MOST_VALUES:,} values, or all have more than {_MOST_IN_ALL:,}."
                )
            if depth < _KEPT:
                yield event, value
            depth += event in _BEGINNINGS
            if depth > _MOST_BRACKETS:
                raise NoJson("It is nested too deep.")

    def _all(self) -> Iterable[_Event]:
        found: Iterable[_Event] = ijson.basic_parse(self._stream)
        return found


def _without_mark(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield next(pieces, b"").removeprefix(_BOM)
    yield from pieces
