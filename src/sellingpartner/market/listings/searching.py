"""Looking for listings: by identifiers, family, issues, status and dates, in an order, a page at a time, both ways.

A SKU in several marketplaces is found once; its dates are then the latest of them. A page begins after a key (what the
list is sorted by, and the SKU), so that it stands still while listings come and go.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select

from sellingpartner.market.listings.model import Record, RecordAsKept
from sellingpartner.market.listings.store import columns_as_kept, record_from
from sellingpartner.market.listings.tables import listings
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

_LAST = "\U0010ffff"
"""No character comes after it."""

MOST_REACHED = 1000
"""How many results the pages of a search reach at most, however many there are."""


class SortedBy(StrEnum):
    """What a list is sorted by."""

    SKU = "sku"
    CREATED = "createdDate"
    UPDATED = "lastUpdatedDate"


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is looked for; what is left out does not matter."""

    marketplace_ids: tuple[str, ...]
    skus: tuple[str, ...] | None = None
    fnskus: tuple[str, ...] | None = None
    asins: tuple[str, ...] | None = None
    variation_parent_sku: str | None = None
    package_hierarchy_sku: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    severities: tuple[str, ...] = ()
    """Those with an issue of one of these."""
    with_status: tuple[str, ...] = ()
    without_status: tuple[str, ...] = ()
    sorted_by: SortedBy = SortedBy.UPDATED
    is_descending: bool = True


class Key(msgspec.Struct, frozen=True, array_like=True):
    """A place in a list."""

    sort: str
    sku: str


class Found(msgspec.Struct, frozen=True):
    """A page of SKUs, with where the pages before and after it begin, and how many results there are in all."""

    skus: tuple[str, ...]
    count: int
    first: Key | None = None
    last: Key | None = None
    has_more: bool = False


_STATUS = {"BUYABLE": listings.c.is_buyable, "DISCOVERABLE": listings.c.is_discoverable}
_SEVERITY = {"ERROR": listings.c.has_errors, "WARNING": listings.c.has_warnings}
_SORT = {SortedBy.CREATED: listings.c.created_at, SortedBy.UPDATED: listings.c.updated_at}


def search(unit: UnitOfWork, wanted: Wanted, limit: int, key: Key | None = None, *, backward: bool = False) -> Found:
    """A page of what is wanted: after a key, or before it; from the beginning without one."""
    table = _matches(unit, wanted)
    count: int = unit.execute(select(func.count()).select_from(table)).scalar_one()
    descends = wanted.is_descending != backward
    query = select(table.c.sku, table.c.sort)
    if key is not None:
        query = query.where(_beyond(wanted, table, key, descends=descends))
    columns = (table.c.sort, table.c.sku)
    query = query.order_by(*(column.desc() if descends else column.asc() for column in columns)).limit(limit + 1)
    rows = list(unit.execute(query))
    has_more, rows = len(rows) > limit, rows[:limit]
    if backward:
        rows.reverse()
    keys = [Key(_told(wanted, row.sort), row.sku) for row in rows]
    if not keys:
        return Found((), count)
    return Found(tuple(one.sku for one in keys), count, keys[0], keys[-1], has_more)


def records_after(
    unit: UnitOfWork, marketplace_id: str, *, after: str = "", beginning: str = "", status: str = "", limit: int = 50
) -> list[Record]:
    """The seller's listings in a marketplace, in the order of SKU: after one, beginning alike, with a status.

    Unlike a search it counts nothing: it reads along the index of SKUs from where it is told to begin.
    """
    at = listings.c
    wanted = [at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id, at.sku > after]
    if beginning:
        wanted += [at.sku >= beginning, at.sku < beginning + _LAST]
    if status:
        wanted.append(_STATUS[status])
    rows = unit.execute(select(*columns_as_kept).where(*wanted).order_by(at.sku).limit(limit))
    return [record_from(RecordAsKept(**row._mapping)) for row in rows]


def records_of(
    unit: UnitOfWork, skus: tuple[str, ...], marketplace_ids: tuple[str, ...]
) -> dict[str, list[RecordAsKept]]:
    """What is kept of SKUs in marketplaces, by SKU, in the order of the marketplaces."""
    mine = listings.c.seller_id == unit.seller_id
    query = select(*columns_as_kept).where(
        mine, listings.c.sku.in_(skus), listings.c.marketplace_id.in_(marketplace_ids)
    )
    found: dict[str, list[RecordAsKept]] = {sku: [] for sku in skus}
    for row in unit.execute(query):
        found[row.sku].append(RecordAsKept(**row._mapping))
    for records in found.values():
        records.sort(key=lambda record: marketplace_ids.index(record.marketplace_id))
    return found


def _matches(unit: UnitOfWork, wanted: Wanted) -> Subquery:
    """The SKUs that are wanted, each once, with what they are sorted by."""
    conditions = [listings.c.seller_id == unit.seller_id, listings.c.marketplace_id.in_(wanted.marketplace_ids)]
    conditions += _conditions(wanted)
    sort = _SORT.get(wanted.sorted_by)
    found: Select[Any]
    if len(wanted.marketplace_ids) == 1:
        found = select(listings.c.sku, (listings.c.sku if sort is None else sort).label("sort")).where(*conditions)
    else:
        of_sku = listings.c.sku if sort is None else func.max(sort)
        found = select(listings.c.sku, of_sku.label("sort")).where(*conditions).group_by(listings.c.sku)
    return found.subquery()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, values in (
        (listings.c.sku, wanted.skus),
        (listings.c.fnsku, wanted.fnskus),
        (listings.c.asin, wanted.asins),
    ):
        if values is not None:
            found.append(column.in_(values))
    if wanted.variation_parent_sku is not None:
        found.append(listings.c.parent_sku == wanted.variation_parent_sku)
    if (sku := wanted.package_hierarchy_sku) is not None:
        held = select(listings.c.contains_sku).where(listings.c.sku == sku, listings.c.contains_sku.is_not(None))
        found.append(or_(listings.c.contains_sku == sku, listings.c.sku.in_(held)))
    for bounded, after, before in (
        (listings.c.created_at, wanted.created_after, wanted.created_before),
        (listings.c.updated_at, wanted.updated_after, wanted.updated_before),
    ):
        found += [bounded >= after] if after is not None else []
        found += [bounded <= before] if before is not None else []
    if wanted.severities:
        found.append(or_(*(_SEVERITY[severity] for severity in wanted.severities)))
    # Assumed: of several statuses a listing has one at least, and of several that it must not have it has none.
    if wanted.with_status:
        found.append(or_(*(_STATUS[status] for status in wanted.with_status)))
    found += [_STATUS[status].is_(False) for status in wanted.without_status]
    return found


def _beyond(wanted: Wanted, table: Subquery, key: Key, *, descends: bool) -> ColumnElement[bool]:
    """What comes after a key in the order."""
    sort: Any = key.sort if wanted.sorted_by is SortedBy.SKU else instant_of(int(key.sort))
    same = and_(table.c.sort == sort, table.c.sku < key.sku if descends else table.c.sku > key.sku)
    return or_(table.c.sort < sort if descends else table.c.sort > sort, same)


def _told(wanted: Wanted, sort: Any) -> str:  # noqa: ANN401 - a SKU or a moment
    return str(sort) if wanted.sorted_by is SortedBy.SKU else str(microseconds(sort))
