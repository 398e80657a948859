"""A world's file, scrubbed: stand-ins are there for personal data, and nothing of it is left in the file's bytes.

Twice through all tables: first what is personal is replaced where it is said to be (`personal.toml`), then wherever
else the same text stands. Uploads and documents are replaced whole: nobody knows what is in them.
"""

from __future__ import annotations

import base64
import gzip
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from hashlib import md5
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sellingpartner.market.orders.questions import key_of_buyer
from sellingpartner.market.worlds.standins import COMMENT, Personal, StandIns, personal
from sellingpartner.market.worlds.world import DOCUMENTS
from sellingpartner.storage.columns import metadata

REMOVED = b"What stood here was removed when the world was scrubbed.\n"
_AT_ONCE = 2_000
_TEXTS = re.compile(rb'"([^"]*)"')
_UPLOAD = "upload"
_EMAILS = (
    ("orders", "json_extract(CAST(document AS TEXT), '$.buyer.email')"),
    ("buyer_subscriptions", "json_extract(CAST(buyer AS TEXT), '$.email')"),
)
"""Where buyers have a key, and where the address is that it is made of."""
_UNTOUCHED = ("catalog_", "product_type")
"""What the tables of the catalog are called: all of it is public, and its index of words would not know of a change."""


def scrub(path: Path) -> None:
    """Scrub a world's file that nobody has open, and that nobody keeps if this fails: it is broken then."""
    said, stand_ins = personal(), StandIns()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        file.execute("PRAGMA cache_size=-65536")
        with _unguarded(file):
            file.execute("BEGIN")
            for columns in _columns(file, said):
                _change_all(file, columns, [partial(_replaced, said, stand_ins, column) for column in columns])
            for table in said.emptied:
                file.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
            for name in said.forgotten:
                file.execute("DELETE FROM market WHERE name = ?", (name,))
            for columns in _columns(file, said):
                unsaid = [column for column in columns if column.full not in said.columns]
                _change_all(file, unsaid, [partial(_swept, stand_ins)] * len(unsaid))
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


Value: TypeAlias = str | bytes
Document: TypeAlias = dict[str, Any] | list[Any]


@contextmanager
def _unguarded(file: sqlite3.Connection) -> Iterator[None]:
    """Set the guards of append-only tables aside: the file is nobody's market, and whoever owns it may."""
    triggers = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        file.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        file.execute(sql)


def _columns(file: sqlite3.Connection, said: Personal) -> Iterator[list[_Column]]:
    """Those in which something personal may stand, by their tables.

    These are texts of no bound, documents, and what is said to be personal.
    """
    for table in metadata.sorted_tables:
        made = file.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table.name,)).fetchone()
        if made is None or "WITHOUT ROWID" in made[0] or table.name.startswith(_UNTOUCHED):
            continue
        known = file.execute("SELECT name, type FROM pragma_table_info(?)", (table.name,)).fetchall()
        found = [(_Column(table.name, name), kind) for name, kind in known]
        yield [column for column, kind in found if kind in {"BLOB", "TEXT"} or column.full in said.columns]


def _rows(file: sqlite3.Connection, columns: Sequence[_Column]) -> Iterator[tuple[Any, ...]]:
    """The numbers of rows with their values; whoever walks may change those that it has been given."""
    names = ", ".join(column.name for column in columns)
    query = f"SELECT rowid, {names} FROM {columns[0].table} WHERE rowid > ? ORDER BY rowid LIMIT {_AT_ONCE}"  # noqa: S608 - our names
    last = 0
    while rows := file.execute(query, (last,)).fetchall():
        last = rows[-1][0]
        yield from rows


def _change_all(
    file: sqlite3.Connection, columns: Sequence[_Column], changed: Sequence[Callable[[Value], Value]]
) -> None:
    """Have every value of some columns of a table be what it is changed to."""
    if not columns:
        return
    changes: dict[_Column, list[tuple[Value, int]]] = {column: [] for column in columns}
    for number, *values in _rows(file, columns):
        for column, value, change in zip(columns, values, changed, strict=True):
            if isinstance(value, str | bytes):
                after = change(value)
                if after != value:
                    changes[column].append((after, number))
                    if len(changes[column]) == _AT_ONCE:
                        _write(file, column, changes[column])
    for column in columns:
        _write(file, column, changes[column])


