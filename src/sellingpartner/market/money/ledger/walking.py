"""The ledger page by page: by when it was posted, by order, by period. Each page begins after the key before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, func, select

from sellingpartner.market.money.ledger.model import Entry
from sellingpartner.market.money.ledger.store import COLUMNS
from sellingpartner.market.money.ledger.tables import ledger_entries
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.narrowed import Given, Narrowed
from sellingpartner.storage.stretch import wanted_of
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
LOOKED_AT = 20_000
"""Among how many entries, in the index alone, the latest of a currency are looked for."""

Key = tuple[datetime, int]
"""Where in a walk an entry stands: when it was posted, and its number."""


_at = ledger_entries.c
_EQUAL = ("marketplace_id", "currency", "order_id", "period_id")
_NAMES = (*_EQUAL, "after", "before", "kinds", "without_kinds")


class EntryFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which entries a walk meets: from `after` on, and before `before`; an empty filter holds everything."""

    after: datetime | None = None
    before: datetime | None = None
    marketplace_id: str | None = None
    currency: str | None = None
    order_id: str | None = None
    period_id: int | None = None
    kinds: tuple[str, ...] = ()
    without_kinds: tuple[str, ...] = ()
    counts: bool | None = None
    """Whether it belongs to a settlement period; held entries and transfers do not."""


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some entries of a walk, and after which key the next page begins."""

    entries: list[Entry] = []
    next_key: Key | None = None


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """What was posted last, and how far back was looked for it; None where all of it was, or enough was found."""

    entries: list[Entry] = []
    looked_back_to: datetime | None = None


def page_of_entries(unit: UnitOfWork, wanted: EntryFilter, after: Key | None = None, limit: int = 100) -> EntryPage:
    """One page of a walk; `after` is the key that the page before ended with."""
    if after is not None and wanted.after is not None and after[0] >= wanted.after:
        # Said twice where a page begins, SQLite would take the lesser bound, and walk from there on each page anew.
        wanted = msgspec.structs.replace(wanted, after=None)
    values: dict[str, object] = {name: getattr(wanted, name) for name in _NAMES}
    values |= {"seller_id": unit.seller_id, "most": limit + 1}
    if wanted.counts is not None:
        values["counts" if wanted.counts else "waits"] = True
    if after is not None:
        values["after_date"], values["after_entry_id"] = after
    found = _page.all(unit.connection, values)
    if len(found) <= limit:
        return EntryPage(entries=found)
    last = found[limit - 1]
    return EntryPage(entries=found[:limit], next_key=(last.posted_at, last.entry_id))


def batches_of_entries(unit: UnitOfWork, wanted: EntryFilter) -> Iterator[list[Entry]]:
    """All entries of a walk, some hundreds at a time, so that what belongs to them can be asked for at once."""
    after = None
    while True:
        page = page_of_entries(unit, wanted, after, _PAGE)
        yield page.entries
        if page.next_key is None:
            return
        after = page.next_key


def latest_entries(unit: UnitOfWork, currency: str, most: int) -> Latest:
    """What was posted last in a currency, the newest first, as far as it is among the latest `LOOKED_AT` entries."""
    at = _at
    way = select(at.posted_at, at.entry_id, at.currency).where(at.seller_id == unit.seller_id)
    way = way.order_by(at.posted_at.desc(), at.entry_id.desc())
    found = wanted_of(way, LOOKED_AT, ("posted_at", "entry_id"), {"currency": currency})
    ids = [row.entry_id for row in unit.execute(found.limit(most))]
    rows = unit.execute(select(*COLUMNS).where(at.seller_id == unit.seller_id, at.entry_id.in_(ids)))
    entries = {row.entry_id: Entry(**row._mapping) for row in rows}
    end = None if len(ids) == most else unit.execute(way.offset(LOOKED_AT).limit(1)).first()
    return Latest(entries=[entries[one] for one in ids], looked_back_to=None if end is None else end.posted_at)


def _statement(given: Given) -> Select[Any]:
    date = _date(given)
    statement = (
        select(*COLUMNS)
        .where(_at.seller_id == bindparam("seller_id"), *_conditions(given, date))
        .order_by(*((_at.entry_id,) if "order_id" in given else (_at.posted_at, _at.entry_id)))
        .limit(bindparam("most"))
    )
    if "after_date" in given:
        reached = (
            bindparam("after_date", type_=_at.posted_at.type),
            bindparam("after_entry_id", type_=_at.entry_id.type),
        )
        statement = statement.where(beyond((date, _at.entry_id), reached))
    return statement


def _date(given: Given) -> ColumnElement[Any]:
    """When an entry was posted, for bounds.

    An order's entries are few, and numbered as they were posted. SQLite would still take the index of dates for any
    bound of them, or to sort by them, and walk along all of a seller's: so the date is wrapped, and sorts nothing.
    """
    return func.coalesce(_at.posted_at, _at.posted_at) if "order_id" in given else _at.posted_at


def _conditions(given: Given, date: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    yield from (_at[name] == bindparam(name) for name in _EQUAL if name in given)
    if "after" in given:
        yield date >= bindparam("after", type_=_at.posted_at.type)
    if "before" in given:
        yield date < bindparam("before", type_=_at.posted_at.type)
    if "kinds" in given:
        yield given.among("kinds", _at.kind)
    if "without_kinds" in given:
        yield ~given.among("without_kinds", _at.kind)
    if "counts" in given:
        yield _at.period_id.is_not(None)
    if "waits" in given:
        yield _at.period_id.is_(None)


_page = Narrowed(_statement, Entry)
