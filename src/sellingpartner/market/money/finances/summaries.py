"""Sums of a time or of a settlement period, by marketplace, currency and component: what counted in it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, func, select, union_all

from sellingpartner.market.money.ledger.model import Account, EntryKind
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.storage.unit import UnitOfWork

_OWN = (Account.AVAILABLE.value, Account.HELD.value)


class SummaryFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What is summed up: what began to count from `after` on and before `before`, or what a period is made of."""

    after: datetime | None = None
    before: datetime | None = None
    period_id: int | None = None


class Sum(msgspec.Struct, frozen=True):
    """So much of a component, by its effect on the seller."""

    marketplace_id: str | None
    currency: str
    component: str
    minor: int


def sums_of(unit: UnitOfWork, wanted: SummaryFilter) -> list[Sum]:
    """What counted, summed up; a release counts as what it releases, at its own moment."""
    entry, posting, origin = ledger_entries.c, ledger_postings.c, ledger_entries.alias()
    counting = (entry.seller_id == unit.seller_id, *_conditions(wanted))
    own = select(entry.entry_id, entry.marketplace_id, entry.currency).where(
        *counting, entry.kind != EntryKind.RELEASE.value
    )
    released = (
        select(origin.c.entry_id, origin.c.marketplace_id, origin.c.currency)
        .join(ledger_entries, (entry.seller_id == origin.c.seller_id) & (entry.of_entry_id == origin.c.entry_id))
        .where(*counting, entry.kind == EntryKind.RELEASE.value)
    )
    all_of_it = union_all(own, released).subquery()
    named = (all_of_it.c.marketplace_id, all_of_it.c.currency, posting.component)
    rows = unit.execute(
        select(*named, func.sum(posting.amount_minor).label("minor"))
        .join(ledger_postings, posting.entry_id == all_of_it.c.entry_id)
        .where(posting.seller_id == unit.seller_id, posting.account.not_in(_OWN))
        .group_by(*named)
        .order_by(all_of_it.c.currency, all_of_it.c.marketplace_id, posting.component)
    )
    return [Sum(row.marketplace_id, row.currency, row.component, -int(row.minor)) for row in rows]


def _conditions(wanted: SummaryFilter) -> list[ColumnElement[bool]]:
    at = ledger_entries.c
    conditions: list[ColumnElement[bool]] = [at.period_id.is_not(None)]
    if wanted.period_id is not None:
        conditions.append(at.period_id == wanted.period_id)
    if wanted.after is not None:
        conditions.append(at.posted_at >= wanted.after)
    if wanted.before is not None:
        conditions.append(at.posted_at < wanted.before)
    return conditions
