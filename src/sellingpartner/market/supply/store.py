"""Supply sources to rows and back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.market.supply.errors import SourceUnknown
from sellingpartner.market.supply.locating import forget_located
from sellingpartner.market.supply.model import Status, SupplySource
from sellingpartner.market.supply.tables import supply_sources
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


class _Found(NamedTuple):
    document: SupplySource


class Numbered(NamedTuple):
    """A source with its place in the list."""

    number: int
    document: SupplySource


_this = (supply_sources.c.seller_id == bindparam("of_seller")) & (
    supply_sources.c.supply_source_id == bindparam("of_source")
)
_one = Question(select(supply_sources.c.document).where(_this), _Found)
_held = Question(select(supply_sources.c.document).where(_this).with_for_update(), _Found)
_coded = Question(
    select(supply_sources.c.document).where(
        supply_sources.c.seller_id == bindparam("of_seller"), supply_sources.c.code == bindparam("code")
    ),
    _Found,
)
_insert = Prepared(supply_sources.insert())
_update = Prepared(
    supply_sources.update().where(_this).values(status=bindparam("status"), document=bindparam("document"))
)
_page = Question(
    select(supply_sources.c.number, supply_sources.c.document)
    .where(
        supply_sources.c.seller_id == bindparam("of_seller"),
        supply_sources.c.number > bindparam("after"),
        supply_sources.c.status != Status.ARCHIVED.value,
    )
    .order_by(supply_sources.c.number)
    .limit(bindparam("at_most")),
    Numbered,
)
_active = Question(
    select(supply_sources.c.document)
    .where(supply_sources.c.seller_id == bindparam("of_seller"), supply_sources.c.status == Status.ACTIVE.value)
    .order_by(supply_sources.c.number),
    _Found,
)


def source_of(unit: UnitOfWork, supply_source_id: str) -> SupplySource:
    """One source, archived or not; raises `SourceUnknown`."""
    found = known_source(unit, supply_source_id)
    if found is None:
        raise SourceUnknown(supply_source_id)
    return found


def known_source(unit: UnitOfWork, supply_source_id: str) -> SupplySource | None:
    """One source, archived or not; None where the seller has no such."""
    found = _one.first(unit.connection, {"of_seller": unit.seller_id, "of_source": supply_source_id})
    return None if found is None else found.document


def source_to_change(unit: UnitOfWork, supply_source_id: str) -> SupplySource:
    """One source that nobody else changes until this unit ends; raises `SourceUnknown`."""
    found = _held.first(unit.connection, {"of_seller": unit.seller_id, "of_source": supply_source_id})
    if found is None:
        raise SourceUnknown(supply_source_id)
    return found.document


def source_by_code(unit: UnitOfWork, code: str) -> SupplySource | None:
    """The source that the seller gave this code; None if there is none."""
    found = _coded.first(unit.connection, {"of_seller": unit.seller_id, "code": code})
    return None if found is None else found.document


def active_sources(unit: UnitOfWork) -> list[SupplySource]:
    """Where orders can go, from the oldest source to the newest."""
    return [row.document for row in _active.all(unit.connection, {"of_seller": unit.seller_id})]


def all_sources(unit: UnitOfWork) -> list[SupplySource]:
    """Every source that the seller ever had, archived ones included, from the oldest to the newest."""
    mine = select(supply_sources.c.document).where(supply_sources.c.seller_id == unit.seller_id)
    return list(unit.execute(mine.order_by(supply_sources.c.number)).scalars())


def page_of_sources(unit: UnitOfWork, *, after: int = 0, limit: int) -> list[Numbered]:
    """The sources that are not archived, from the oldest to the newest, so many at most."""
    return _page.all(unit.connection, {"of_seller": unit.seller_id, "after": after, "at_most": limit})


def insert_source(unit: UnitOfWork, source: SupplySource, number: int) -> None:
    """Keep a source for the first time."""
    _insert.run(
        unit.connection,
        {
            "seller_id": unit.seller_id,
            "supply_source_id": source.supply_source_id,
            "number": number,
            "code": source.code,
            "status": source.status.value,
            "document": source,
        },
    )


def save_source(unit: UnitOfWork, source: SupplySource) -> None:
    """Keep a source that has changed."""
    key = {"of_seller": unit.seller_id, "of_source": source.supply_source_id}
    _update.run(unit.connection, key | {"status": source.status.value, "document": source})
    forget_located(unit)
