"""The documents of a world: packed into its file when it is saved, put back into a market's store when it is loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from sellingpartner.market.time.clock import real_now
from sellingpartner.market.worlds.world import DOCUMENTS
from sellingpartner.storage.document_store import DocumentStore, NoSuchBytes, store_beside

_OTHERS = ("sandbox/", "check/")
"""Keys of the market's store that are not of its world."""


def pack(store: DocumentStore, path: Path) -> None:
    """Put every document of a store into a world file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(f"CREATE TABLE {DOCUMENTS} (key TEXT PRIMARY KEY, bytes BLOB NOT NULL)")
        file.executemany(f"INSERT INTO {DOCUMENTS} VALUES (?, ?)", _in_store(store))  # noqa: S608 - our name


def unpack(path: Path, store: DocumentStore) -> None:
    """Have a store hold the documents of a world file, and no others."""
    store.clear()
    with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as file:
        is_saved = file.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (DOCUMENTS,)).fetchone()
        found: Iterable[tuple[str, bytes]] = (
            file.execute(f"SELECT key, bytes FROM {DOCUMENTS}")  # noqa: S608 - our name
            if is_saved
            else _in_store(store_beside(make_url(f"sqlite:///{path}")))
        )
        for key, content in found:
            store.put(key, iter([content]))


def _in_store(store: DocumentStore) -> Iterator[tuple[str, bytes]]:
    if store.is_empty:
        return
    for key in store.kept_before(real_now() + timedelta(days=1)):
        if not key.startswith(_OTHERS):
            try:
                yield key, b"".join(store.get(key))
            except NoSuchBytes:  # forgotten meanwhile, as old ones are
                continue
