"""What is done behind the server's back: stock that no load uses up, a list of what waits, a million orders.

The million are copies of those that are there, under ids that the market itself could give: rows of the
orders context's own tables, written by the driver. Nothing else learns of them (no events, no stock, no ledger), so
they are good for measuring reads and for nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.questions import active_skus, listing_of
from sellingpartner.market.market import Market
from sellingpartner.market.orders.identifiers import order_id_of
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.metrics.half_hours import sum_anew
from sellingpartner.market.orders.questions import OrderFilter, OrderPage, page_of_orders
from sellingpartner.market.orders.tables import order_lines, orders
from sellingpartner.market.services.questions import offerings_in

_BATCH = 5_000
_PLENTY = 1_000_000
_COUNTRY = "US"

Raw = tuple[Any, ...]


def stock_up(database: Path, seller_id: str, marketplace_id: str) -> list[str]:
    """Give the seller plenty of all goods that it ships itself, and freely, in a marketplace; returns these SKUs."""
    market = Market.open(f"sqlite:///{database}")
    with market.write(seller_id) as unit:
        services = offerings_in(unit, marketplace_id)
        skus = [
            sku
            for sku in active_skus(unit, marketplace_id)
            if sku not in services
            and (listing := listing_of(unit, sku, marketplace_id)).place is Place.SELLER
            and not listing.is_regulated
        ]
        inventory.receive_many(unit, [(sku, _PLENTY) for sku in skus], Place.SELLER, reference="benchmark")
    market.close()
    return skus


def stock_up_at_amazon(database: Path, seller_id: str, marketplace_id: str) -> list[str]:
    """Give the seller plenty of all that Amazon ships for it in a marketplace; returns these SKUs."""
    market = Market.open(f"sqlite:///{database}")
    with market.write(seller_id) as unit:
        skus = [
            sku for sku in active_skus(unit, marketplace_id) if listing_of(unit, sku, marketplace_id).place is Place.FBA
        ]
        inventory.receive_many(unit, [(sku, _PLENTY) for sku in skus], Place.FBA, reference="benchmark")
    market.close()
    return skus


def unshipped(database: Path, seller_id: str, moment: datetime) -> dict[str, list[str]]:
    """The item ids of each order that came after a moment and may ship; `getOrders` shows orders minutes later."""
    wanted = OrderFilter(after=moment, statuses=(OrderStatus.UNSHIPPED,))
    found: dict[str, list[str]] = {}
    market = Market.open(f"sqlite:///{database}")
    with market.read(seller_id) as unit:
        page = page_of_orders(unit, wanted)
        while page.orders:
            found |= {order.order_id: [item.order_item_id for item in order.items] for order in page.orders}
            page = page_of_orders(unit, wanted, page.next_key) if page.next_key else OrderPage()
    market.close()
    return found


def grow(database: Path, seller_id: str, to: int) -> list[str]:
    """Bring a seller's orders to a number; returns the ids of all of them."""
    market = Market.open(f"sqlite:///{database}")
    with market.read(seller_id) as unit:
        templates = _templates(unit.connection, seller_id)
    # Far beyond the numbers that orders have had, so that no id comes twice.
    numbers = range(10 * to, 11 * to - len(templates))
    ids = [order_id_of(market.seed, seller_id, number, _COUNTRY) for number in numbers]
    copies = (_copy(template, order_id) for template, order_id in zip(cycle(templates), ids, strict=False))
    while batch := list(islice(copies, _BATCH)):
        with market.write(seller_id) as unit:
            _insert(unit.connection, orders, [order for order, _ in batch])
            _insert(unit.connection, order_lines, [line for _, lines in batch for line in lines])
    with market.write(seller_id) as unit:
        sum_anew(unit)
    market.close()
    return [*(order[_ID] for order, _ in templates), *ids]


_ID = list(orders.c).index(orders.c.order_id)
_LINE_ID = list(order_lines.c).index(order_lines.c.order_id)
_DOCUMENT = list(orders.c).index(orders.c.document)


def _templates(connection: Connection, seller_id: str) -> list[tuple[Raw, list[Raw]]]:
    """The orders that are there, each with its lines, as the driver reads them."""
    lines: dict[str, list[Raw]] = defaultdict(list)
    for line in _rows(connection, order_lines, seller_id):
        lines[line[_LINE_ID]].append(line)
    return [(order, lines[order[_ID]]) for order in _rows(connection, orders, seller_id)]


def _copy(template: tuple[Raw, list[Raw]], order_id: str) -> tuple[Raw, list[Raw]]:
    """The same order under another id."""
    order, lines = template
    known = order[_ID]
    copy = list(order)
    copy[_ID] = order_id
    copy[_DOCUMENT] = order[_DOCUMENT].replace(known.encode(), order_id.encode())
    return tuple(copy), [(*line[:_LINE_ID], order_id, *line[_LINE_ID + 1 :]) for line in lines]


def _rows(connection: Connection, table: Table, seller_id: str) -> list[Raw]:
    names = ", ".join(column.name for column in table.c)
    found = connection.exec_driver_sql(f"SELECT {names} FROM {table.name} WHERE seller_id = ?", (seller_id,))
    return [tuple(row) for row in found]


def _insert(connection: Connection, table: Table, rows: list[Raw]) -> None:
    names = ", ".join(column.name for column in table.c)
    places = ", ".join("?" for _ in table.c)
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)
