"""The ledger page by page: by when it was posted, by order, by period. Each page begins after the key before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select

from sellingpartner.market.money.ledger.model import Entry
from sellingpartner.market.money.ledger.store import COLUMNS
from sellingpartner.market.money.ledger.tables import ledger_entries
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.stretch import wanted_of
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
LOOKED_AT = 20_000
"""Among how many entries, in the index alone, the latest of a currency are looked for."""

Key = tuple[datetime, int]
"""Where in a walk an entry stands: when it was posted, and its number."""


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
    at = ledger_entries.c
    statement = (
        select(*COLUMNS)
        .where(at.seller_id == unit.seller_id, *_conditions(wanted))
        .order_by(*((at.entry_id,) if wanted.order_id is not None else (at.posted_at, at.entry_id)))
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(beyond((_date(wanted), at.entry_id), after))
    found = [Entry(**row._mapping) for row in unit.execute(statement)]
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
    at = ledger_entries.c
    way = select(at.posted_at, at.entry_id, at.currency).where(at.seller_id == unit.seller_id)
    way = way.order_by(at.posted_at.desc(), at.entry_id.desc())
    found = wanted_of(way, LOOKED_AT, ("posted_at", "entry_id"), {"currency": currency})
    ids = [row.entry_id for row in unit.execute(found.limit(most))]
    rows = unit.execute(select(*COLUMNS).where(at.seller_id == unit.seller_id, at.entry_id.in_(ids)))
    entries = {row.entry_id: Entry(**row._mapping) for row in rows}
    end = None if len(ids) == most else unit.execute(way.offset(LOOKED_AT).limit(1)).first()
    return Latest(entries=[entries[one] for one in ids], looked_back_to=None if end is None else end.posted_at)


def _date(wanted: EntryFilter) -> ColumnElement[Any]:
    """When an entry was posted, for bounds.

    An order's entries are few, and numbered as they were posted. SQLite would still take the index of dates for any
    bound of them, or to sort by them, and walk along all of a seller's: so the date is wrapped, and sorts nothing.
    """
    at = ledger_entries.c
    return at.posted_at if wanted.order_id is None else func.coalesce(at.posted_at, at.posted_at)


def _conditions(wanted: EntryFilter) -> list[ColumnElement[bool]]:
    at = ledger_entries.c
    equal: tuple[tuple[Any, object], ...] = (
        (at.marketplace_id, wanted.marketplace_id),
        (at.currency, wanted.currency),
        (at.order_id, wanted.order_id),
        (at.period_id, wanted.period_id),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
    if wanted.after is not None:
        conditions.append(_date(wanted) >= wanted.after)
    if wanted.before is not None:
        conditions.append(_date(wanted) < wanted.before)
    if wanted.kinds:
        conditions.append(at.kind.in_(wanted.kinds))
    if wanted.without_kinds:
        conditions.append(at.kind.not_in(wanted.without_kinds))
    if wanted.counts is not None:
        conditions.append(at.period_id.is_not(None) if wanted.counts else at.period_id.is_(None))
    return conditions
