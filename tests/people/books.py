"""Somebody who goes through a seller's books and says what does not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from stock_taker import faults_of_stock

from sellingpartner.market.money.ledger.holds import held_in
from sellingpartner.market.money.ledger.model import Account, EntryKind
from sellingpartner.market.money.ledger.periods import Period, periods_of
from sellingpartner.market.money.ledger.questions import payouts_of, statement_of
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_holds, ledger_postings
from sellingpartner.market.money.wallet.store import on_the_way, wallets_of
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import refunds_of
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.market.orders.tables import orders
from sellingpartner.storage.unit import UnitOfWork

OWN = (Account.HELD, Account.AVAILABLE)


def faults_in(unit: UnitOfWork) -> list[str]:
    """All that does not add up, in words; nothing where all does."""
    return [
        *_unbalanced(unit),
        *_accounts(unit),
        *(fault for period in periods_of(unit) for fault in _period(unit, period)),
        *_orders(unit),
        *faults_of_stock(unit),
    ]


def _unbalanced(unit: UnitOfWork) -> Iterator[str]:
    """Each entry sums to zero, and its total is what it does to the seller."""
    sums: defaultdict[int, int] = defaultdict(int)
    own: defaultdict[int, int] = defaultdict(int)
    for row in unit.execute(select(ledger_postings).where(ledger_postings.c.seller_id == unit.seller_id)):
        sums[row.entry_id] += row.amount_minor
        own[row.entry_id] += row.amount_minor if not row.component else 0
    for entry in unit.execute(select(ledger_entries).where(ledger_entries.c.seller_id == unit.seller_id)):
        if sums[entry.entry_id]:
            yield f"{entry.kind} {entry.entry_id} sums to {sums[entry.entry_id]}"
        if own[entry.entry_id] != entry.total_minor:
            yield f"{entry.kind} {entry.entry_id} says {entry.total_minor}, and does {own[entry.entry_id]}"


def _accounts(unit: UnitOfWork) -> Iterator[str]:
    """The seller's accounts hold what the tables beside the ledger say."""
    entry, posting = ledger_entries.c, ledger_postings.c
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    both = (entry.seller_id == posting.seller_id) & (entry.entry_id == posting.entry_id)
    rows = select(entry.currency, posting.account, posting.amount_minor).join(ledger_entries, both)
    for row in unit.execute(rows.where(posting.seller_id == unit.seller_id)):
        found[row.currency, row.account] += row.amount_minor
    wanted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for period in periods_of(unit):
        wanted[period.currency, Account.AVAILABLE.value] += period.balance_minor if period.is_open else 0
    holds = ledger_holds.c
    for hold in unit.execute(
        select(ledger_holds).where(holds.seller_id == unit.seller_id, holds.released_at.is_(None))
    ):
        wanted[hold.currency, Account.HELD.value] += hold.amount_minor
    for payout in payouts_of(unit):
        if payout.status == "IN_TRANSIT":
            wanted[payout.currency, Account.IN_TRANSIT.value] += payout.amount_minor
    for wallet in wallets_of(unit):
        wanted[wallet.currency, Account.WALLET.value] += wallet.balance_minor
        wanted[wallet.currency, Account.IN_TRANSIT.value] += on_the_way(unit, wallet.currency)
    yield from _held(unit, {currency: sum_ for (currency, account), sum_ in found.items() if account == Account.HELD})
    kept = (*OWN, Account.IN_TRANSIT, Account.RESERVE, Account.DEBT, Account.WALLET)
    for currency in sorted({currency for currency, _ in (*found, *wanted)}):
        for account in kept:
            if found[currency, account.value] != wanted[currency, account.value]:
                have, expected = found[currency, account.value], wanted[currency, account.value]
                yield f"{account.value} holds {have} {currency}, and should hold {expected}"


def _held(unit: UnitOfWork, posted: dict[str, int]) -> Iterator[str]:
    """What is held is kept as a sum, too."""
    for currency, wanted in posted.items():
        if (kept := held_in(unit, currency)) != wanted:
            yield f"{currency} held is kept as {kept}, and its postings sum to {wanted}"


def _period(unit: UnitOfWork, period: Period) -> Iterator[str]:
    """A settlement comes to the sum of its rows, and that is what is transferred or owed."""
    lines = statement_of(unit, period.period_id)
    rows = sum(line.minor for line in lines)
    if (parts := {(one.kind, one.component): (one.count, one.minor) for one in lines}) != _parts(unit, period):
        yield f"period {period.period_id} is stated as {parts}, and its postings are {_parts(unit, period)}"
    if rows != period.balance_minor:
        yield f"period {period.period_id} is kept as {period.balance_minor}, and its rows sum to {rows}"
    if period.total_minor not in {None, period.balance_minor}:
        yield f"period {period.period_id} came to {period.balance_minor}, and {period.total_minor} was settled"
    sent = sum(one.amount_minor for one in payouts_of(unit) if one.period_id == period.period_id)
    if period.total_minor is not None and sent != max(period.total_minor, 0):
        yield f"of period {period.period_id} {sent} was sent, and it came to {period.total_minor}"


def _parts(unit: UnitOfWork, period: Period) -> dict[tuple[str, str], tuple[int, int]]:
    """How many postings there are of each kind and component, and what they come to: read one by one."""
    entry, posting = ledger_entries.c, ledger_postings.c
    known = {one.entry_id: one for one in unit.execute(select(ledger_entries).where(entry.seller_id == unit.seller_id))}
    legs: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    of_others = posting.account.not_in([one.value for one in OWN])
    for leg in unit.execute(select(ledger_postings).where(posting.seller_id == unit.seller_id, of_others)):
        legs[leg.entry_id].append((leg.component, -leg.amount_minor))
    found: defaultdict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for one in known.values():
        if one.period_id == period.period_id:
            told = known[one.of_entry_id] if one.kind == EntryKind.RELEASE else one
            for component, minor in legs[told.entry_id]:
                count, before = found[told.kind, component]
                found[told.kind, component] = count + 1, before + minor
    return dict(found)


def _orders(unit: UnitOfWork) -> Iterator[str]:
    """Buyers have paid for what has shipped, less what they were refunded of the seller's money."""
    entry, posting = ledger_entries.c, ledger_postings.c
    paid: defaultdict[str, int] = defaultdict(int)
    both = (entry.seller_id == posting.seller_id) & (entry.entry_id == posting.entry_id)
    rows = select(entry.order_id, posting.amount_minor).join(ledger_entries, both)
    for row in unit.execute(
        rows.where(
            posting.seller_id == unit.seller_id,
            posting.account == Account.BUYERS.value,
            entry.kind != EntryKind.RETROCHARGE.value,
        )
    ):
        paid[row.order_id] -= row.amount_minor
    for row in unit.execute(select(orders.c.document).where(orders.c.seller_id == unit.seller_id)):
        order = row.document
        if order.sales_channel == NON_AMAZON:
            continue
        shipped = sum(item.amounts_between(0, item.shipped).total for item in order.items)
        wanted = shipped - sum(one.total for one in refunds_of(unit, order.order_id) if one.reason != FUNDED_CLAIM)
        if paid[order.order_id] != wanted:
            yield f"order {order.order_id} was paid {paid[order.order_id]}, and should be {wanted}"
