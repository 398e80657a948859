"""A world as text that people and other programs read, JSON Lines or CSV: row by row, so however large it is."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import Table

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.worlds.contexts import contexts
from sellingpartner.market.worlds.showing import readable
from sellingpartner.storage.columns import metadata


def tables_of(wanted: Iterable[str]) -> list[str]:
    """The tables that are meant, by their own names or by their contexts'; all of them, where nothing is named."""
    by_name = {table: [table] for table in metadata.tables} | {one.name: list(one.tables) for one in contexts()}
    names = list(wanted) or [one.name for one in contexts()]
    for name in names:
        if name not in by_name:
            known = ", ".join(one.name for one in contexts())
            message = f"A world has no {name[:60]!r}. There are {known}, and tables such as orders."
            raise InvalidInput(message)
    return list(dict.fromkeys(table for name in names for table in by_name[name]))


def json_lines(path: Path, tables: Iterable[str]) -> Iterator[str]:
    """The rows of tables, each a line of JSON that begins with the table's name."""
    with closing(_opened(path)) as file:
        for name in tables:
            for row in _rows(file, metadata.tables[name]):
                yield msgspec.json.encode({"table": name, **row}).decode() + "\n"


def csv_lines(path: Path, name: str) -> Iterator[str]:
    """The rows of a table as CSV, below their headings; a document is a cell of JSON."""
    table, line = metadata.tables[name], io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    with closing(_opened(path)) as file:
        for row in _rows(file, table):
            writer.writerow([_cell(value) for value in row.values()])
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _rows(file: sqlite3.Connection, table: Table) -> Iterator[dict[str, object]]:
    columns = list(table.columns)
    names = ", ".join(column.name for column in columns)
    order = ", ".join(column.name for column in table.primary_key.columns) or "rowid"
    for row in file.execute(f"SELECT {names} FROM {table.name} ORDER BY {order}"):  # noqa: S608 - our names
        yield {column.name: readable(column, value) for column, value in zip(columns, row, strict=True)}


def _cell(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, dict | list | bool) else value


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
