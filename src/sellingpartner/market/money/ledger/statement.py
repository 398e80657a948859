"""What a settlement period is made of, for people: sums by kind and component, that add up to what it comes to.

The sums are kept as entries come to count, since a period may have a million of them. What is held is in none, and a
release counts as what it releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Select, func, insert, select, type_coerce, union_all

from sellingpartner.market.money.ledger.model import Account, EntryKind, Posting
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings, statement_sums
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_OWN = frozenset({Account.AVAILABLE.value, Account.HELD.value})
_SUMS = ("postings", "minor")
_add = Prepared(
    upsert(statement_sums, lambda offered: {name: statement_sums.c[name] + offered[name] for name in _SUMS})
)


class StatementLine(msgspec.Struct, frozen=True):
    """So much of a component, of entries of a kind, by its effect on the seller."""

    kind: str
    component: str
    count: int
    minor: int


def statement_of(unit: UnitOfWork, period_id: int) -> list[StatementLine]:
    """What the entries that count in a period come to; a release counts as what it releases."""
    at = statement_sums.c
    rows = unit.execute(
        select(at.kind, at.component, at.postings, at.minor)
        .where(at.seller_id == unit.seller_id, at.period_id == period_id)
        .order_by(at.kind, at.component)
    )
    return [StatementLine(row.kind, row.component, row.postings, -row.minor) for row in rows]


def count_in(unit: UnitOfWork, period_id: int, kind: str, postings: Iterable[Posting]) -> None:
    """Add what an entry of a kind is made of to its period's sums."""
    counts, sums = Counter[str](), Counter[str]()
    for one in postings:
        if one.account not in _OWN:
            counts[one.component] += 1
            sums[one.component] += one.amount_minor
    rows: list[dict[str, Any]] = [
        {
            "seller_id": unit.seller_id,
            "period_id": period_id,
            "kind": kind,
            "component": component,
            "postings": count,
            "minor": sums[component],
        }
        for component, count in counts.items()
    ]
    _add.run_many(unit.connection, rows)


def sum_anew(unit: UnitOfWork) -> None:
    """Make the sums of this seller from its postings, whatever was kept before. It costs a walk of all."""
    unit.execute(statement_sums.delete().where(statement_sums.c.seller_id == unit.seller_id))
    unit.execute(insert(statement_sums).from_select([column.name for column in statement_sums.c], _anew(unit)))


def _anew(unit: UnitOfWork) -> Select[Any]:
    entry, posting = ledger_entries.c, ledger_postings.c
    counting = (entry.seller_id == unit.seller_id, entry.period_id.is_not(None))
    own = select(entry.seller_id, entry.period_id, entry.kind, entry.entry_id).where(
        *counting, entry.kind != EntryKind.RELEASE.value
    )
    origin = ledger_entries.alias()
    released = (
        select(entry.seller_id, entry.period_id, origin.c.kind, origin.c.entry_id)
        .join(origin, (origin.c.seller_id == entry.seller_id) & (origin.c.entry_id == entry.of_entry_id))
        .where(*counting, entry.kind == EntryKind.RELEASE.value)
    )
    found = union_all(own, released).subquery()
    named = (found.c.seller_id, found.c.period_id, found.c.kind, posting.component)
    return (
        select(*named, func.count(), type_coerce(func.sum(posting.amount_minor), BigInteger))
        .join(ledger_postings, (posting.seller_id == found.c.seller_id) & (posting.entry_id == found.c.entry_id))
        .where(posting.account.not_in(_OWN))
        .group_by(*named)
    )
