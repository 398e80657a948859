"""So many at a time: as many as one statement names, one request carries, or one page holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(values: Iterable[T], most: int) -> Iterator[list[T]]:
    """The values in lists of so many, the last one of what is left: `itertools.batched` of later Pythons, nearly."""
    left = iter(values)
    while some := list(islice(left, most)):
        yield some
