"""Packages of Easy Ship to rows and back; an order has one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Column, ForeignKey, Index, Table, and_, bindparam, select

from sellingpartner.market.shipping.easy_ship.model import EasyPackage
from sellingpartner.market.shipping.easy_ship.slots import Method
from sellingpartner.storage.columns import Json, exact_text, metadata
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

easy_ship_packages = Table(
    "easy_ship_packages",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("order_id", exact_text(19), primary_key=True),
    Column("slot", exact_text(40), nullable=False),
    Column("document", Json(EasyPackage), nullable=False),
    Index("easy_ship_packages_by_slot", "seller_id", "slot"),
)


class _Found(NamedTuple):
    document: EasyPackage


class _Slot(NamedTuple):
    slot: str


_this = and_(
    easy_ship_packages.c.seller_id == bindparam("of_seller"), easy_ship_packages.c.order_id == bindparam("of_order")
)
_find = Question(select(easy_ship_packages.c.document).where(_this), _Found)
_keep = Prepared(upsert(easy_ship_packages, lambda offered: {"slot": offered.slot, "document": offered.document}))
_in_slot = Question(
    select(easy_ship_packages.c.slot).where(
        easy_ship_packages.c.seller_id == bindparam("of_seller"), easy_ship_packages.c.slot == bindparam("in_slot")
    ),
    _Slot,
)


def find_package(unit: UnitOfWork, order_id: str) -> EasyPackage | None:
    """The package of an order, if it was scheduled."""
    row = _find.first(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})
    return None if row is None else row.document


def page_of_packages(unit: UnitOfWork, *, after: str = "", limit: int = 500) -> list[EasyPackage]:
    """Packages of the seller in the order of their orders' ids, those after one."""
    at = easy_ship_packages.c
    page = select(at.document).where(at.seller_id == unit.seller_id, at.order_id > after).order_by(at.order_id)
    return [row.document for row in unit.execute(page.limit(limit))]


def save_package(unit: UnitOfWork, package: EasyPackage) -> None:
    """Keep the package of an order."""
    row = {
        "seller_id": unit.seller_id,
        "order_id": package.order_id,
        "slot": time_of(package.starts_at, package.method),
        "document": package,
    }
    _keep.run(unit.connection, row)


def packages_at(unit: UnitOfWork, time: str) -> int:
    """How many packages of the seller are to be handed over at a time (`time_of`)."""
    return len(_in_slot.all(unit.connection, {"of_seller": unit.seller_id, "in_slot": time}))


def time_of(starts_at: datetime, method: Method) -> str:
    """The name of a slot's time, the same for all packages."""
    return f"{method.value} {starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}"
