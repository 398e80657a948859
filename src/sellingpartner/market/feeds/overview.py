"""Feeds of all sellers, for whoever runs the market."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select

from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.store import feed_columns, feed_of_row
from sellingpartner.market.feeds.tables import feeds
from sellingpartner.storage.unit import UnitOfWork


class Whose(msgspec.Struct, frozen=True, kw_only=True):
    """Which feeds are wanted; what is not said is any."""

    seller_id: str | None = None
    feed_type: str | None = None
    status: str | None = None


def latest_feeds(unit: UnitOfWork, wanted: Whose, *, limit: int) -> list[tuple[str, Feed]]:
    """Feeds with their sellers, those first that were handed in last."""
    told = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not None}
    return _found(unit, [feeds.c[name] == value for name, value in told.items()], limit)


def feeds_with_id(unit: UnitOfWork, feed_id: str, seller_id: str | None) -> list[tuple[str, Feed]]:
    """The feeds of a number: each seller may have one."""
    conditions: list[ColumnElement[bool]] = [feeds.c.feed_id == feed_id]
    if seller_id is not None:
        conditions.append(feeds.c.seller_id == seller_id)
    return _found(unit, conditions, 100)


def _found(unit: UnitOfWork, conditions: list[ColumnElement[bool]], limit: int) -> list[tuple[str, Feed]]:
    newest = (feeds.c.created_at.desc(), feeds.c.feed_id.desc(), feeds.c.seller_id)
    query = select(feeds.c.seller_id, *feed_columns).where(and_(True, *conditions)).order_by(*newest).limit(limit)  # noqa: FBT003 - SQLAlchemy's neutral condition
    rows: Any = unit.execute(query)
    return [(row.seller_id, feed_of_row(row)) for row in rows]
