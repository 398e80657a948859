"""What a seller has in a currency: at this moment, or at an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, or_, select

from sellingpartner.market.money.ledger.balances.reserving import withheld_now
from sellingpartner.market.money.ledger.holds import held_in
from sellingpartner.market.money.ledger.model import Account
from sellingpartner.market.money.ledger.periods import open_period, periods_of
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_holds, ledger_postings, settlement_periods
from sellingpartner.storage.unit import UnitOfWork

_LONGEST_HELD = timedelta(days=180)
"""What was held longer ago than this was released long since."""


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's money of a currency, in minor units."""

    currency: str
    available: int
    held: int
    reserve: int = 0
    debt: int = 0

    @property
    def total(self) -> int:
        """All of it that Amazon keeps for the seller."""
        return self.available + self.held + self.reserve


def balance(unit: UnitOfWork, currency: str, at: datetime | None = None) -> Balance:
    """What a seller has of a currency, or had at a moment.

    What is available is what the open period comes to, less what is kept of it while the account is at risk. Reserve
    and debt are moved into the next period at once, so that they stand on accounts of their own for no time.
    """
    if at is not None and at < unit.now:
        return Balance(
            currency=currency, available=_available_at(unit, currency, at), held=_held_at(unit, currency, at)
        )
    period = open_period(unit, currency)
    there = period.balance_minor if period else 0
    kept = withheld_now(unit, there, policy_of(unit, currency)) if there > 0 else 0
    return Balance(currency=currency, available=there - kept, held=held_in(unit, currency), reserve=kept)


def currencies_of(unit: UnitOfWork) -> list[str]:
    """The currencies in which anything was posted: what is held, and what counts in a period, once it is released."""
    settled = select(settlement_periods.c.currency).where(settlement_periods.c.seller_id == unit.seller_id).distinct()
    return sorted({*unit.execute(settled).scalars(), *_held_currencies(unit)})


def _held_currencies(unit: UnitOfWork) -> Iterator[str]:
    """One after another by the index of what is held: of all holds together it would take a walk along each."""
    hold = ledger_holds.c
    is_held = (hold.seller_id == unit.seller_id) & hold.released_at.is_(None)
    last = ""
    while (
        found := unit.execute(select(func.min(hold.currency)).where(is_held, hold.currency > last)).scalar()
    ) is not None:
        yield found
        last = found


def sums_by_account(unit: UnitOfWork, currency: str) -> dict[str, int]:
    """What each account holds in a currency: the sum of all that was ever posted to it. It costs a walk of all."""
    entry, posting = ledger_entries.c, ledger_postings.c
    rows = unit.execute(
        select(posting.account, func.sum(posting.amount_minor).label("amount"))
        .join(ledger_entries, (entry.seller_id == posting.seller_id) & (entry.entry_id == posting.entry_id))
        .where(posting.seller_id == unit.seller_id, entry.currency == currency)
        .group_by(posting.account)
    )
    sums = dict.fromkeys((one.value for one in Account), 0)
    return sums | {row.account: int(row.amount) for row in rows}


def _available_at(unit: UnitOfWork, currency: str, at: datetime) -> int:
    period = next((one for one in periods_of(unit, currency) if one.began_at <= at), None)
    if period is None:
        return 0
    entry = ledger_entries.c
    return _sum(unit, entry.total_minor, entry.period_id == period.period_id, entry.posted_at <= at)


def _held_at(unit: UnitOfWork, currency: str, at: datetime) -> int:
    hold = ledger_holds.c
    since = select(func.min(ledger_entries.c.entry_id)).where(
        ledger_entries.c.seller_id == unit.seller_id, ledger_entries.c.posted_at >= at - _LONGEST_HELD
    )
    first = unit.execute(since).scalar()
    if first is None:
        return 0
    is_held = or_(hold.released_at.is_(None), hold.released_at > at)
    return _sum(unit, hold.amount_minor, hold.entry_id >= first, hold.currency == currency, hold.held_at <= at, is_held)


def _sum(unit: UnitOfWork, column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> int:
    table = ledger_holds if column.table is ledger_holds else ledger_entries
    found = unit.execute(
        select(func.coalesce(func.sum(column), 0)).where(table.c.seller_id == unit.seller_id, *conditions)
    )
    return int(found.scalar_one())
