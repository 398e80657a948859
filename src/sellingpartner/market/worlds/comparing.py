"""What differs between two worlds: row by row where the rows have names, and counted everywhere.

Both files are read by SQLite alone, one attached to the other, so that neither comes into memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Table

from sellingpartner.market.worlds.contexts import Context, Thing, contexts
from sellingpartner.market.worlds.showing import shown, shown_changes
from sellingpartner.storage.columns import metadata

FEW = 10
"""How many differences of each kind are told one by one unless it is said."""

_OF_NO_MATTER = frozenset({"market", "counters", "call_batches"})
"""What differs in two files of the same world: what they say of themselves, who asked for them."""
_MACHINES_OWN = frozenset({"real_at", "store_key", "password_hash", "password_number"})
"""The machine's time, where it keeps a document, and who may sign in: whoever serves a copy of a world keeps documents
under names of its own, and gives its people passwords of their own."""

_FIRST, _SECOND, _CHANGED = "first", "second", "changed"


class Different(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not the same in both."""

    what: str
    """What kind of thing, and its name: `order 114-...`."""
    where: str
    """In which world it is: `first`, `second`; or `changed`, where it is in both."""
    told: str
    """What it is like, or what of it has changed."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What differs in a context."""

    context: str
    first: int
    """How many rows are in the first world alone."""
    second: int
    changed: int
    things: tuple[Different, ...] = ()
    """Some of those that have names, the first of each kind."""


def compare(first: Path, second: Path, *, few: int = FEW) -> list[Part]:
    """Hold one world of this version against another; returns the contexts in which anything differs."""
    with _beside(first, second) as both:
        found = [_part(both, context, few) for context in contexts()]
    return [part for part in found if _differs(part)]


def _differs(part: Part) -> bool:
    return bool(part.first or part.second or part.changed)


@contextmanager
def _beside(first: Path, second: Path) -> Iterator[sqlite3.Connection]:
    """Both worlds in one connection, as `first` and `second`."""
    with closing(sqlite3.connect(":memory:", uri=True)) as both:
        both.row_factory = sqlite3.Row
        for name, path in ((_FIRST, first), (_SECOND, second)):
            both.execute(f"ATTACH ? AS {name}", (f"{path.resolve().as_uri()}?mode=ro",))
        yield both


def _part(both: sqlite3.Connection, context: Context, few: int) -> Part:
    counts = dict.fromkeys((_FIRST, _SECOND, _CHANGED), 0)
    for name in context.tables:
        if name in _OF_NO_MATTER:
            continue
        table = metadata.tables[name]
        for where in counts:
            counts[where] += _count(both, table, where)
    things = [one for thing in context.things for one in _things(both, thing, few)]
    return Part(context=context.name, things=tuple(things), **counts)


def _count(both: sqlite3.Connection, table: Table, where: str) -> int:
    (found,) = both.execute(f"SELECT count(*) FROM {_rows(table, where)}").fetchone()  # noqa: S608 - our names
    return int(found)


def _things(both: sqlite3.Connection, thing: Thing, few: int) -> Iterator[Different]:
    table = metadata.tables[thing.table]
    columns = [column.name for column in table.columns]
    chosen = ", ".join(f"{side}.{name} AS {side}_{name}" for side in ("a", "b") for name in columns)
    order = ", ".join(f"coalesce(a.{name}, b.{name})" for name in _key(table))
    for where in (_FIRST, _SECOND, _CHANGED):
        query = f"SELECT {chosen} FROM {_rows(table, where)} ORDER BY {order} LIMIT ?"  # noqa: S608 - our names
        for row in both.execute(query, (few,)):
            yield _told(table, thing, where, _side(row, "a", columns), _side(row, "b", columns))


def _told(
    table: Table, thing: Thing, where: str, first: Mapping[str, object], second: Mapping[str, object]
) -> Different:
    row = second if where == _SECOND else first
    name = " ".join(str(row[column]) for column in thing.named)
    told = shown_changes(table, first, second) if where == _CHANGED else shown(table, row, thing.shows)
    return Different(what=f"{thing.word} {name}", where=where, told=told)


def _side(row: sqlite3.Row, side: str, columns: Iterable[str]) -> dict[str, Any]:
    return {name: row[f"{side}_{name}"] for name in columns}


def _rows(table: Table, where: str) -> str:
    """The rows of a table that are in one world alone, or differ: `a` are the first world's, `b` the other's."""
    one, other = ("a", "b") if where != _SECOND else ("b", "a")
    places = {"a": f"{_FIRST}.{table.name}", "b": f"{_SECOND}.{table.name}"}
    same = " AND ".join(f"a.{name} = b.{name}" for name in _key(table))
    if where == _CHANGED:
        others = [one.name for one in table.columns if one.name not in _MACHINES_OWN.union(_key(table))]
        differs = " OR ".join(f"a.{name} IS NOT b.{name}" for name in others) or "0"
        return f"{places[one]} {one} JOIN {places[other]} {other} ON {same} WHERE {differs}"
    return f"{places[one]} {one} LEFT JOIN {places[other]} {other} ON {same} WHERE {other}.{_key(table)[0]} IS NULL"


def _key(table: Table) -> list[str]:
    """What tells one row of a table from another."""
    return [column.name for column in table.primary_key.columns] or [column.name for column in table.columns]
