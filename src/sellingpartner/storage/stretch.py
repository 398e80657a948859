"""A stretch of a way along an index: so many rows are looked at and no more, however few of them are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, select

from sellingpartner.storage.unit import UnitOfWork


def wanted_of(way: Select[Any], most: int, key: tuple[str, ...], narrowing: Mapping[str, object]) -> Select[Any]:
    """The keys of what is wanted of the first rows of a way, from the greatest down, as the way has to go.

    `narrowing` says what a row must be: the column, which the way selects beside its key, and its value.
    """
    stretch = way.limit(most).subquery()
    columns = [stretch.c[name] for name in key]
    conditions = [stretch.c[name] == value for name, value in narrowing.items()]
    return select(*columns).where(*conditions).order_by(*(column.desc() for column in columns))


def end_of(unit: UnitOfWork, way: Select[Any], most: int) -> Row[Any] | None:
    """The last row of a stretch, if the way goes on behind it."""
    found = unit.execute(way.offset(most - 1).limit(2)).all()
    return found[0] if len(found) > 1 else None
