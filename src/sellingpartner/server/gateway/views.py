"""Views of documents, remembered as long as the document stays as it is.

    @view
    def order_view(order: Order, elements: frozenset[str], *, now: Callable[[], datetime]) -> v0.Order: ...

    order_view(kept_order(unit, order_id), opened_by(caller), now=lambda: unit.now)

A view shows a stored document in the words of an API version. Called with the document as it is kept, it is not made
anew where it was made of the same bytes before: what is remembered is the encoded view, by the document's content, so
there is nothing to forget when the document changes. A handler does nothing for it, and to a type checker the view
returns what its function returns.

A view is remembered only if the document alone makes it:

- Whatever else it depends on is an argument. One that is neither empty nor a function (the personal data that a
  restricted data token opens) is not the document's, so nothing is looked up and nothing is remembered.
- What it needs only sometimes (the time, the store's name) is given as a function. If the view asks it, that view is
  not remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import msgspec

from sellingpartner.server.gateway.encode import to_json
from sellingpartner.storage.kept import Kept

Document = TypeVar("Document")
Part = TypeVar("Part", bound=msgspec.Struct)
P = ParamSpec("P")

MOST_BYTES = 32 * 1024 * 1024
"""How much of documents and views is remembered at most."""

_OF_AN_ENTRY = 300
"""About what the objects around a document and its view take."""

_Key = tuple[int, bytes]


class Memory:
    """The views that were used lately: two halves, of which the older one is dropped when the younger one is full."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_of_half = most_bytes // 2
        self._young: dict[_Key, msgspec.Raw] = {}
        self._old: dict[_Key, msgspec.Raw] = {}
        self.weight = 0
        """About how many bytes the younger half holds."""

    def find(self, key: _Key) -> msgspec.Raw | None:
        """The view of a document, if it is remembered."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: _Key, encoded: msgspec.Raw) -> None:
        """Remember a view. Threads need no lock: one that is lost in a race is made again."""
        if self.weight > self._most_of_half:
            self._old, self._young, self.weight = self._young, {}, 0
        self._young[key] = encoded
        self.weight += len(key[1]) + len(bytes(encoded)) + _OF_AN_ENTRY


_memory = Memory()
_numbers = count()


def view(function: Callable[Concatenate[Document, P], Part]) -> Callable[Concatenate[Kept[Document], P], Part]:
    """Make a function of a document one of the kept document, which remembers what the document alone makes."""
    number = next(_numbers)

    @wraps(function)
    def show(document: Kept[Document], /, *args: P.args, **kwargs: P.kwargs) -> Part:
        if _is_open(args) or _is_open(kwargs.values()):
            return function(document.read(), *args, **kwargs)
        key = number, document.stored
        found = _memory.find(key)
        if found is None:
            asked = _Asked()
            given = {name: asked.noting(value) for name, value in kwargs.items()}
            part = cast("Any", function)(document.read(), *map(asked.noting, args), **given)
            found = msgspec.Raw(to_json(part))
            if not asked.was:
                _memory.keep(key, found)
        return cast("Part", found)

    return cast("Callable[Concatenate[Kept[Document], P], Part]", show)


def _is_open(values: Iterable[object]) -> bool:
    """Whether one of the arguments says more than that there is nothing to say."""
    for value in values:  # noqa: SIM110 - `any` of a generator takes three times as long
        if value and not callable(value):
            return True
    return False


class _Asked:
    """Whether one of the functions that a view was given was asked."""

    __slots__ = ("was",)

    def __init__(self) -> None:
        self.was = False

    def noting(self, value: object) -> object:
        if not callable(value):
            return value

        def ask(*args: object) -> object:
            self.was = True
            return value(*args)

        return ask
