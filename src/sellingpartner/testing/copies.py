"""Markets that begin alike, copied from one that was built before.

To build one takes 25 ms of a quick machine, to copy it 1; and most stories begin alike. So each beginning is built once
a process, in memory. A copy shares nothing with another one but what is in it: its secrets, too, are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Compiled, Connection, Dialect, Table

from sellingpartner.market.market import Market
from sellingpartner.market.scenarios.model import Scenario
from sellingpartner.market.time.clock import Clock
from sellingpartner.market.worlds.copying import put, rows_of
from sellingpartner.server.gateway.links import LINK_KEY, keep_a_key
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.database import MEMORY, Database, Turn
from sellingpartner.storage.document_store import DocumentStore, store_beside
from sellingpartner.storage.migrations import bring_up_to_date, stamp
from sellingpartner.storage.remembered import known
from sellingpartner.testing.founding import Founded, found, found_by
from sellingpartner.testing.saying import START, US, marketplaces_of, moment_of, scenario_of


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """How a market begins: two that begin alike are copies of one."""

    at: datetime
    marketplaces: tuple[str, ...]
    seed: int = 1
    scenario: Scenario | None = None
    """What it begins with in the place of Harbor Goods."""


def beginning_of(
    *,
    at: datetime | str | None,
    marketplaces: Sequence[str] | None,
    seed: int,
    scenario: str | Path | Scenario | None,
) -> Beginning:
    """A beginning, as a test says it; raises `ValueError`. What a test says counts more than what its scenario does."""
    if scenario is None:
        return Beginning(
            at=moment_of(at or START),
            marketplaces=marketplaces_of((US,) if marketplaces is None else marketplaces),
            seed=seed,
        )
    if marketplaces is not None:
        message = "it has a scenario, which says the marketplaces of each seller; leave marketplaces out."
        raise ValueError(message)
    told = scenario_of(scenario)
    moment = moment_of(at or told.at or START)
    return Beginning(at=moment, marketplaces=(), seed=seed, scenario=msgspec.structs.replace(told, at=moment))


def limits_of(beginning: Beginning) -> str:
    """The rate limits that hold unless a test says which."""
    return (beginning.scenario and beginning.scenario.limits) or Limits.OFF


def begun(url: str, beginning: Beginning) -> tuple[Market, Founded]:
    """A market in a database, its clock frozen at a moment: as a scenario says, or with Harbor Goods in it."""
    if url == MEMORY:
        market, who = _in_memory(beginning)
    elif (path := _new_file(url)) is not None:
        market, who = _in_a_file(url, path, beginning)
    else:
        market, who = _elsewhere(url, beginning)
    return market, who


def _found(market: Market, beginning: Beginning) -> Founded:
    if beginning.scenario is None:
        return found(market, beginning.marketplaces)
    return found_by(market, beginning.scenario)


def _in_memory(beginning: Beginning) -> tuple[Market, Founded]:
    image, documents, who = _built(beginning)
    database = Database().share_statements(_statements)
    with database.engine.connect() as connection:
        image.backup(_driver_of(connection))
    return _copied(database, beginning, documents), who


def _in_a_file(url: str, path: Path, beginning: Beginning) -> tuple[Market, Founded]:
    _, documents, who = _built(beginning)
    path.write_bytes(_file_of(beginning))
    database = Database(url).share_statements(_statements)
    database.keep_private()
    return _copied(database, beginning, documents), who


def _elsewhere(url: str, beginning: Beginning) -> tuple[Market, Founded]:
    """In a database that is there: row by row where it holds nothing, which takes a sixth of the statements."""
    database = Database(url).share_statements(_statements)
    if not database.is_sqlite and _put_into(database, beginning):
        _, documents, who = _built(beginning)
        return _copied(database, beginning, documents), who
    market = Market.over(database, seed=beginning.seed, at=beginning.at)
    return market, _found(market, beginning)


def _copied(database: Database, beginning: Beginning, documents: DocumentStore) -> Market:
    """The market in a database that a copy was put into: there is nothing to make ready, as opening it would."""
    with database.read() as connection:
        clock = Clock.load(connection)
    market = Market(database, clock or Clock(), beginning.seed, store_beside(database.url))
    documents.copy_to(market.documents)
    if beginning.scenario is not None:
        market.faults.reload()
    return market


def _put_into(database: Database, beginning: Beginning) -> bool:
    """Put all rows of such a market into a database, unless there is one in it; whether it was done."""
    bring_up_to_date(database)
    with database.write(Turn.OPENING) as target:
        if known(target, "seed") is not None:
            return False
        put(target, _rows(beginning))
    return True


@cache
def _rows(beginning: Beginning) -> list[tuple[Table, list[dict[str, Any]]]]:
    """All that is in a market that begins so, but for what signs its links: no two databases have the same."""
    database = Database()
    with database.engine.connect() as connection:
        _without_a_key(beginning).backup(_driver_of(connection))
        found = list(rows_of(connection))
    database.close()
    return found


@cache
def _file_of(beginning: Beginning) -> bytes:
    """The file of a market that begins so, which keeps a write-ahead log: its head says so, in bytes 18 and 19."""
    file = bytearray(_without_a_key(beginning).serialize())
    file[18:20] = b"\x02\x02"
    return bytes(file)


def _without_a_key(beginning: Beginning) -> sqlite3.Connection:
    """A market may outlive its test where it is no copy in memory: nothing signed for one must count in the next."""
    image, _, _ = _built(beginning)
    copy = sqlite3.connect(":memory:")
    image.backup(copy)
    with copy:
        copy.execute("DELETE FROM market WHERE name = ?", (LINK_KEY,))
    return copy


def _new_file(url: str) -> Path | None:
    """The file of an SQLite database that is not there yet."""
    kind, _, path = url.partition(":///")
    return Path(path) if kind == "sqlite" and path and not Path(path).exists() else None


@cache
def _built(beginning: Beginning) -> tuple[sqlite3.Connection, DocumentStore, Founded]:
    """A database in memory that nobody uses, with its documents, and who is in it."""
    market = Market.open(MEMORY, seed=beginning.seed, at=beginning.at)
    who = _found(market, beginning)
    keep_a_key(market)
    image = sqlite3.connect(":memory:", check_same_thread=False)
    with market.database.write() as connection:
        stamp(connection)  # what is in memory has no need of it, but a file has
    with market.database.engine.connect() as connection:
        _driver_of(connection).backup(image)
    market.close()
    return image, market.documents, who


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - tells the type checker
    return driver


class _Statements(dict[Any, Compiled]):
    """What SQLAlchemy compiled, for all databases of a kind: it would do so for each engine, which takes 20 ms."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - SQLAlchemy's key
        """The statement compiled for a dialect like this one."""
        return super().get(_by_name(key), default)

    def __setitem__(self, key: Any, compiled: Compiled) -> None:  # noqa: ANN401 - SQLAlchemy's key
        super().__setitem__(_by_name(key), compiled)


_statements = _Statements()


def _by_name(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part.name if isinstance(part, Dialect) else part for part in key)
