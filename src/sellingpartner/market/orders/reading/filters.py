"""Which orders a list holds, and the statement that finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from sellingpartner.market.orders.lifecycle import OPEN
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.tables import orders
from sellingpartner.storage.columns import Instant
from sellingpartner.storage.kept import Kept, as_kept
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.narrowed import Given, Narrowed
from sellingpartner.storage.unit import UnitOfWork

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


class _Listed(NamedTuple):
    date: int
    order_id: str
    document: Kept[Order]


_at = orders.c
_ONE_OF: Mapping[str, ColumnElement[Any]] = {
    "marketplace_ids": _at.marketplace_id,
    "statuses": _at.status,
    "channels": _at.channel,
    "payment_methods": _at.payment_method,
    "easy_ship_statuses": _at.easy_ship_status,
    "invoice_statuses": _at.invoice_status,
    "order_ids": _at.order_id,
}
_EQUAL: Mapping[str, ColumnElement[Any]] = {
    "buyer_key": _at.buyer_key,
    "supply_source_id": _at.supply_source_id,
    "is_store_pickup": _at.is_store_pickup,
    "store_chain_store_id": _at.store_chain_store_id,
}
_FROM_ON: Mapping[str, ColumnElement[Any]] = {
    "earliest_delivery_after": _at.earliest_delivery_at,
    "latest_delivery_after": _at.latest_delivery_at,
}
_UNTIL: Mapping[str, ColumnElement[Any]] = {
    "earliest_delivery_before": _at.earliest_delivery_at,
    "latest_delivery_before": _at.latest_delivery_at,
}
_FEW = ("order_ids", "buyer_key", "seller_order_id")
"""The filters that name the few orders that are meant."""


def rows_of_page(unit: UnitOfWork, wanted: OrderFilter, after_key: Key | None, most: int) -> list[_Listed]:
    """So many rows of a list, from its beginning or after a key."""
    values = {name: getattr(wanted, name) for name in _NAMES}
    values |= {"seller_id": unit.seller_id, "most": most}
    if wanted.by is Sorted.BY_UPDATE:
        values["by_update"] = True
    if wanted.statuses and OPEN.issuperset(wanted.statuses):
        values["are_open"] = True
    if after_key is not None:
        values["after_date"], values["after_order_id"] = after_key
    return _page.all(unit.connection, values)


def _statement(given: Given) -> Select[Any]:
    column = _date(given)
    statement = (
        select(
            type_coerce(column, BigInteger).label("date"), _at.order_id, as_kept(_at.document, Order).label("document")
        )
        .where(_at.seller_id == bindparam("seller_id"), *_conditions(given, column))
        .order_by(column, _at.order_id)
        .limit(bindparam("most"))
    )
    if "after_date" in given:
        reached = bindparam("after_date", type_=column.type), bindparam("after_order_id", type_=_at.order_id.type)
        statement = statement.where(beyond((column, _at.order_id), reached))
    return statement


def _date(given: Given) -> ColumnElement[Any]:
    """The date that a list goes by.

    A list of the few orders that it names is found by what it names, then sorted. The sum that changes nothing keeps
    SQLite from walking along all dates instead, which it believes to be quicker; PostgreSQL knows better by itself.
    """
    column = _at.updated_at if "by_update" in given else _at.purchased_at
    if not any(name in given for name in _FEW):
        return column
    return type_coerce(type_coerce(column, BigInteger) + literal_column("0"), Instant)


def _conditions(given: Given, column: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    yield from (given.among(name, one) for name, one in _ONE_OF.items() if name in given)
    yield from (one == bindparam(name) for name, one in _EQUAL.items() if name in given)
    yield from (one >= bindparam(name) for name, one in {"after": column, **_FROM_ON}.items() if name in given)
    yield from (one <= bindparam(name) for name, one in {"before": column, **_UNTIL}.items() if name in given)
    if "are_open" in given:
        # Said so that the index of open orders serves: they are few among many.
        yield _at.is_open
    if "seller_order_id" in given:
        yield _numbered()


def _numbered() -> ColumnElement[bool]:
    """The order that a seller gave this number. An order without one of its own goes by Amazon's."""
    own, given = orders.alias(), bindparam("seller_order_id", type_=_at.order_id.type)
    ids = union_all(
        select(own.c.order_id).where(own.c.seller_id == bindparam("seller_id"), own.c.seller_order_id == given),
        select(given),
    )
    number = func.coalesce(_at.seller_order_id, _at.order_id)
    return and_(_at.order_id.in_(ids), number == given)


_NAMES = (*_ONE_OF, *_EQUAL, "after", *_FROM_ON, "before", *_UNTIL, "seller_order_id")
_page = Narrowed(_statement, _Listed)
