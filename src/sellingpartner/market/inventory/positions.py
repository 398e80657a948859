"""What a place holds of each SKU in every condition, page by page in the order of SKU."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, literal, select

from sellingpartner.market.inventory.model import INBOUND, Condition, Place, Position, Stock
from sellingpartner.market.inventory.tables import movements, stocks
from sellingpartner.storage.narrowed import Given, Narrowed
from sellingpartner.storage.unit import UnitOfWork


def positions_at(
    unit: UnitOfWork,
    place: Place,
    *,
    after: str | None = None,
    limit: int,
    skus: Collection[str] | None = None,
    moved_after: datetime | None = None,
    is_ascending: bool = True,
) -> list[Position]:
    """What a place holds or held of the SKUs after one, so many at most; of those named or moved lately, if asked."""
    if skus is not None and not skus:
        return []
    values: dict[str, object] = {"seller_id": unit.seller_id, "place": place.value, "most": limit}
    values |= {"skus": tuple(sorted(skus or ())), "moved_after": moved_after}
    if after:  # beyond the empty text is every SKU; said so, SQLite walks them all to find those that are named
        values["after"] = after
    if not is_ascending:
        values["descends"] = True
    found: dict[str, tuple[dict[Condition, Stock], datetime | None]] = {}
    for row in _lying.all(unit.connection, values):
        held, _ = found.setdefault(row.sku, ({}, row.moved_at))
        held[Condition(row.condition)] = Stock(row.on_hand, row.reserved)
    return [
        Position(sku=sku, stocks=found[sku][0], moved_at=found[sku][1])
        for sku in sorted(found, reverse=not is_ascending)
    ]


def _statement(given: Given) -> Select[Any]:
    """The rows of the SKUs that are chosen first, in their order."""
    at, moved_at = stocks.c, _last_move()
    here = at.seller_id == bindparam("seller_id"), at.place == bindparam("place")
    descends = "descends" in given
    chosen = select(at.sku).distinct().where(*here).order_by(at.sku.desc() if descends else at.sku)
    if "after" in given:
        after = bindparam("after", type_=at.sku.type)
        chosen = chosen.where(at.sku < after if descends else at.sku > after)
    if "skus" in given:
        chosen = chosen.where(given.among("skus", at.sku))
    if "moved_after" in given:
        chosen = chosen.where(moved_at > bindparam("moved_after", type_=movements.c.moved_at.type))
    wanted = chosen.limit(bindparam("most")).subquery()
    rows = select(at.sku, at.condition, at.on_hand, at.reserved, moved_at.label("moved_at"))
    return rows.where(*here, at.sku.in_(select(wanted.c.sku))).order_by(at.sku)


def _last_move() -> ScalarSelect[datetime]:
    """When a SKU moved last at a place: the end of its ledger, so no more of that is read."""
    last = (
        select(movements.c.moved_at)
        .where(
            movements.c.seller_id == stocks.c.seller_id,
            movements.c.sku == stocks.c.sku,
            movements.c.place == bindparam("place"),
            movements.c.condition.not_in([literal(one) for one in sorted(INBOUND)]),
        )
        .order_by(movements.c.movement_id.desc())
        .limit(1)
        .correlate(stocks)
    )
    return last.scalar_subquery()


class _Row(NamedTuple):
    sku: str
    condition: str
    on_hand: int
    reserved: int
    moved_at: datetime | None


_lying = Narrowed(_statement, _Row)
