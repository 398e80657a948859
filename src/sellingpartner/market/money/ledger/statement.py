"""What a settlement period is made of, for people: sums by kind and component, that add up to what it comes to."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select, union_all

from sellingpartner.market.money.ledger.model import Account, EntryKind
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.storage.unit import UnitOfWork

_OWN = frozenset({Account.AVAILABLE.value, Account.HELD.value})


class StatementLine(msgspec.Struct, frozen=True):
    """So much of a component, of entries of a kind, by its effect on the seller."""

    kind: str
    component: str
    count: int
    minor: int


def statement_of(unit: UnitOfWork, period_id: int) -> list[StatementLine]:
    """What the entries that count in a period come to; a release counts as what it releases."""
    entry, posting = ledger_entries.c, ledger_postings.c
    counting = (entry.seller_id == unit.seller_id, entry.period_id == period_id)
    own = select(entry.kind, entry.entry_id).where(*counting, entry.kind != EntryKind.RELEASE.value)
    origin = ledger_entries.alias()
    released = (
        select(origin.c.kind, origin.c.entry_id)
        .join(ledger_entries, (entry.seller_id == origin.c.seller_id) & (entry.of_entry_id == origin.c.entry_id))
        .where(*counting, entry.kind == EntryKind.RELEASE.value)
    )
    all_of_it = union_all(own, released).subquery()
    rows = unit.execute(
        select(
            all_of_it.c.kind,
            posting.component,
            func.count().label("times"),
            func.sum(posting.amount_minor).label("minor"),
        )
        .join(ledger_postings, posting.entry_id == all_of_it.c.entry_id)
        .where(posting.seller_id == unit.seller_id, posting.account.not_in(_OWN))
        .group_by(all_of_it.c.kind, posting.component)
        .order_by(all_of_it.c.kind, posting.component)
    )
    return [StatementLine(row.kind, row.component, row.times, -int(row.minor)) for row in rows]
