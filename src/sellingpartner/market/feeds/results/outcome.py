"""What became of a feed as a whole."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

import msgspec


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The counts that a result begins with, and what else it says of the feed."""

    feed_id: str
    seller_id: str
    processed: int = 0
    failed: int = 0
    warned: int = 0
    is_whole: bool = True
    """Whether the file could be read; else nothing of it was carried out."""
    head: Mapping[str, object] = {}
    """What its header says besides."""
    refers: str | None = None
    """The id of the report that it has had made."""
    items: Callable[[Container[int]], Iterator[Any]] | None = None
    """What it shows of what was changed, without the messages of these numbers."""
