"""Orders as people look through them: the newest first, narrowed down in any way, a page at a time.

A page costs the same however many orders there are, and however few of them are wanted. It walks along an index from
where the page before ended, and no further than `LOOKED_AT` orders if the index says all that they are narrowed down
by, than `READ` if each must be read: a page may then be short, or empty, and says where to go on. Nothing is counted,
and nothing skipped. Amazon's own list goes the other way: see `questions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, select, text

from sellingpartner.market.orders.lifecycle import APART, OPEN
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.tables import IS_APART, order_lines, orders
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.stretch import end_of, wanted_of
from sellingpartner.storage.unit import UnitOfWork

LOOKED_AT = 20_000
"""How many orders are looked at for a page, in the index alone."""
READ = 2_000
"""How many are, where each must be read."""

Key = tuple[datetime, str]
"""Where in a walk an order stands: when it was placed, and its id."""
_KEY = ("purchased_at", "order_id")


class Browsed(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders are wanted; what is not said is any. The bounds of when they were placed are inclusive."""

    status: str = ""
    channel: str = ""
    marketplace_id: str = ""
    sku: str = ""
    after: datetime | None = None
    before: datetime | None = None

    @property
    def narrowing(self) -> dict[str, str]:
        """What not all that lies on the way is, with what it must be: the column of an order, and its value."""
        said = {"status": self.status, "channel": self.channel, "marketplace_id": self.marketplace_id}
        return {name: value for name, value in said.items() if value and not (name == "status" and self.is_apart)}

    @property
    def is_apart(self) -> bool:
        """Whether the way leads along orders of that status alone."""
        return self.status in APART and not self.sku

    @property
    def most(self) -> int:
        """How many orders are looked at for a page."""
        is_in_index = not self.sku and (self.status in OPEN or "status" not in self.narrowing)
        return LOOKED_AT if is_in_index else READ


class BrowsedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some orders, the newest first, and below which key the next page begins."""

    orders: list[Order] = []
    next_key: Key | None = None
    is_cut_short: bool = False
    """Whether it ends because enough was looked at, not because it is full."""


def newest_orders(unit: UnitOfWork, wanted: Browsed, below: Key | None = None, limit: int = 50) -> BrowsedPage:
    """The newest of the seller's orders that are wanted; `below` is the key that the page before ended with."""
    way = _way(unit, wanted, below)
    narrowed = wanted_of(way, wanted.most, _KEY, wanted.narrowing) if wanted.narrowing else way
    keys = [_key(row) for row in unit.execute(narrowed.limit(limit + 1))]
    if len(keys) > limit:
        return BrowsedPage(orders=_orders(unit, keys[:limit]), next_key=keys[limit - 1])
    end = end_of(unit, way, wanted.most) if wanted.narrowing else None
    next_key = None if end is None else _key(end)
    return BrowsedPage(orders=_orders(unit, keys), next_key=next_key, is_cut_short=end is not None)


def _way(unit: UnitOfWork, wanted: Browsed, below: Key | None) -> Select[Any]:
    """The keys that the walk goes along, each with what it is narrowed down by."""
    at = order_lines.c if wanted.sku else orders.c
    on_the_way: list[ColumnElement[bool]] = [at.seller_id == unit.seller_id]
    columns = (at.purchased_at.label("purchased_at"), at.order_id.label("order_id"))
    walk = select(*columns, *(orders.c[name] for name in wanted.narrowing))
    if wanted.sku:
        is_its_order = and_(orders.c.seller_id == at.seller_id, orders.c.order_id == at.order_id)
        walk = walk.join(orders, is_its_order)
        on_the_way.append(at.sku == wanted.sku)
    elif wanted.is_apart:
        # The bound lets SQLite see that the index fits: without one it would walk along all orders.
        on_the_way += [orders.c.status == wanted.status, at.purchased_at <= unit.now]
        walk = walk.where(text(IS_APART))
    elif wanted.status in OPEN:
        on_the_way.append(orders.c.is_open)  # few of many: they have an index of their own
    if wanted.after is not None:
        on_the_way.append(at.purchased_at >= wanted.after)
    if wanted.before is not None:
        on_the_way.append(at.purchased_at <= wanted.before)
    if below is not None:
        past = beyond((at.purchased_at, at.order_id), below, is_descending=True)
        on_the_way += [past, at.purchased_at <= below[0]]
    return walk.where(*on_the_way).order_by(at.purchased_at.desc(), at.order_id.desc())


def _key(row: Row[Any]) -> Key:
    return row.purchased_at, row.order_id


def _orders(unit: UnitOfWork, keys: Sequence[Key]) -> list[Order]:
    """The orders of some keys, in their order."""
    ids = [order_id for _, order_id in keys]
    at = orders.c
    rows = unit.execute(select(at.order_id, at.document).where(at.seller_id == unit.seller_id, at.order_id.in_(ids)))
    found: dict[str, Order] = {row.order_id: row.document for row in rows}
    return [found[order_id] for order_id in ids]
