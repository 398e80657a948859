"""A million orders with their lives: what happened to them, and what was posted, as among orders that were placed.

`backstage.grow` copies orders and their lines alone. Here each copy is an order of its own moments, some seconds after
the one that it is a copy of, and with it come its facts, numbered in the order of time as facts are, and the entries,
postings and holds of its money. Parcels, shipments, returns and movements of stock are not copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from sellingpartner.market.market import Market
from sellingpartner.market.money.ledger import statement
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_holds, ledger_postings
from sellingpartner.market.orders.identifiers import order_id_of
from sellingpartner.market.orders.metrics import half_hours
from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.storage.columns import Instant
from sellingpartner.storage.events import events

Raw = tuple[Any, ...]

_AT_ONCE = 2_000
_APART = timedelta(seconds=7)
"""How much later a copy happened than the copy before it."""
_ORDER_ID = re.compile(rb"\d{3}-\d{7}-\d{7}")
_MOMENT = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)Z"')
_COUNTRY = "US"
_KEPT_ASIDE = "grown_events"


class _Life(NamedTuple):
    """All rows of one order."""

    order_id: str
    rows: dict[Table, list[Raw]]


class _Copy(NamedTuple):
    """What a copy of an order's rows has that is its own."""

    before: str
    order_id: str
    later: timedelta
    entries_after: int


def grow(database: Path, seller_id: str, to: int) -> None:
    """Bring a seller's orders to a number, each with its life."""
    market = Market.open(f"sqlite:///{database}")
    with market.read(seller_id) as unit:
        lives = _lives(unit.connection, seller_id)
    copies = _copies(market, seller_id, lives, to - len(lives))
    with market.write(seller_id) as unit:
        columns = ", ".join(column.name for column in events.c)
        unit.connection.exec_driver_sql(f"CREATE TABLE {_KEPT_ASIDE} AS SELECT {columns} FROM events")
        unit.connection.exec_driver_sql("DELETE FROM events")
    while batch := list(islice(copies, _AT_ONCE)):
        with market.write(seller_id) as unit:
            for table in (orders, order_lines, ledger_entries, ledger_postings, ledger_holds, events):
                _insert(unit.connection, table, [row for life in batch for row in life.rows[table]])
    with market.write(seller_id) as unit:
        _number_facts(unit.connection)
        half_hours.sum_anew(unit)
        statement.sum_anew(unit)
        _sum_what_is_held(unit.connection)
    market.close()


def _lives(connection: Connection, seller_id: str) -> list[_Life]:
    known = {row[_place(orders, "order_id")]: row for row in _rows(connection, orders, seller_id)}
    found = {order_id: _Life(order_id, defaultdict(list, {orders: [row]})) for order_id, row in known.items()}
    for row in _rows(connection, order_lines, seller_id):
        found[row[_place(order_lines, "order_id")]].rows[order_lines].append(row)
    for row in _rows(connection, events, seller_id):
        named = [one.decode() for one in _ORDER_ID.findall(row[_place(events, "fact")])]
        if named and named[0] in found:
            found[named[0]].rows[events].append(row)
    of_entries: dict[int, _Life] = {}
    for row in _rows(connection, ledger_entries, seller_id):
        life = found.get(row[_place(ledger_entries, "order_id")])
        if life is not None:
            life.rows[ledger_entries].append(row)
            of_entries[row[_place(ledger_entries, "entry_id")]] = life
    for table in (ledger_postings, ledger_holds):
        for row in _rows(connection, table, seller_id):
            if (life := of_entries.get(row[_place(table, "entry_id")])) is not None:
                life.rows[table].append(row)
    return list(found.values())


