"""Deliveries as people look through them: the newest first, narrowed down, a page at a time.

A page costs the same however many wait to be sent: no more than `LOOKED_AT` are looked at for it. It may then be short,
or empty, and says where to go on.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from sellingpartner.market.notifications.deliveries import discreet
from sellingpartner.market.notifications.model import Delivery
from sellingpartner.market.notifications.tables import deliveries
from sellingpartner.storage.stretch import end_of, wanted_of
from sellingpartner.storage.unit import UnitOfWork

LOOKED_AT = 5_000
"""How many deliveries are looked at for a page."""


class Browsed(msgspec.Struct, frozen=True, kw_only=True):
    """Which deliveries are wanted; what is not said is any."""

    seller_id: str = ""
    notification_type: str = ""
    state: str = ""

    @property
    def narrowing(self) -> Mapping[str, str]:
        """What a delivery must be: the column, and its value."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value}


class BrowsedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some deliveries, the newest first, and before which number the next page begins."""

    deliveries: list[Delivery] = []
    next_before: int | None = None
    is_cut_short: bool = False
    """Whether it ends because enough was looked at, not because it is full."""


def newest_deliveries(unit: UnitOfWork, wanted: Browsed, before: int | None = None, limit: int = 50) -> BrowsedPage:
    """The newest of the deliveries that are wanted, of those before a number; a secret in one is left out."""
    at = deliveries.c
    way = select(at.delivery_id, *(at[name] for name in wanted.narrowing)).order_by(at.delivery_id.desc())
    if before is not None:
        way = way.where(at.delivery_id < before)
    taken = wanted_of(way, LOOKED_AT, ("delivery_id",), wanted.narrowing)
    found = list(unit.execute(taken.limit(limit + 1)).scalars())
    ids = found[:limit]
    rows = unit.execute(select(deliveries).where(at.delivery_id.in_(ids)).order_by(at.delivery_id.desc()))
    shown = [discreet(row._mapping) for row in rows]
    if len(found) > limit:
        return BrowsedPage(deliveries=shown, next_before=ids[-1])
    end = end_of(unit, way, LOOKED_AT)
    next_before = None if end is None else end.delivery_id
    return BrowsedPage(deliveries=shown, next_before=next_before, is_cut_short=end is not None)
