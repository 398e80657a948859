"""The only way into the ledger: an entry whose postings sum to zero, kept for good, counted where it counts."""

from __future__ import annotations

from sellingpartner.market.events.money import TransactionPosted
from sellingpartner.market.money.ledger import holds, periods, store
from sellingpartner.market.money.ledger.components import components, kind_names
from sellingpartner.market.money.ledger.model import Account, Entry, EntryKind, Leg, NewEntry, Posting
from sellingpartner.market.money.ledger.statement import count_in
from sellingpartner.storage.unit import UnitOfWork

STANDARD_ORDERS = "Standard Orders"


class UnheldMaturity(ValueError):
    """What is held must say until when: to leave it out is a defect of whoever posts."""


def post(unit: UnitOfWork, new: NewEntry, *, transaction_type: str | None = None) -> Entry:
    """Post an entry; the seller's own leg is added, so that it sums to zero.

    A release is told under the transaction type of what it releases, and whoever posts it has that counted in the
    period's statement; all else under that of its own kind.
    """
    if new.is_held and new.matures_at is None:
        message = f"{new.source} is to be held, and does not say until when."
        raise UnheldMaturity(message)
    entry_id = unit.next_number("ledger")
    own = -sum(leg.minor for leg in new.legs)
    counts = new.counts and not new.is_held
    entry = Entry(
        entry_id=entry_id,
        kind=new.kind.value,
        source=new.source,
        posted_at=unit.now,
        marketplace_id=new.marketplace_id,
        currency=new.currency,
        order_id=new.order_id,
        account_type=STANDARD_ORDERS,
        total_minor=own,
        period_id=periods.add_to_open(unit, new.currency, own) if counts else None,
        of_entry_id=new.of_entry_id,
        detail=new.detail,
    )
    postings = _postings(entry_id, new.legs, Account.HELD if new.is_held else Account.AVAILABLE, own)
    store.insert(unit, entry, postings)
    if held := sum(one.amount_minor for one in postings if one.account == Account.HELD):
        holds.add_to_held(unit, new.currency, held)
    if entry.period_id is not None and new.kind is not EntryKind.RELEASE:
        count_in(unit, entry.period_id, entry.kind, postings)
    if new.is_held and new.matures_at is not None:
        _hold(unit, entry, new)
    _tell(unit, entry, transaction_type or _transaction_type(new))
    return entry


def _postings(entry_id: int, legs: tuple[Leg, ...], own_account: Account, own: int) -> list[Posting]:
    """The legs on their accounts, and the seller's own where they do not balance by themselves."""
    known = components()
    made = [
        Posting(entry_id, number, leg.line, known[leg.component].account.value, leg.component, leg.minor)
        for number, leg in enumerate(legs, start=1)
    ]
    if own:
        made.append(Posting(entry_id, len(made) + 1, 0, own_account.value, "", own))
    return made


def _hold(unit: UnitOfWork, entry: Entry, new: NewEntry) -> None:
    assert new.matures_at is not None  # noqa: S101 - asked before anything was written
    holds.keep_hold(
        unit,
        holds.Hold(
            entry_id=entry.entry_id,
            order_id=entry.order_id,
            currency=entry.currency,
            amount_minor=entry.total_minor,
            reason=new.held_because,
            held_at=entry.posted_at,
            matures_at=new.matures_at,
            released_at=None,
        ),
    )


def _transaction_type(new: NewEntry) -> str:
    """What listTransactions calls it: its kind's name, unless its component has one of its own."""
    own = components()[new.legs[0].component].transaction if new.legs else ""
    return own or kind_names(new.kind.value).transaction


def _tell(unit: UnitOfWork, entry: Entry, transaction_type: str) -> None:
    if not transaction_type or entry.kind == EntryKind.ARRIVAL:
        return  # the seller is not shown it
    unit.emit(
        TransactionPosted(
            entry_id=entry.entry_id,
            kind=entry.kind,
            transaction_type=transaction_type,
            order_id=entry.order_id,
            marketplace_id=entry.marketplace_id,
            currency=entry.currency,
            total_minor=entry.total_minor,
            posted_at=entry.posted_at,
        )
    )
