"""Where units of a SKU lie: at which of the seller's sources, and how many."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import held
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.tables import source_stocks, supply_sources
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork


class Located(NamedTuple):
    """What lies of a SKU at a source, which is named by the seller's code for it."""

    code: str
    status: str
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """How many units can be promised from there; none where it is switched off or archived."""
        return self.on_hand - self.reserved if self.status == Status.ACTIVE.value else 0


class _Lying(NamedTuple):
    sku: str
    code: str
    status: str
    on_hand: int
    reserved: int


_LOCATED: Recollection[tuple[str, str], list[Located]] = Recollection()
"""What lies where of the SKUs whose pool a transaction holds: who changes that at an active source holds it first."""

_located = Several(
    lambda skus: (
        select(
            source_stocks.c.sku,
            supply_sources.c.code,
            supply_sources.c.status,
            source_stocks.c.on_hand,
            source_stocks.c.reserved,
        )
        .join(
            source_stocks,
            and_(
                source_stocks.c.seller_id == supply_sources.c.seller_id,
                source_stocks.c.supply_source_id == supply_sources.c.supply_source_id,
            ),
        )
        .where(source_stocks.c.seller_id == bindparam("of_seller"), source_stocks.c.sku.in_(skus))
        .order_by(source_stocks.c.sku, supply_sources.c.number)
    ),
    _Lying,
)


def located(unit: UnitOfWork, sku: str) -> list[Located]:
    """What lies of a SKU at the seller's sources, from the oldest to the newest."""
    return located_of(unit, [sku])[sku]


def located_of(unit: UnitOfWork, skus: Collection[str]) -> dict[str, list[Located]]:
    """The same of many SKUs, by one question: what was asked once their pools are held is not asked again."""
    known = _LOCATED.of(unit.memory)
    found = {sku: known[unit.seller_id, sku] for sku in skus if (unit.seller_id, sku) in known}
    asked: dict[str, list[Located]] = {sku: [] for sku in sorted(set(skus) - set(found))}
    rows = _located.all(unit.connection, {"of_seller": unit.seller_id}, list(asked))
    for row in rows:
        asked[row.sku].append(Located(*row[1:]))
    for sku, lying in asked.items():
        if held(unit, sku, Condition.SELLABLE, Place.SELLER) is not None:
            known[unit.seller_id, sku] = lying
    return found | asked


def forget_located(unit: UnitOfWork, sku: str | None = None) -> None:
    """Say that something else lies there of a SKU, or that a source is another one."""
    if sku is None:
        _LOCATED.forget(unit.memory)
    else:
        _LOCATED.of(unit.memory).pop((unit.seller_id, sku), None)
