"""A report of all orders of 90 days: how many rows a second, and how much memory its making takes.

    python -m benchmarks.reports                                            # 5,000 and 1,000,000 orders, on SQLite
    python -m benchmarks.reports --orders 1000000 --database postgresql+psycopg://USER@HOST/NAME    # one that is empty

The orders are copies, under ids of their own, of some that were placed. A process of its own makes the report, by the
same work as a served market does, and says how far its memory rose above what a report of one day took.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from benchmarks.memory import peak_mebibytes
from benchmarks.report import Figure
from sellingpartner.market.documents.documents import document_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.identifiers import order_id_of
from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.market.reports.model import Wish
from sellingpartner.market.reports.queue import ask_for
from sellingpartner.market.reports.store import find_report
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.document_store import DocumentStore
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

TYPE = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
SIZES = (5_000, 1_000_000)
MOST_MIB = 64
"""How much more memory a report may take for being long: as much as SQLite keeps of pages that it has read."""
DAYS = 90
_PLACED = 200
_BATCH = 5_000
_MEBIBYTE = 1 << 20

Raw = tuple[Any, ...]


class Measured(NamedTuple):
    """One report."""

    rows: int
    seconds: float
    processor_seconds: float
    """What of that its process computed: a busy machine disturbs it least."""
    risen_mebibytes: float
    """How far the peak of resident memory rose above the peak after a report of one day."""
    kept_mebibytes: float
    """How large its document is as it is kept, packed."""


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """A report of few orders and, unless it is to be quick, one of many: on SQLite."""
    figures = []
    for count in SIZES[:1] if is_quick else SIZES:
        found = measured(f"sqlite:///{folder / f'reports-{count}.db'}", folder / f"documents-{count}", count)
        name = f"report of all {count:,} orders of {DAYS} days"
        figures += [
            Figure(name=f"{name}, rows a second", value=found.rows / found.seconds, unit="rows/s"),
            Figure(
                name=f"{name}, memory above that of a day's", value=found.risen_mebibytes, unit="MiB", most=MOST_MIB
            ),
        ]
    return figures


def measured(url: str, folder: Path, count: int) -> Measured:
    """Have a report made of so many orders."""
    with TestMarket(url) as market:
        market.lists("MUG-BLUE", stock=10 * _PLACED)
        for _ in range(_PLACED):
            market.buys()
        seller_id = market.seller.seller_id
        with market.market.write(seller_id) as unit:
            _multiply(unit.connection, market.market, seller_id, count)
        if not market.market.database.is_sqlite:
            with market.market.database.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    command = [sys.executable, "-m", "benchmarks.reports", "--make", seller_id]
    ran = subprocess.run(
        [*command, "--database", url, "--folder", str(folder)], capture_output=True, text=True, check=True
    )
    return Measured(**json.loads(ran.stdout))


def make(url: str, folder: Path, seller_id: str) -> Measured:
    """Make a report of a day, and then one of all days."""
    market = Market.open(url, documents=DocumentStore(str(folder)))
    _made(market, seller_id, days=1)
    before = peak_mebibytes()
    began, computed = perf_counter(), process_time()
    rows, size = _made(market, seller_id, days=DAYS)
    seconds, computed = perf_counter() - began, process_time() - computed
    market.close()
    return Measured(rows, seconds, computed, peak_mebibytes() - before, size / _MEBIBYTE)


def _made(market: Market, seller_id: str, *, days: int) -> tuple[int, int]:
    with market.write(seller_id) as unit:
        start = unit.now - timedelta(days=days)
        wish = Wish(
            report_type=TYPE, marketplace_ids=(US,), options={}, start=start, end=unit.now, application_id="benchmark"
        )
        report_id = ask_for(unit, wish).report_id
    market.advance(timedelta(minutes=10))
    with market.read(seller_id) as unit:
        report = find_report(unit, report_id)
        assert report.document_id is not None, report.status
        return report.rows or 0, document_of(unit, report.document_id).size


def _multiply(connection: Connection, market: Market, seller_id: str, count: int) -> None:
    """Copy orders until there are so many, over the days before the market's present."""
    templates = [(order, _lines(connection, order)) for order in _rows(connection, orders, seller_id)]
    copies = _copies(market, seller_id, templates, count - len(templates))
    while batch := list(islice(copies, _BATCH)):
        _insert(connection, orders, [order for order, _ in batch])
        _insert(connection, order_lines, [line for _, lines in batch for line in lines])


def _copies(
    market: Market, seller_id: str, templates: list[tuple[Raw, list[Raw]]], count: int
) -> Iterator[tuple[Raw, list[Raw]]]:
    ids, document, purchased = (_place(orders, name) for name in ("order_id", "document", "purchased_at"))
    line_id, line_purchased = (_place(order_lines, name) for name in ("order_id", "purchased_at"))
    present = microseconds(market.clock.now())
    step = DAYS * 86_400_000_000 // (count + 1)
    for number in range(count):
        order, lines = templates[number % len(templates)]
        order_id = order_id_of(market.seed, seller_id, 10 * SIZES[-1] + number, "US")
        copy = list(order)
        copy[ids], copy[purchased] = order_id, present - step * (number + 1)
        copy[document] = bytes(order[document]).replace(order[ids].encode(), order_id.encode())
        copied = [list(line) for line in lines]
        for line in copied:
            line[line_id], line[line_purchased] = order_id, copy[purchased]
        yield tuple(copy), [tuple(line) for line in copied]


def _place(table: Table, name: str) -> int:
    return list(table.c).index(table.c[name])


def _rows(connection: Connection, table: Table, seller_id: str, more: str = "") -> list[Raw]:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    found = connection.exec_driver_sql(f"SELECT {names} FROM {table.name} WHERE seller_id = '{seller_id}'{more}")
    return [tuple(row) for row in found]


def _lines(connection: Connection, order: Raw) -> list[Raw]:
    seller_id, order_id = (order[_place(orders, name)] for name in ("seller_id", "order_id"))
    return _rows(connection, order_lines, seller_id, f" AND order_id = '{order_id}'")


def _insert(connection: Connection, table: Table, rows: list[Raw]) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    places = ", ".join(mark for _ in table.c)
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)


def main() -> None:
    """Measure, and print what was found; or make a report for whoever measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports")
    parser.add_argument("--orders", type=int, action="append")
    parser.add_argument("--database")
    parser.add_argument("--make", metavar="SELLER", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        print(json.dumps(make(options.database, options.folder, options.make)._asdict()))
        return
    for count in options.orders or SIZES:
        with TemporaryDirectory(prefix="sellingpartner-reports-") as folder:
            url = options.database or f"sqlite:///{folder}/market.db"
            found = measured(url, Path(folder) / "documents", count)
        print(
            f"{count:,} orders: {found.rows:,} rows in {found.seconds:.1f} s, {found.rows / found.seconds:,.0f} rows/s"
            f" ({found.rows / found.processor_seconds:,.0f} a second of processor time),"
            f" memory rose by {found.risen_mebibytes:.1f} MiB, the document is {found.kept_mebibytes:.1f} MiB"
        )


if __name__ == "__main__":
    main()
