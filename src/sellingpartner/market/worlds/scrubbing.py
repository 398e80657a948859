"""A world's file, scrubbed: stand-ins are there for personal data, and nothing of it is left in the file's bytes.

Twice through all tables: first what is personal is met (`personal.toml` says where), then it is replaced there, and
wherever else the same text stands. Uploads and documents are replaced whole: nobody knows what is in them.
"""

from __future__ import annotations

import base64
import gzip
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import md5
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sellingpartner.market.orders.questions import key_of_buyer
from sellingpartner.market.worlds.standins import Personal, StandIns, personal
from sellingpartner.market.worlds.world import DOCUMENTS
from sellingpartner.storage.columns import metadata

REMOVED = b"What stood here was removed when the world was scrubbed.\n"
_AT_ONCE = 2_000
_UPLOAD = "upload"
_UNTOUCHED = ("catalog_", "product_type")
"""What the tables of the catalog are called: all of it is public, and its index of words would not know of a change."""


def scrub(path: Path) -> None:
    """Scrub a world's file that nobody has open."""
    said, stand_ins = personal(), StandIns()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        with _unguarded(file):
            file.execute("BEGIN")
            for column in _columns(file, said):
                for row in _rows(file, column):
                    _meet(said, stand_ins, column, row.value)
            for table in said.emptied:
                file.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
            for name in said.forgotten:
                file.execute("DELETE FROM market WHERE name = ?", (name,))
            for column in _columns(file, said):
                _replace(file, said, stand_ins, column)
            _rename_buyers(file)
            _remove_documents(file)
            file.execute("COMMIT")
        file.execute("VACUUM")  # what was deleted is else still in the file


class _Column(NamedTuple):
    """A column in which something personal may stand."""

    table: str
    name: str

    @property
    def full(self) -> str:
        return f"{self.table}.{self.name}"


class _Row(NamedTuple):
    number: int
    value: str | bytes


@contextmanager
def _unguarded(file: sqlite3.Connection) -> Iterator[None]:
    """Set the guards of append-only tables aside: the file is nobody's market, and whoever owns it may."""
    triggers = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        file.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        file.execute(sql)


def _columns(file: sqlite3.Connection, said: Personal) -> Iterator[_Column]:
    """Those in which something personal may stand: texts of no bound, documents, and what is said to be personal."""
    for table in metadata.sorted_tables:
        made = file.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table.name,)).fetchone()
        if made is None or "WITHOUT ROWID" in made[0] or table.name.startswith(_UNTOUCHED):
            continue
        for name, kind in file.execute("SELECT name, type FROM pragma_table_info(?)", (table.name,)):
            column = _Column(table.name, name)
            if kind in {"BLOB", "TEXT"} or column.full in said.columns:
                yield column


def _rows(file: sqlite3.Connection, column: _Column) -> Iterator[_Row]:
    """The values of a column that are texts or bytes; whoever walks may change those that it has been given."""
    last = 0
    query = (
        f"SELECT rowid, {column.name} FROM {column.table} "  # noqa: S608 - our names
        f"WHERE rowid > ? AND {column.name} IS NOT NULL ORDER BY rowid LIMIT {_AT_ONCE}"
    )
    while rows := file.execute(query, (last,)).fetchall():
        last = rows[-1][0]
        for number, value in rows:
            if isinstance(value, str | bytes):
                yield _Row(number, value)


def _meet(said: Personal, stand_ins: StandIns, column: _Column, value: str | bytes) -> None:
    kind = said.columns.get(column.full)
    if kind == _UPLOAD:
        return
    if kind is not None:
        stand_ins.of(kind, str(value))
    elif (document := _document(said, value)) is not None:
        _walk(said, stand_ins, document, column.name)


def _replace(file: sqlite3.Connection, said: Personal, stand_ins: StandIns, column: _Column) -> None:
    changes: list[tuple[str | bytes, int]] = []
    for row in _rows(file, column):
        after = _after(said, stand_ins, column, row.value)
        if after != row.value:
            changes.append((after, row.number))
        if len(changes) == _AT_ONCE:
            _write(file, column, changes)
    _write(file, column, changes)


