"""Lists of orders, narrowed down and sorted by a date.

A list is walked along an index: each page begins after the last key of the one before. The upper bound is fixed when
the walk begins, in the past, so the set that is walked only ever loses orders: those that change meanwhile leave it
for the next window, which begins at that bound. So no order comes twice, and none that stayed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, and_, func, literal, literal_column, select, type_coerce, union_all

from sellingpartner.market.orders.lifecycle import OPEN
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.tables import orders
from sellingpartner.storage.columns import Instant, instant_of
from sellingpartner.storage.kept import Kept, as_kept
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 500
"""How many orders are read at once where a list is read to its end."""

Key = tuple[datetime, str]
"""Where in a walk an order stands: its date and its id."""


class Sorted(StrEnum):
    """Which date a list goes by, from the oldest to the newest (assumed: Amazon does not say which way)."""

    BY_PURCHASE = "purchase"
    BY_UPDATE = "update"


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which orders a list holds. Bounds are inclusive; an empty filter holds everything."""

    by: Sorted = Sorted.BY_PURCHASE
    after: datetime | None = None
    before: datetime | None = None
    marketplace_ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    payment_methods: tuple[str, ...] = ()
    buyer_key: str | None = None
    seller_order_id: str | None = None
    easy_ship_statuses: tuple[str, ...] = ()
    invoice_statuses: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()
    supply_source_id: str | None = None
    is_store_pickup: bool | None = None
    store_chain_store_id: str | None = None
    earliest_delivery_after: datetime | None = None
    earliest_delivery_before: datetime | None = None
    latest_delivery_after: datetime | None = None
    latest_delivery_before: datetime | None = None


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
    column = _date(wanted)
    statement = (
        select(type_coerce(column, BigInteger), orders.c.order_id, as_kept(orders.c.document, Order))
        .where(orders.c.seller_id == unit.seller_id, *_conditions(unit, wanted, column))
        .order_by(column, orders.c.order_id)
        .limit(limit + 1)
    )
    if after_key is not None:
        statement = statement.where(beyond((column, orders.c.order_id), after_key))
    rows: Sequence[Any] = unit.execute(statement).all()
    kept = [row[2] for row in rows[:limit]]
    if len(rows) <= limit:
        return OrderPage(kept=kept)
    moment, order_id, _ = rows[limit - 1]
    return OrderPage(kept=kept, next_key=(instant_of(moment), order_id))


def orders_like(unit: UnitOfWork, wanted: OrderFilter) -> Iterator[Order]:
    """All orders of a list, read page after page."""
    after = None
    while True:
        page = page_of_orders(unit, wanted, after, _AT_ONCE)
        yield from page.orders
        if page.next_key is None:
            return
        after = page.next_key


def _date(wanted: OrderFilter) -> ColumnElement[Any]:
    """The date that a list goes by.

    A list of the few orders that it names is found by what it names, then sorted. The sum that changes nothing keeps
    SQLite from walking along all dates instead, which it believes to be quicker; PostgreSQL knows better by itself.
    """
    column = orders.c.updated_at if wanted.by is Sorted.BY_UPDATE else orders.c.purchased_at
    if wanted.order_ids or wanted.buyer_key is not None or wanted.seller_order_id is not None:
        return type_coerce(type_coerce(column, BigInteger) + literal_column("0"), Instant)
    return column


def _conditions(unit: UnitOfWork, wanted: OrderFilter, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    at = orders.c
    one_of = (
        (at.marketplace_id, wanted.marketplace_ids),
        (at.status, wanted.statuses),
        (at.channel, wanted.channels),
        (at.payment_method, wanted.payment_methods),
        (at.easy_ship_status, wanted.easy_ship_statuses),
        (at.invoice_status, wanted.invoice_statuses),
        (at.order_id, wanted.order_ids),
    )
    equal = (
        (at.buyer_key, wanted.buyer_key),
        (at.supply_source_id, wanted.supply_source_id),
        (at.is_store_pickup, wanted.is_store_pickup),
        (at.store_chain_store_id, wanted.store_chain_store_id),
    )
    from_on = (
        (column, wanted.after),
        (at.earliest_delivery_at, wanted.earliest_delivery_after),
        (at.latest_delivery_at, wanted.latest_delivery_after),
    )
    until = (
        (column, wanted.before),
        (at.earliest_delivery_at, wanted.earliest_delivery_before),
        (at.latest_delivery_at, wanted.latest_delivery_before),
    )
    conditions: list[ColumnElement[bool]] = []
    conditions += [one.in_(values) for one, values in one_of if values]
    conditions += [one == value for one, value in equal if value is not None]
    conditions += [one >= moment for one, moment in from_on if moment is not None]
    conditions += [one <= moment for one, moment in until if moment is not None]
    if wanted.statuses and OPEN.issuperset(wanted.statuses):
        # Said so that the index of open orders serves: they are few among many.
        conditions.append(at.is_open)
    if wanted.seller_order_id is not None:
        conditions.append(_numbered(unit, wanted.seller_order_id))
    return conditions


def _numbered(unit: UnitOfWork, seller_order_id: str) -> ColumnElement[bool]:
    """The order that a seller gave this number. An order without one of its own goes by Amazon's."""
    own = orders.alias()
    ids = union_all(
        select(own.c.order_id).where(own.c.seller_id == unit.seller_id, own.c.seller_order_id == seller_order_id),
        select(literal(seller_order_id)),
    )
    number = func.coalesce(orders.c.seller_order_id, orders.c.order_id)
    return and_(orders.c.order_id.in_(ids), number == seller_order_id)