def _copies(market: Market, seller_id: str, lives: list[_Life], count: int) -> Iterator[_Life]:
    entry = _place(ledger_entries, "entry_id")
    step = 1 + max((row[entry] for life in lives for row in life.rows[ledger_entries]), default=0)
    copiers = {table: _copier(table) for table in (orders, order_lines, ledger_entries, ledger_postings, ledger_holds)}
    copiers[events] = _copier(events)
    for number in range(count):
        life, round_ = lives[number % len(lives)], 1 + number // len(lives)
        # Far beyond the numbers that orders have had, so that no id comes twice.
        order_id = order_id_of(market.seed, seller_id, 10_000_000 + number, _COUNTRY)
        copy = _Copy(life.order_id, order_id, round_ * _APART, round_ * step)
        rows = {table: [copiers[table](row, copy) for row in found] for table, found in life.rows.items()}
        yield _Life(order_id, defaultdict(list, rows))


def _copier(table: Table) -> Callable[[Raw, _Copy], Raw]:
    """What makes of a row the copy's: its order, its moments, the numbers of its entries."""
    moments = {at for at, column in enumerate(table.c) if isinstance(column.type, Instant)}
    entries = {at for at, column in enumerate(table.c) if column.name in {"entry_id", "of_entry_id"}}
    source = next((at for at, column in enumerate(table.c) if column.name == "source"), None)

    def copied(row: Raw, copy: _Copy) -> Raw:
        later = copy.later // timedelta(microseconds=1)
        values = list(row)
        for at, value in enumerate(row):
            if value is None:
                continue
            if at in moments:
                values[at] = value + later
            elif at in entries:
                values[at] = value + copy.entries_after
            elif isinstance(value, bytes):
                text = value.replace(copy.before.encode(), copy.order_id.encode())
                values[at] = _MOMENT.sub(lambda found: _moved(found, copy.later), text)
            elif isinstance(value, str):
                values[at] = value.replace(copy.before, copy.order_id)
                if at == source and values[at] == value:  # what led to it has a name of its own, as a label has
                    values[at] = f"{value}-{copy.order_id}"
        return tuple(values)

    return copied


def _moved(found: re.Match[bytes], later: timedelta) -> bytes:
    moved = datetime.fromisoformat(found[1].decode()) + later
    return f'"{moved.isoformat()}Z"'.encode()


def _number_facts(connection: Connection) -> None:
    """Number all facts in the order of time, as they would have been."""
    columns = ", ".join(column.name for column in events.c)
    numbered = columns.replace("event_id", "row_number() OVER (PARTITION BY seller_id ORDER BY happened_at, rowid)")
    connection.exec_driver_sql(f"INSERT INTO events ({columns}) SELECT {numbered} FROM {_KEPT_ASIDE}")
    connection.exec_driver_sql(f"DROP TABLE {_KEPT_ASIDE}")
    # The numbers of what comes next.
    last = "(SELECT max(event_id) FROM events WHERE events.seller_id = counters.seller_id)"
    connection.exec_driver_sql(f"UPDATE counters SET value = max(value, {last}) WHERE name = 'rows' AND {last} > 0")


def _sum_what_is_held(connection: Connection) -> None:
    """Keep what all open holds come to, as it would have been kept with each."""
    held = """
        SELECT sum(amount_minor) FROM ledger_holds h
        WHERE h.seller_id = counters.seller_id AND 'held ' || h.currency = counters.name AND h.released_at IS NULL
    """
    connection.exec_driver_sql(f"UPDATE counters SET value = coalesce(({held}), 0) WHERE name LIKE 'held %'")


def _place(table: Table, name: str) -> int:
    return list(table.c).index(table.c[name])


def _rows(connection: Connection, table: Table, seller_id: str) -> list[Raw]:
    names = ", ".join(column.name for column in table.c)
    found = connection.exec_driver_sql(f"SELECT {names} FROM {table.name} WHERE seller_id = ?", (seller_id,))
    return [tuple(row) for row in found]


def _insert(connection: Connection, table: Table, rows: list[Raw]) -> None:
    if rows:
        names = ", ".join(column.name for column in table.c)
        places = ", ".join("?" for _ in table.c)
        into = _KEPT_ASIDE if table is events else table.name
        connection.exec_driver_sql(f"INSERT INTO {into} ({names}) VALUES ({places})", rows)
