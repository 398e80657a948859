"""Fulfillment orders to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Insert, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.refusals import NoSuchFulfillmentOrder, NoSuchPackage
from sellingpartner.market.outbound.tables import fulfillment_orders, fulfillment_packages
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.narrowed import Given, Narrowed
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime, str]
"""Where in a list an order stands: when its status last changed, and its number."""


class _Of(NamedTuple):
    fulfillment_order_id: str


def _insert_unless_known(dialect: str) -> Insert:
    made = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return made(fulfillment_orders).on_conflict_do_nothing()


_at = fulfillment_orders.c
_orders = DocumentRows(fulfillment_orders, "fulfillment_order_id", FulfillmentOrder)
_by_order = Question(
    select(_at.fulfillment_order_id).where(
        _at.seller_id == bindparam("of_seller"), _at.order_id == bindparam("of_order")
    ),
    _Of,
)
# One whose number is taken meanwhile changes nothing, which is told by the count of rows.
_insert = Prepared(_insert_unless_known)
_package = Question(
    select(fulfillment_packages.c.fulfillment_order_id).where(
        fulfillment_packages.c.seller_id == bindparam("of_seller"),
        fulfillment_packages.c.package_number == bindparam("of_number"),
    ),
    _Of,
)
_insert_package = Prepared(fulfillment_packages.insert())


def find_fulfillment(unit: UnitOfWork, fulfillment_order_id: str) -> FulfillmentOrder:
    """A fulfillment order to look at; raises `NoSuchFulfillmentOrder`."""
    return _there(_orders.find(unit, fulfillment_order_id), fulfillment_order_id)


def load_fulfillment(unit: UnitOfWork, fulfillment_order_id: str) -> FulfillmentOrder:
    """One to change: nobody else changes it until the unit ends. Raises `NoSuchFulfillmentOrder`."""
    return _there(_orders.hold(unit, fulfillment_order_id), fulfillment_order_id)


def is_known(unit: UnitOfWork, fulfillment_order_id: str) -> bool:
    """Whether the seller has used the number."""
    return _orders.find(unit, fulfillment_order_id) is not None


def fulfillment_of_order(unit: UnitOfWork, order_id: str) -> str | None:
    """The fulfillment order that an order is shipped for."""
    row = _by_order.first(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})
    return None if row is None else row.fulfillment_order_id


def insert_fulfillment(unit: UnitOfWork, order: FulfillmentOrder) -> bool:
    """Keep one for the first time; whether its number was free."""
    row = {
        "seller_id": unit.seller_id,
        "fulfillment_order_id": order.fulfillment_order_id,
        "order_id": order.order_id,
        "status": order.status.value,
        "updated_at": order.updated_at,
        "document": order,
    }
    return _insert.run(unit.connection, row) > 0


def save_fulfillment(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    """Keep one that has changed."""
    changed = {"status": order.status.value, "updated_at": order.updated_at, "document": order}
    _orders.change(unit, order.fulfillment_order_id, **changed)


def keep_package(unit: UnitOfWork, package_number: int, fulfillment_order_id: str) -> None:
    """Know which order a package is of."""
    row = {
        "seller_id": unit.seller_id,
        "package_number": package_number,
        "fulfillment_order_id": fulfillment_order_id,
    }
    _insert_package.run(unit.connection, row)


def sellers_of_package(unit: UnitOfWork, package_number: int) -> list[str]:
    """Whose packages have a number."""
    at = fulfillment_packages.c
    return sorted(unit.execute(select(at.seller_id).where(at.package_number == package_number)).scalars())


def fulfillment_of_package(unit: UnitOfWork, package_number: int) -> FulfillmentOrder:
    """The order that a package is of; raises `NoSuchPackage`."""
    if not 0 < package_number < 2**63:
        raise NoSuchPackage(package_number)
    row = _package.first(unit.connection, {"of_seller": unit.seller_id, "of_number": package_number})
    if row is None:
        raise NoSuchPackage(package_number)
    return find_fulfillment(unit, row.fulfillment_order_id)


class Page(NamedTuple):
    """Some fulfillment orders, and after which key the next page begins."""

    orders: list[FulfillmentOrder]
    next_key: Key | None


class _Listed(NamedTuple):
    updated_at: datetime
    fulfillment_order_id: str
    document: FulfillmentOrder


def _listing(given: Given) -> Select[Any]:
    descends = "newest" in given
    columns = (_at.updated_at, _at.fulfillment_order_id)
    wanted = select(*columns, _at.document).where(_at.seller_id == bindparam("seller_id"))
    if "since" in given:
        wanted = wanted.where(_at.updated_at >= bindparam("since"))
    if "after_id" in given:
        reached = (bindparam("after_update", type_=columns[0].type), bindparam("after_id", type_=columns[1].type))
        wanted = wanted.where(beyond(columns, reached, is_descending=descends))
    ordered = wanted.order_by(*(column.desc() if descends else column for column in columns))
    return ordered.limit(bindparam("most"))


_listed = Narrowed(_listing, _Listed)


def page_of_fulfillments(
    unit: UnitOfWork, since: datetime | None, after: Key | None = None, limit: int = 50, *, newest: bool = False
) -> Page:
    """Those whose status changed at a moment or later, the longest unchanged first, or the other way round."""
    values: dict[str, object] = {"seller_id": unit.seller_id, "since": since, "most": limit + 1}
    if after is not None:
        values["after_update"], values["after_id"] = after
    if newest:
        values["newest"] = True
    rows = _listed.all(unit.connection, values)
    found = [row.document for row in rows[:limit]]
    if len(rows) <= limit:
        return Page(found, None)
    last = rows[limit - 1]
    return Page(found, (last.updated_at, last.fulfillment_order_id))


def _there(order: FulfillmentOrder | None, fulfillment_order_id: str) -> FulfillmentOrder:
    if order is None:
        raise NoSuchFulfillmentOrder(fulfillment_order_id)
    return order
