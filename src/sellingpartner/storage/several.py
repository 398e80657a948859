"""Questions about several keys at once, compiled once for each of a few numbers of keys.

    _found = Several(lambda keys: select(items.c.asin, items.c.brand).where(items.c.asin.in_(keys)), _Found)
    _found.all(unit.connection, {}, asins)

A list of any length would have to be compiled for its length. This one is filled up with its last key, which asks for
nothing more; a list beyond the longest is asked in parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, Connection, Select, String, bindparam
from sqlalchemy.types import TypeEngine

from sellingpartner.batched import batched
from sellingpartner.storage.prepared import Question

Row = TypeVar("Row")
Keys = list[BindParameter[Any]]

_LENGTHS = (1, 5, 20, 100, 500)
"""Databases have a limit to what one statement names."""


class Several(Generic[Row]):
    """A question whose statement is given the keys that it is about: texts, such as ASINs or SKUs, unless said."""

    def __init__(
        self,
        statement: Callable[[Keys], Select[Any]],
        row: Callable[..., Row],
        kind: type[TypeEngine[Any]] = String,
    ) -> None:
        self._statement = statement
        self._row = row
        self._kind = kind

    @cached_property
    def _questions(self) -> dict[int, Question[Row]]:
        return {length: Question(self._statement(self._named(length)), self._row) for length in _LENGTHS}

    def all(self, connection: Connection, values: Mapping[str, object], keys: Sequence[str | int]) -> list[Row]:
        """Every row, of as many keys as there are; none for no keys. A key that is there twice is asked once."""
        wanted = list(dict.fromkeys(keys))
        found: list[Row] = []
        for some in batched(wanted, _LENGTHS[-1]):
            length = next(each for each in _LENGTHS if each >= len(some))
            part = some + some[-1:] * (length - len(some))
            bound = {**values, **{f"key_{number}": key for number, key in enumerate(part)}}
            found += self._questions[length].all(connection, bound)
        return found

    def _named(self, length: int) -> Keys:
        return [bindparam(f"key_{number}", type_=self._kind()) for number in range(length)]
