"""Lists of orders, narrowed down and sorted by a date.

A list is walked along an index: each page begins after the last key of the one before. The upper bound is fixed when
the walk begins, in the past, so the set that is walked only ever loses orders: those that change meanwhile leave it
for the next window, which begins at that bound. So no order comes twice, and none that stayed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.filters import Key, OrderFilter, rows_of_page
from sellingpartner.storage.columns import instant_of
from sellingpartner.storage.kept import Kept
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 500
"""How many orders are read at once where a list is read to its end."""


class OrderPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some orders of a list, and after which key the next page begins."""

    kept: list[Kept[Order]] = []
    next_key: Key | None = None

    @property
    def orders(self) -> list[Order]:
        """The orders, read."""
        return [one.read() for one in self.kept]


def orders_by_id(unit: UnitOfWork, order_ids: Iterable[str]) -> dict[str, Order]:
    """Some orders, by id; those that do not exist are left out."""
    wanted = tuple(dict.fromkeys(order_ids))
    if not wanted:
        return {}
    page = page_of_orders(unit, OrderFilter(order_ids=wanted), limit=len(wanted))
    return {order.order_id: order for order in page.orders}


def page_of_orders(unit: UnitOfWork, wanted: OrderFilter, after_key: Key | None = None, limit: int = 100) -> OrderPage:
    """One page of a list of orders; `after_key` is the key that the page before ended with."""
    if after_key is not None and wanted.after is not None and after_key[0] >= wanted.after:
        # Said twice where a page begins, SQLite would take the lesser bound, and walk from there on each page anew.
        wanted = msgspec.structs.replace(wanted, after=None)
    rows = rows_of_page(unit, wanted, after_key, limit + 1)
    kept = [row.document for row in rows[:limit]]
    if len(rows) <= limit:
        return OrderPage(kept=kept)
    last = rows[limit - 1]
    return OrderPage(kept=kept, next_key=(instant_of(last.date), last.order_id))


def orders_like(unit: UnitOfWork, wanted: OrderFilter) -> Iterator[Order]:
    """All orders of a list, read page after page."""
    after = None
    while True:
        page = page_of_orders(unit, wanted, after, _AT_ONCE)
        yield from page.orders
        if page.next_key is None:
            return
        after = page.next_key
