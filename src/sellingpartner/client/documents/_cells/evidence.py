"""What the rest of a column shows of a cell that could mean two things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Choice = TypeVar("Choice")


class Evidence(Generic[Choice]):
    """Looks through a column, once and only if it must, for a value that can be read in one way alone."""

    def __init__(self, column: Callable[[str], Iterator[str]], choices: Callable[[str], frozenset[Choice]]) -> None:
        self._column, self._choices = column, choices
        self._known: dict[str, frozenset[Choice] | None] = {}

    def choose(self, name: str, among: frozenset[Choice], usual: Choice | None) -> Choice | None:
        """What the column shows; where it shows nothing, what is usual; None where both leave it open."""
        shown = self._shown(name)
        left = among if shown is None else shown & among
        if len(left) == 1:
            return next(iter(left))
        return usual if usual in left else None

    def _shown(self, name: str) -> frozenset[Choice] | None:
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def _look(self, name: str) -> frozenset[Choice] | None:
        """What all values have in common: None if none shows anything, nothing if they contradict each other."""
        left: frozenset[Choice] | None = None
        for text in self._column(name):
            choices = self._choices(text)
            if choices:
                left = choices if left is None else left & choices
                if len(left) <= 1:
                    break
        return left
