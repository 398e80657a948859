"""The documents of a world: packed into its file when it is saved, put into a market's store when it is loaded.

A store knows no transaction. So a world's documents come under keys at which nothing lies yet, before its rows do, and
those of the world before go when its rows have gone. Whatever fails, each row that is there finds its bytes; what lies
there without a row is gone when the market is opened next, at the latest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url, select

from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.market.documents.tables import documents
from sellingpartner.market.documents.writer import new_key
from sellingpartner.market.market import Market
from sellingpartner.market.time.clock import real_now
from sellingpartner.market.worlds.world import DOCUMENTS
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.document_store import DocumentStore, NoSuchBytes, failures_of_stores, store_beside
from sellingpartner.storage.remembered import forget

LEFT = "documents left behind"
"""What a market remembers while there may be documents in its store of which no row tells."""

_OTHERS = ("sandbox/", "check/")
"""Keys of the market's store that are not of its world."""
_ANY_MOMENT = datetime.max.replace(tzinfo=UTC)
_BEING_WRITTEN = timedelta(minutes=15)
"""How long a document may lie in the store before its row is written, where other processes write, too."""


def pack(store: DocumentStore, path: Path) -> None:
    """Put every document of a store into a world file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(f"CREATE TABLE {DOCUMENTS} (key TEXT PRIMARY KEY, bytes BLOB NOT NULL)")
        file.executemany(f"INSERT INTO {DOCUMENTS} VALUES (?, ?)", _in_store(store))  # noqa: S608 - our name


@contextmanager
def brought(path: Path, rows: Path, market: Market) -> Iterator[None]:
    """Have a market's store hold the documents of a world besides its own while the block puts its rows in.

    `rows` is the copy of the world that is put in; it learns where its documents lie. When the block has ended the
    others are forgotten; if it raises, those of the world. Raises `ServiceUnavailable` if they cannot be kept.
    """
    before = list(_keys(market.documents))
    market.remember(LEFT, "maybe")
    brought: list[str] = []
    try:
        _bring(path, rows, market.documents, brought)
        yield
    except BaseException as failure:
        with _as_far_as_it_goes():
            _forget_untold(market, brought)
        if isinstance(failure, failures_of_stores()):
            message = f"The documents of the world cannot be kept, so the market stays as it is: {failure}"
            raise ServiceUnavailable(message) from failure
        raise
    with _as_far_as_it_goes():  # the world is loaded
        _forget_untold(market, before)


def forget_left_behind(market: Market) -> None:
    """Forget documents of which no row tells, if a world was being loaded when its process or its store failed."""
    if market.known(LEFT) is None:
        return
    # The file of an SQLite database is one process's alone, which does nothing else yet.
    moment = _ANY_MOMENT if market.database.is_sqlite else real_now() - _BEING_WRITTEN
    with _as_far_as_it_goes():
        _forget_untold(market, list(_keys(market.documents, moment)))


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """Leave what cannot be forgotten, as its store or its database is away, to whoever opens the market next."""
    try:
        yield
    except Exception as failure:
        if not isinstance(failure, (DatabaseAway, *failures_of_stores())):
            raise


def _bring(path: Path, rows: Path, store: DocumentStore, brought: list[str]) -> None:
    with closing(sqlite3.connect(rows, isolation_level=None)) as copy:
        copy.execute("INSERT OR REPLACE INTO market (name, value) VALUES (?, ?)", (LEFT, "maybe"))
        told = dict(copy.execute("SELECT store_key, seller_id FROM documents WHERE store_key IS NOT NULL"))
        for key, content in _of_world(path):
            if key not in told:
                continue
            brought.append(new_key(told[key]))
            store.put(brought[-1], iter([content]))
            copy.execute("UPDATE documents SET store_key = ? WHERE store_key = ?", (brought[-1], key))


def _of_world(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as file:
        is_saved = file.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (DOCUMENTS,)).fetchone()
        if is_saved:
            yield from file.execute(f"SELECT key, bytes FROM {DOCUMENTS}")  # noqa: S608 - our name
        else:  # a market's own file
            yield from _in_store(store_beside(make_url(f"sqlite:///{path}")))


def _in_store(store: DocumentStore) -> Iterator[tuple[str, bytes]]:
    for key in _keys(store):
        try:
            yield key, b"".join(store.get(key))
        except NoSuchBytes:  # forgotten meanwhile, as old ones are
            continue


def _keys(store: DocumentStore, before: datetime = _ANY_MOMENT) -> Iterator[str]:
    if not store.is_empty:
        yield from (key for key in store.kept_before(before) if not key.startswith(_OTHERS))


def _forget_untold(market: Market, keys: Sequence[str]) -> None:
    """Forget those of these documents of which no row tells."""
    if keys:
        with market.read() as unit:
            told = set(unit.execute(select(documents.c.store_key)).scalars())
        market.documents.delete([key for key in keys if key not in told])
    with market.database.write() as connection:
        forget(connection, LEFT)
