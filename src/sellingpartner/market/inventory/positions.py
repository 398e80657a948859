"""What a place holds of each SKU in every condition, page by page in the order of SKU."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, select

from sellingpartner.market.inventory.model import INBOUND, Condition, Place, Position, Stock
from sellingpartner.market.inventory.tables import movements, stocks
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
    moved_at = _last_move(place)
    wanted = (
        select(stocks.c.sku)
        .distinct()
        .where(stocks.c.seller_id == unit.seller_id, stocks.c.place == place.value)
        .order_by(stocks.c.sku if is_ascending else stocks.c.sku.desc())
        .limit(limit)
    )
    if after:  # beyond the empty text is every SKU; said so, SQLite walks them all to find those that are named
        wanted = wanted.where(stocks.c.sku > after if is_ascending else stocks.c.sku < after)
    if skus is not None:
        wanted = wanted.where(stocks.c.sku.in_(sorted(skus)))
    if moved_after is not None:
        wanted = wanted.where(moved_at > moved_after)
    found: dict[str, tuple[dict[Condition, Stock], datetime | None]] = {}
    chosen = wanted.subquery()
    rows = select(stocks.c.sku, stocks.c.condition, stocks.c.on_hand, stocks.c.reserved, moved_at.label("moved_at"))
    here: list[ColumnElement[bool]] = [stocks.c.seller_id == unit.seller_id, stocks.c.place == place.value]
    for row in unit.execute(rows.where(*here, stocks.c.sku.in_(select(chosen.c.sku))).order_by(stocks.c.sku)):
        held, _ = found.setdefault(row.sku, ({}, row.moved_at))
        held[Condition(row.condition)] = Stock(row.on_hand, row.reserved)
    return [
        Position(sku=sku, stocks=found[sku][0], moved_at=found[sku][1])
        for sku in sorted(found, reverse=not is_ascending)
    ]


def _last_move(place: Place) -> ScalarSelect[datetime]:
    """When a SKU moved last at a place: the end of its ledger, so no more of that is read."""
    last = (
        select(movements.c.moved_at)
        .where(
            movements.c.seller_id == stocks.c.seller_id,
            movements.c.sku == stocks.c.sku,
            movements.c.place == place.value,
            movements.c.condition.not_in(sorted(INBOUND)),
        )
        .order_by(movements.c.movement_id.desc())
        .limit(1)
        .correlate(stocks)
    )
    return last.scalar_subquery()
