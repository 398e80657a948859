"""Transactions: every entry that the seller is shown, at the moment at which it was posted.

What was held is there twice: as it was posted, and as it was released. Count either.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.money.finances.events import LABELS, FinancialEvent, events_from, is_release
from sellingpartner.market.money.finances.origins import releases_of
from sellingpartner.market.money.ledger.components import kind_names
from sellingpartner.market.money.ledger.holds import Hold, holds_of
from sellingpartner.market.money.ledger.model import EntryKind
from sellingpartner.market.money.ledger.periods import Period, periods_of
from sellingpartner.market.money.ledger.walking import EntryFilter, Key, page_of_entries
from sellingpartner.storage.unit import UnitOfWork

_NOT_SHOWN = tuple(
    kind.value for kind in EntryKind if kind is not EntryKind.RELEASE and not kind_names(kind.value).transaction
)


class TransactionStatus(StrEnum):
    """Whether a transaction's money is available."""

    DEFERRED = "DEFERRED"
    RELEASED = "RELEASED"
    DEFERRED_RELEASED = "DEFERRED_RELEASED"
    """It was held, and another transaction has released it."""


class TransactionFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which transactions are meant; `status` leaves out others of a page, so that it may be short or empty."""

    after: datetime | None = None
    before: datetime | None = None
    marketplace_id: str | None = None
    order_id: str | None = None
    period_id: int | None = None
    status: TransactionStatus | None = None


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is shown."""

    event: FinancialEvent
    status: TransactionStatus
    hold: Hold | None
    """How its money is held, or was."""
    released_by: int | None
    """The entry that released it."""
    period: Period | None
    """The settlement period that it counts in."""

    @property
    def transaction_type(self) -> str:
        """What it is called."""
        own = self.event.first.transaction if self.event.first else ""
        return own or kind_names(self.event.entry.kind).transaction

    @property
    def description(self) -> str:
        """What it is for."""
        first = self.event.first
        return (first.description if first else "") or kind_names(self.event.entry.kind).description


class TransactionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some transactions, and after which key the next page begins."""

    transactions: list[Transaction] = []
    next_key: Key | None = None


def page_of_transactions(
    unit: UnitOfWork, wanted: TransactionFilter, after: Key | None = None, limit: int = 500
) -> TransactionPage:
    """One page of transactions, the earliest first; `after` is the key that the page before ended with."""
    found = page_of_entries(
        unit,
        EntryFilter(
            after=wanted.after,
            before=wanted.before,
            marketplace_id=wanted.marketplace_id,
            order_id=wanted.order_id,
            period_id=wanted.period_id,
            without_kinds=(*_NOT_SHOWN, *(LABELS if wanted.order_id else ())),
        ),
        after,
        limit,
    )
    events = events_from(unit, found.entries)
    numbers = [one.entry.entry_id for one in events]
    holds, releases = holds_of(unit, numbers), releases_of(unit, numbers)
    periods = {one.period_id: one for one in periods_of(unit)}
    shown = [_transaction(one, holds, releases, periods) for one in events]
    if wanted.status is not None:
        shown = [one for one in shown if one.status is wanted.status]
    return TransactionPage(transactions=shown, next_key=found.next_key)


def _transaction(
    event: FinancialEvent, holds: Mapping[int, Hold], releases: Mapping[int, int], periods: Mapping[int, Period]
) -> Transaction:
    hold = holds.get(event.entry.entry_id)
    released_by = None if is_release(event.counted) else releases.get(event.entry.entry_id)
    if hold is None or is_release(event.counted):
        status = TransactionStatus.RELEASED
    else:
        status = TransactionStatus.DEFERRED_RELEASED if hold.released_at else TransactionStatus.DEFERRED
    return Transaction(
        event=event,
        status=status,
        hold=hold,
        released_by=released_by,
        period=periods.get(event.counted.period_id or 0),
    )