def _write(file: sqlite3.Connection, column: _Column, changes: list[tuple[str | bytes, int]]) -> None:
    file.executemany(f"UPDATE {column.table} SET {column.name} = ? WHERE rowid = ?", changes)  # noqa: S608 - our names
    changes.clear()


def _after(said: Personal, stand_ins: StandIns, column: _Column, value: str | bytes) -> str | bytes:
    kind = said.columns.get(column.full)
    if kind == _UPLOAD:
        return REMOVED
    if kind is not None:
        return stand_ins.of(kind, str(value))
    document = _document(said, value)
    if document is None:
        return stand_ins.swept.get(value, value) if isinstance(value, str) else value
    changed = _walk(said, stand_ins, document, column.name)
    if changed == document:  # and is not written anew in another form of the same
        return value
    encoded = msgspec.json.encode(changed)
    return encoded if isinstance(value, bytes) else encoded.decode()


def _document(said: Personal, value: str | bytes) -> Any | None:  # noqa: ANN401 - whatever it holds
    """The document that a value holds, if it is one in which a text could be personal."""
    if isinstance(value, str):
        if not value.startswith(("{", "[")):
            return None
        value = value.encode()
    if value.isascii() and b" " not in value and b"@" not in value and not said.may_be_in(value):
        return None  # ids and amounts alone: most of what happened
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None


def _walk(said: Personal, stand_ins: StandIns, value: Any, parent: str) -> Any:  # noqa: ANN401 - any JSON
    """A document with stand-ins."""
    if isinstance(value, dict):
        return {name: _field(said, stand_ins, name, each, parent) for name, each in value.items()}
    if isinstance(value, list):
        return [_walk(said, stand_ins, each, parent) for each in value]
    return stand_ins.swept.get(value, value) if isinstance(value, str) else value


def _field(said: Personal, stand_ins: StandIns, name: str, value: Any, parent: str) -> Any:  # noqa: ANN401 - any JSON
    kind = said.kind_of(name, parent) if isinstance(value, str) else None
    return _walk(said, stand_ins, value, name) if kind is None else stand_ins.of(kind, value)


def _rename_buyers(file: sqlite3.Connection) -> None:
    """Have orders be found by the addresses that stand in them."""
    (seed,) = file.execute("SELECT value FROM market WHERE name = 'seed'").fetchone()
    changes = [
        (key_of_buyer(int(seed), seller_id, email or ""), number)
        for number, seller_id, email in file.execute(
            "SELECT rowid, seller_id, json_extract(CAST(document AS TEXT), '$.buyer.email') FROM orders"
        )
    ]
    file.executemany("UPDATE orders SET buyer_key = ? WHERE rowid = ?", changes)


def _remove_documents(file: sqlite3.Connection) -> None:
    """Replace the bytes of uploads and documents, and what rows say of them."""
    digest = base64.b64encode(md5(REMOVED, usedforsecurity=False).digest()).decode()
    uploads = "UPDATE uploads SET size = ?, content_md5 = ? WHERE content IS NOT NULL"
    file.execute(uploads, (len(REMOVED), digest))
    if not file.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (DOCUMENTS,)).fetchone():
        return
    packed = gzip.compress(REMOVED, mtime=0)
    file.execute(f"UPDATE {DOCUMENTS} SET bytes = ?", (REMOVED,))  # noqa: S608 - our name
    is_packed = "SELECT store_key FROM documents WHERE compression = 'GZIP'"
    file.execute(f"UPDATE {DOCUMENTS} SET bytes = ? WHERE key IN ({is_packed})", (packed,))  # noqa: S608 - our names
    sizes: Sequence[tuple[int, str]] = ((len(packed), "= 'GZIP'"), (len(REMOVED), "IS NULL"))
    for size, which in sizes:
        file.execute(f"UPDATE documents SET size = ? WHERE store_key IS NOT NULL AND compression {which}", (size,))  # noqa: S608
