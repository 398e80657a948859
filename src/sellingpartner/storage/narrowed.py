"""Questions that are narrowed down by whatever is given: compiled once for each set of names, not for each list.

    def _statement(given: Given) -> Select[Any]:
        found = select(items.c.asin).where(items.c.seller_id == bindparam("seller_id"))
        if "brands" in given:
            found = found.where(given.among("brands", items.c.brand))
        return found.limit(bindparam("most"))

    _items = Narrowed(_statement, _Found)
    _items.all(unit.connection, {"seller_id": seller_id, "brands": ("Nile", "Indus"), "most": 10})

Programs ask for the same few kinds of lists again and again, and SQLAlchemy takes longer to put a list's statement
together than a database takes for a page of it. What is None, or holds nothing, is not given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, bindparam

from sellingpartner.storage.prepared import Question

Row = TypeVar("Row")
_Counts = tuple[tuple[str, int], ...]

_LENGTHS = (20, 50, 100)
_MANY = 500
"""So many values are named for a dozen or more, the last one again and again: not each length is a set of its own.
Beyond the last of these, as many times `_MANY` as it takes."""

_SETS = 256
"""How many sets of names a question remembers, those that were given last; each takes some kilobytes."""


class Given:
    """What a statement is narrowed down by: names, and how many values each has, so that it holds for any values."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def __contains__(self, name: str) -> bool:
        return name in self._counts

    def number(self, name: str) -> int:
        """How many values a name has."""
        return self._counts[name]

    def among(self, name: str, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """That a column has one of the values of a name."""
        return column.in_([bindparam(f"{name}_{number}", type_=column.type) for number in range(self._counts[name])])


class Narrowed(Generic[Row]):
    """A question of which each set of names that is given has a statement."""

    def __init__(self, statement: Callable[[Given], Select[Any]], row: Callable[..., Row]) -> None:
        def question(counts: _Counts) -> Question[Row]:
            return Question(statement(Given(dict(counts))), row)

        self._question = lru_cache(_SETS)(question)

    def all(self, connection: Connection, values: Mapping[str, object]) -> list[Row]:
        """Every row; a tuple is several values."""
        counts: list[tuple[str, int]] = []
        bound: dict[str, object] = {}
        for name, value in values.items():
            if value is None or value == ():
                continue
            if isinstance(value, tuple):
                named = _filled_up(value)
                counts.append((name, len(named)))
                bound |= {f"{name}_{number}": one for number, one in enumerate(named)}
            else:
                counts.append((name, 1))
                bound[name] = value
        return self._question(tuple(counts)).all(connection, bound)


def _filled_up(values: tuple[object, ...]) -> tuple[object, ...]:
    if len(values) < _LENGTHS[0]:
        return values
    length = next((one for one in _LENGTHS if one >= len(values)), -(-len(values) // _MANY) * _MANY)
    return values + values[-1:] * (length - len(values))
