"""Looking for listings: by identifiers, family, issues, status and dates, in an order, a page at a time, both ways.

A SKU in several marketplaces is found once; its dates are then the latest of them. A page begins after a key (what the
list is sorted by, and the SKU), so that it stands still while listings come and go.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, false, func, or_, select

from sellingpartner.market.listings.model import Record, RecordAsKept
from sellingpartner.market.listings.store import columns_as_kept, record_from
from sellingpartner.market.listings.tables import listings
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.narrowed import Given, Narrowed
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


_AMONG = {"skus": listings.c.sku, "fnskus": listings.c.fnsku, "asins": listings.c.asin}
_FROM_ON = {"created_after": listings.c.created_at, "updated_after": listings.c.updated_at}
_UNTIL = {"created_before": listings.c.created_at, "updated_before": listings.c.updated_at}


class _Counted(NamedTuple):
    number: int


class _Sorted(NamedTuple):
    sku: str
    sort: Any


def search(unit: UnitOfWork, wanted: Wanted, limit: int, key: Key | None = None, *, backward: bool = False) -> Found:
    """A page of what is wanted: after a key, or before it; from the beginning without one."""
    values = _values(unit, wanted)
    (counted,) = _count.all(unit.connection, values)
    values["most"] = limit + 1
    if wanted.is_descending != backward:
        values["descends"] = True
    if key is not None:
        values["key_sku"] = key.sku
        values["key_sort"] = key.sort if wanted.sorted_by is SortedBy.SKU else instant_of(int(key.sort))
    rows = _page.all(unit.connection, values)
    has_more, rows = len(rows) > limit, rows[:limit]
    if backward:
        rows.reverse()
    keys = [Key(_told(wanted, row.sort), row.sku) for row in rows]
    if not keys:
        return Found((), counted.number)
    return Found(tuple(one.sku for one in keys), counted.number, keys[0], keys[-1], has_more)


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
    found: dict[str, list[RecordAsKept]] = {sku: [] for sku in skus}
    if skus:
        values = {"seller_id": unit.seller_id, "skus": skus, "marketplace_ids": marketplace_ids}
        for record in _records.all(unit.connection, values):
            found[record.sku].append(record)
    for records in found.values():
        records.sort(key=lambda record: marketplace_ids.index(record.marketplace_id))
    return found


def _values(unit: UnitOfWork, wanted: Wanted) -> dict[str, object]:
    """What a statement is given: names alone say what a list is sorted by, and which issues and statuses matter."""
    values: dict[str, object] = {name: getattr(wanted, name) for name in _NAMES}
    values |= {"seller_id": unit.seller_id, "marketplace_ids": wanted.marketplace_ids, wanted.sorted_by.value: True}
    # Of no SKU at all there is nothing: what is empty is not given, and would not matter.
    values |= {f"no_{name}": True for name in _AMONG if getattr(wanted, name) == ()}
    values |= dict.fromkeys((f"has_{severity}" for severity in wanted.severities), True)
    values |= dict.fromkeys((f"is_{status}" for status in wanted.with_status), True)
    values |= dict.fromkeys((f"not_{status}" for status in wanted.without_status), True)
    return values


def _counting(given: Given) -> Select[Any]:
    return select(func.count().label("number")).select_from(_matches(given))


def _paging(given: Given) -> Select[Any]:
    table = _matches(given)
    descends = "descends" in given
    columns = (table.c.sort, table.c.sku)
    found = select(table.c.sku, table.c.sort).limit(bindparam("most"))
    if "key_sku" in given:
        sort = bindparam("key_sort", type_=table.c.sort.type)
        sku = bindparam("key_sku", type_=table.c.sku.type)
        same = and_(table.c.sort == sort, table.c.sku < sku if descends else table.c.sku > sku)
        found = found.where(or_(table.c.sort < sort if descends else table.c.sort > sort, same))
    return found.order_by(*(column.desc() if descends else column.asc() for column in columns))


def _kept(given: Given) -> Select[Any]:
    at = listings.c
    among = given.among("skus", at.sku), given.among("marketplace_ids", at.marketplace_id)
    return select(*columns_as_kept).where(at.seller_id == bindparam("seller_id"), *among)


def _matches(given: Given) -> Subquery:
    """The SKUs that are wanted, each once, with what they are sorted by."""
    at = listings.c
    mine = at.seller_id == bindparam("seller_id"), given.among("marketplace_ids", at.marketplace_id)
    sort = next((column for by, column in _SORT.items() if by.value in given), None)
    found: Select[Any]
    if given.number("marketplace_ids") == 1:
        found = select(at.sku, (at.sku if sort is None else sort).label("sort")).where(*mine, *_conditions(given))
    else:
        of_sku = at.sku if sort is None else func.max(sort, type_=sort.type)
        found = select(at.sku, of_sku.label("sort")).where(*mine, *_conditions(given)).group_by(at.sku)
    return found.subquery()


def _conditions(given: Given) -> Iterator[ColumnElement[bool]]:
    at = listings.c
    for name, column in _AMONG.items():
        if name in given:
            yield given.among(name, column)
        if f"no_{name}" in given:
            yield false()
    if "variation_parent_sku" in given:
        yield at.parent_sku == bindparam("variation_parent_sku")
    if "package_hierarchy_sku" in given:
        sku = bindparam("package_hierarchy_sku", type_=at.sku.type)
        held = select(at.contains_sku).where(at.sku == sku, at.contains_sku.is_not(None))
        yield or_(at.contains_sku == sku, at.sku.in_(held))
    yield from (column >= bindparam(name) for name, column in _FROM_ON.items() if name in given)
    yield from (column <= bindparam(name) for name, column in _UNTIL.items() if name in given)
    if severities := [column for name, column in _SEVERITY.items() if f"has_{name}" in given]:
        yield or_(*severities)
    # Assumed: of several statuses a listing has one at least, and of several that it must not have it has none.
    if statuses := [column for name, column in _STATUS.items() if f"is_{name}" in given]:
        yield or_(*statuses)
    yield from (column.is_(False) for name, column in _STATUS.items() if f"not_{name}" in given)


def _told(wanted: Wanted, sort: Any) -> str:  # noqa: ANN401 - a SKU or a moment
    return str(sort) if wanted.sorted_by is SortedBy.SKU else str(microseconds(sort))


_NAMES = (*_AMONG, "variation_parent_sku", "package_hierarchy_sku", *_FROM_ON, *_UNTIL)
_count, _page = Narrowed(_counting, _Counted), Narrowed(_paging, _Sorted)
_records = Narrowed(_kept, RecordAsKept)