def _write(file: sqlite3.Connection, column: _Column, changes: list[tuple[Value, int]]) -> None:
    file.executemany(f"UPDATE {column.table} SET {column.name} = ? WHERE rowid = ?", changes)  # noqa: S608 - our names
    changes.clear()


def _replaced(said: Personal, stand_ins: StandIns, column: _Column, value: Value) -> Value:
    """A value with stand-ins where it is said that it is personal."""
    kind = said.columns.get(column.full)
    if kind == _UPLOAD:
        return REMOVED
    if kind is not None:
        return stand_ins.of(kind, str(value))
    return _rewritten(value, said.may_be_in, partial(_replace, said, stand_ins, parent=column.name))


def _swept(stand_ins: StandIns, value: Value) -> Value:
    """A value with stand-ins wherever a text stands that was met as a personal one."""
    if isinstance(value, str) and value in stand_ins.swept:
        return stand_ins.swept[value]
    return _rewritten(value, partial(_may_be_swept, stand_ins), partial(_sweep, stand_ins))


def _rewritten(value: Value, may_matter: Callable[[bytes], bool], change: Callable[[Document], bool]) -> Value:
    """A value that is a document, changed. Most of what happened does not matter, and is not even read."""
    stored = value.encode() if isinstance(value, str) else value
    if not stored.startswith((b"{", b"[")) or not may_matter(stored):
        return value
    try:
        document = msgspec.json.decode(stored)
    except msgspec.DecodeError:
        return value
    if not change(document):  # and is not written anew in another form of the same
        return value
    encoded = msgspec.json.encode(document)
    return encoded if isinstance(value, bytes) else encoded.decode()


def _replace(said: Personal, stand_ins: StandIns, document: Document, parent: str) -> bool:
    """Put stand-ins into the personal fields of a document; whether there was any."""
    changed = False
    if isinstance(document, list):
        for value in document:
            if isinstance(value, dict | list):
                changed = _replace(said, stand_ins, value, parent) or changed
        return changed
    names = said.names
    for name, value in document.items():
        if isinstance(value, dict) and names[name] and said.is_written(name, parent):
            changed = _replace_written(stand_ins, value) or changed
        elif isinstance(value, dict | list):
            changed = _replace(said, stand_ins, value, name) or changed
        elif names[name] and isinstance(value, str) and (kind := said.kind_of(name, parent)) is not None:
            document[name] = stand_ins.of(kind, value)
            changed = True
    return changed


def _replace_written(stand_ins: StandIns, document: dict[str, Any]) -> bool:
    """Put stand-ins for all that a person wrote into fields of any name; whether there was any."""
    for name, value in document.items():
        document[name] = stand_ins.of(COMMENT, str(value))
    return bool(document)


def _may_be_swept(stand_ins: StandIns, stored: bytes) -> bool:
    """Whether a text that was met elsewhere may stand in a document: told by its texts as they are stored."""
    if stored.isascii() and b" " not in stored and b"@" not in stored:
        return False  # ids and amounts alone: most of what happened
    return b"\\" in stored or not stand_ins.swept_as_stored.isdisjoint(_TEXTS.findall(stored))


def _sweep(stand_ins: StandIns, document: Document) -> bool:
    changed, swept = False, stand_ins.swept
    places: Iterable[tuple[Any, Any]] = document.items() if isinstance(document, dict) else enumerate(document)
    for place, value in places:
        if isinstance(value, dict | list):
            changed = _sweep(stand_ins, value) or changed
        elif isinstance(value, str) and value in swept:
            document[place] = swept[value]
            changed = True
    return changed


def _rename_buyers(file: sqlite3.Connection) -> None:
    """Have orders and subscriptions be found by the addresses that stand in them."""
    (seed,) = file.execute("SELECT value FROM market WHERE name = 'seed'").fetchone()
    for table, email_at in _EMAILS:
        rows = file.execute(f"SELECT rowid, seller_id, {email_at} FROM {table}")  # noqa: S608 - our names
        changes = [(key_of_buyer(int(seed), seller_id, email or ""), number) for number, seller_id, email in rows]
        file.executemany(f"UPDATE {table} SET buyer_key = ? WHERE rowid = ?", changes)  # noqa: S608 - our names


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
