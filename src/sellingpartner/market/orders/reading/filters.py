"""The statement of a list of orders: one for each set of filters that is asked for, compiled when it is first.

Programs ask for the same few kinds of lists again and again. SQLAlchemy took a quarter of a page that was read before
to put the same statement together anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
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
from sellingpartner.storage.prepared import Question
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
_SINGLE = ("after", "before", "seller_order_id", *_EQUAL, *_FROM_ON, *_UNTIL)
"""The filters of one value; those of several are `_ONE_OF`."""

_FEW = {"order_ids", "buyer_key", "seller_order_id"}
"""The filters that name the few orders that are meant."""

_LENGTHS = (20, 50, 100, 500)
"""So many values are named for a dozen or more, the last one again and again: not each length is a list of its own."""

_KINDS = 256
"""How many kinds of lists are remembered, those that were asked for last; each takes some kilobytes."""


class _Kind(NamedTuple):
    """A list without its values: how many each filter has."""

    by: Sorted
    filters: tuple[tuple[str, int], ...]
    is_of_open: bool
    goes_on: bool
    """Whether it begins after a key."""


def rows_of_page(unit: UnitOfWork, wanted: OrderFilter, after_key: Key | None, most: int) -> list[_Listed]:
    """So many rows of a list, from its beginning or after a key."""
    counts: dict[str, int] = {}
    values: dict[str, object] = {"seller_id": unit.seller_id, "most": most}
    for name in _ONE_OF:
        if given := getattr(wanted, name):
            named = _filled_up(given)
            counts[name] = len(named)
            values |= {f"{name}_{number}": value for number, value in enumerate(named)}
    for name in _SINGLE:
        value = getattr(wanted, name)
        if value is not None:
            counts[name], values[name] = 1, value
    if after_key is not None:
        values["after_date"], values["after_order_id"] = after_key
    is_of_open = bool(wanted.statuses) and OPEN.issuperset(wanted.statuses)
    kind = _Kind(wanted.by, tuple(counts.items()), is_of_open, after_key is not None)
    return _question(kind).all(unit.connection, values)


def _filled_up(given: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) < _LENGTHS[0]:
        return given
    length = next((one for one in _LENGTHS if one >= len(given)), len(given))
    return given + given[-1:] * (length - len(given))


@lru_cache(_KINDS)
def _question(kind: _Kind) -> Question[_Listed]:
    return Question(_statement(kind), _Listed)


def _statement(kind: _Kind) -> Select[Any]:
    column = _date(kind)
    statement = (
        select(
            type_coerce(column, BigInteger).label("date"), _at.order_id, as_kept(_at.document, Order).label("document")
        )
        .where(_at.seller_id == bindparam("seller_id"), *_conditions(kind, column))
        .order_by(column, _at.order_id)
        .limit(bindparam("most"))
    )
    if kind.goes_on:
        reached = bindparam("after_date", type_=column.type), bindparam("after_order_id", type_=_at.order_id.type)
        statement = statement.where(beyond((column, _at.order_id), reached))
    return statement


def _date(kind: _Kind) -> ColumnElement[Any]:
    """The date that a list goes by.

    A list of the few orders that it names is found by what it names, then sorted. The sum that changes nothing keeps
    SQLite from walking along all dates instead, which it believes to be quicker; PostgreSQL knows better by itself.
    """
    column = _at.updated_at if kind.by is Sorted.BY_UPDATE else _at.purchased_at
    if _FEW.isdisjoint(name for name, _ in kind.filters):
        return column
    return type_coerce(type_coerce(column, BigInteger) + literal_column("0"), Instant)


def _conditions(kind: _Kind, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    counts = dict(kind.filters)
    conditions: list[ColumnElement[bool]] = []
    for name, one in _ONE_OF.items():
        if count := counts.get(name):
            conditions.append(one.in_([bindparam(f"{name}_{number}", type_=one.type) for number in range(count)]))
    conditions += [one == bindparam(name) for name, one in _EQUAL.items() if name in counts]
    conditions += [one >= bindparam(name) for name, one in {"after": column, **_FROM_ON}.items() if name in counts]
    conditions += [one <= bindparam(name) for name, one in {"before": column, **_UNTIL}.items() if name in counts]
    if kind.is_of_open:
        # Said so that the index of open orders serves: they are few among many.
        conditions.append(_at.is_open)
    if "seller_order_id" in counts:
        conditions.append(_numbered())
    return conditions


def _numbered() -> ColumnElement[bool]:
    """The order that a seller gave this number. An order without one of its own goes by Amazon's."""
    own, given = orders.alias(), bindparam("seller_order_id", type_=_at.order_id.type)
    ids = union_all(
        select(own.c.order_id).where(own.c.seller_id == bindparam("seller_id"), own.c.seller_order_id == given),
        select(given),
    )
    number = func.coalesce(_at.seller_order_id, _at.order_id)
    return and_(_at.order_id.in_(ids), number == given)
