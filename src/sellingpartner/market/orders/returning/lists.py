"""Returns and refunds of many orders at once, for whoever reads all of some time.

A list is walked along its index: each page begins after the last key of the one before.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, select

from sellingpartner.market.orders.returns import Refund, Return
from sellingpartner.market.orders.tables import order_refunds, order_returns
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime, str, str]
"""Where in a walk a return stands: when it was asked for, its order, its number."""

Kept = TypeVar("Kept", Return, Refund)


class BackPage(msgspec.Struct, Generic[Kept], frozen=True, kw_only=True):
    """Some returns, or refunds, and after which key the next page begins."""

    found: list[Kept] = []
    next_key: Key | None = None


def page_of_returns(
    unit: UnitOfWork, *, start: datetime | None, end: datetime, after: Key | None = None, limit: int = 500
) -> BackPage[Return]:
    """Returns that were asked for from `start` up to, and not including, `end`, the oldest first."""
    at = order_returns.c
    key = (at.asked_at, at.order_id, at.return_id)
    conditions: list[ColumnElement[bool]] = [at.seller_id == unit.seller_id, at.asked_at < end]
    if start is not None and after is None:
        conditions.append(at.asked_at >= start)
    if after is not None:  # never both: SQLite would take the lesser bound, and walk from there on each page anew
        conditions.append(beyond(key, after))
    rows = unit.execute(select(at.document).where(*conditions).order_by(*key).limit(limit + 1)).all()
    found: list[Return] = [row.document for row in rows[:limit]]
    if len(rows) <= limit:
        return BackPage(found=found)
    last = found[-1]
    return BackPage(found=found, next_key=(last.asked_at, last.order_id, last.return_id))


def refunds_of_orders(unit: UnitOfWork, order_ids: Collection[str]) -> dict[str, list[Refund]]:
    """The refunds of some orders, by order and the oldest first."""
    at = order_refunds.c
    wanted = select(at.order_id, at.document).where(
        at.seller_id == unit.seller_id, at.order_id.in_(sorted(set(order_ids)))
    )
    found: dict[str, list[Refund]] = {}
    rows: list[Any] = list(unit.execute(wanted))
    for row in rows:
        found.setdefault(row.order_id, []).append(row.document)
    for refunds in found.values():  # here: asked for in order, SQLite would walk through all refunds of the seller
        refunds.sort(key=lambda one: (one.refunded_at, one.refund_id))
    return found
