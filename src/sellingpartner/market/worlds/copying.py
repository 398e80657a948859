"""Rows from PostgreSQL to a file and back: table by table, as they are kept, nothing decoded on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, TextClause, select, text
from sqlalchemy.types import TypeDecorator, TypeEngine

from sellingpartner.market.catalog.indexing import index_an_old_catalog
from sellingpartner.market.catalog.tables import entries
from sellingpartner.storage.append_only import is_append_only
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.database import Database
from sellingpartner.storage.migrations import bring_up_to_date

_AT_ONCE = 2000


def copy_to_a_file(database: Database, path: Path) -> None:
    """Write everything that is in a database into an empty SQLite file, as of one moment."""
    with closing(Database(f"sqlite:///{path}", is_draft=True)) as file:
        bring_up_to_date(file)
        with database.snapshot() as source, file.write() as target:
            _copy(source, target)


def copy_from_a_file(path: Path, database: Database) -> None:
    """Replace everything that is in a database by what is in an SQLite file, in one transaction."""
    with (
        closing(Database(f"sqlite:///{path}", is_draft=True)) as file,
        file.read() as source,
        database.write() as target,
    ):
        empty(target)
        _copy(source, target)


def _copy(source: Connection, target: Connection) -> None:
    put(target, rows_of(source))


def rows_of(source: Connection) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Every row of a database, some at a time, in an order in which they can be put into another one."""
    for table in metadata.sorted_tables:
        if table is entries:  # of which the index of words is made: they come with it
            continue
        plain = _plain(table)
        for rows in source.execute(select(plain)).partitions(_AT_ONCE):
            yield plain, [dict(row._mapping) for row in rows]


def put(target: Connection, kept: Iterable[tuple[Table, list[dict[str, Any]]]]) -> None:
    """Put rows into a database that has none, and have items found by their words."""
    for plain, rows in kept:
        target.execute(plain.insert(), rows)
    index_an_old_catalog(target)


def empty(target: Connection) -> None:
    """Delete every row of a database."""
    filled = set(target.execute(_which_hold_rows()).scalars())  # most hold none, and one question is one way to go
    for table in reversed(metadata.sorted_tables):
        if table.name in filled:
            _empty(target, table)


@cache
def _which_hold_rows() -> TextClause:
    names = [table.name for table in metadata.sorted_tables]
    asked = [f"SELECT '{name}' AS name WHERE EXISTS (SELECT 1 FROM {name})" for name in names]  # noqa: S608 - our names
    return text(" UNION ALL ".join(asked))


def _empty(target: Connection, table: Table) -> None:
    if not is_append_only(table):
        target.execute(table.delete())
        return
    # Whoever owns a table may set its guard aside.
    target.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
    target.execute(table.delete())
    target.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))


def _plain(table: Table) -> Table:
    """The table with its columns as the database has them."""
    return Table(table.name, MetaData(), *(Column(column.name, _kept(column.type)) for column in table.columns))


def _kept(kind: TypeEngine[object]) -> TypeEngine[object]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
