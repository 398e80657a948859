"""Somebody who goes through a seller's books and says what does not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from stock_taker import faults_of_stock

from sellingpartner.market.money.ledger.balances.paying_out import Payout
from sellingpartner.market.money.ledger.holds import held_in
from sellingpartner.market.money.ledger.model import Account, EntryKind
from sellingpartner.market.money.ledger.periods import Period, periods_of
from sellingpartner.market.money.ledger.questions import payouts_of, statement_of
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_holds, ledger_postings
from sellingpartner.market.money.wallet.store import on_the_way, wallets_of
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.market.orders.tables import order_refunds, orders
from sellingpartner.storage.unit import UnitOfWork

OWN = (Account.HELD, Account.AVAILABLE)
_OWN = {one.value for one in OWN}


class Entry(NamedTuple):
    """An entry of the ledger."""

    entry_id: int
    kind: str
    currency: str
    total_minor: int
    period_id: int | None
    of_entry_id: int | None
    order_id: str | None


class Leg(NamedTuple):
    """A posting of an entry."""

    entry_id: int
    account: str
    component: str
    amount_minor: int


class Books(NamedTuple):
    """All that stands in a seller's books, read once: whoever looks after each day reads a great deal."""

    entries: dict[int, Entry]
    legs: list[Leg]
    periods: list[Period]
    payouts: list[Payout]


def faults_in(unit: UnitOfWork) -> list[str]:
    """All that does not add up, in words; nothing where all does."""
    books = _read(unit)
    return [
        *_unbalanced(books),
        *_accounts(unit, books),
        *(fault for period in books.periods for fault in _period(unit, books, period)),
        *_orders(unit, books),
        *faults_of_stock(unit),
    ]


def _read(unit: UnitOfWork) -> Books:
    return Books(
        entries={row[0]: Entry(*row) for row in _rows(unit, ledger_entries, Entry)},
        legs=[Leg(*row) for row in _rows(unit, ledger_postings, Leg)],
        periods=periods_of(unit),
        payouts=payouts_of(unit),
    )


def _rows(unit: UnitOfWork, table: Table, kind: type[Any]) -> Iterable[Any]:
    """What a seller has in a table, of the columns that a kind of tuple is made of."""
    columns = [table.c[name] for name in kind.__annotations__]
    return unit.execute(select(*columns).where(table.c.seller_id == unit.seller_id))


def _unbalanced(books: Books) -> Iterator[str]:
    """Each entry sums to zero, and its total is what it does to the seller."""
    sums: defaultdict[int, int] = defaultdict(int)
    own: defaultdict[int, int] = defaultdict(int)
    for leg in books.legs:
        sums[leg.entry_id] += leg.amount_minor
        own[leg.entry_id] += leg.amount_minor if not leg.component else 0
    for entry in books.entries.values():
        if sums[entry.entry_id]:
            yield f"{entry.kind} {entry.entry_id} sums to {sums[entry.entry_id]}"
        if own[entry.entry_id] != entry.total_minor:
            yield f"{entry.kind} {entry.entry_id} says {entry.total_minor}, and does {own[entry.entry_id]}"


def _accounts(unit: UnitOfWork, books: Books) -> Iterator[str]:
    """The seller's accounts hold what the tables beside the ledger say."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for leg in books.legs:
        found[books.entries[leg.entry_id].currency, leg.account] += leg.amount_minor
    wanted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for period in books.periods:
        wanted[period.currency, Account.AVAILABLE.value] += period.balance_minor if period.is_open else 0
    holds = ledger_holds.c
    for hold in unit.execute(
        select(ledger_holds).where(holds.seller_id == unit.seller_id, holds.released_at.is_(None))
    ):
        wanted[hold.currency, Account.HELD.value] += hold.amount_minor
    for payout in books.payouts:
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


def _period(unit: UnitOfWork, books: Books, period: Period) -> Iterator[str]:
    """A settlement comes to the sum of its rows, and that is what is transferred or owed."""
    lines = statement_of(unit, period.period_id)
    rows = sum(line.minor for line in lines)
    stated, posted = {(one.kind, one.component): (one.count, one.minor) for one in lines}, _parts(books, period)
    if stated != posted:
        yield f"period {period.period_id} is stated as {stated}, and its postings are {posted}"
    if rows != period.balance_minor:
        yield f"period {period.period_id} is kept as {period.balance_minor}, and its rows sum to {rows}"
    if period.total_minor not in {None, period.balance_minor}:
        yield f"period {period.period_id} came to {period.balance_minor}, and {period.total_minor} was settled"
    sent = sum(one.amount_minor for one in books.payouts if one.period_id == period.period_id)
    if period.total_minor is not None and sent != max(period.total_minor, 0):
        yield f"of period {period.period_id} {sent} was sent, and it came to {period.total_minor}"


def _parts(books: Books, period: Period) -> dict[tuple[str, str], tuple[int, int]]:
    """How many postings there are of each kind and component, and what they come to: read one by one."""
    legs: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for leg in books.legs:
        if leg.account not in _OWN:
            legs[leg.entry_id].append((leg.component, -leg.amount_minor))
    found: defaultdict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for one in books.entries.values():
        if one.period_id == period.period_id:
            told = books.entries[one.of_entry_id or 0] if one.kind == EntryKind.RELEASE else one
            for component, minor in legs[told.entry_id]:
                count, before = found[told.kind, component]
                found[told.kind, component] = count + 1, before + minor
    return dict(found)


def _orders(unit: UnitOfWork, books: Books) -> Iterator[str]:
    """Buyers have paid for what has shipped, less what they were refunded of the seller's money."""
    paid: defaultdict[str | None, int] = defaultdict(int)
    for leg in books.legs:
        entry = books.entries[leg.entry_id]
        if leg.account == Account.BUYERS.value and entry.kind != EntryKind.RETROCHARGE.value:
            paid[entry.order_id] -= leg.amount_minor
    given_back: defaultdict[str, int] = defaultdict(int)
    refunds = select(order_refunds.c.order_id, order_refunds.c.document)
    for row in unit.execute(refunds.where(order_refunds.c.seller_id == unit.seller_id)):
        given_back[row.order_id] += row.document.total if row.document.reason != FUNDED_CLAIM else 0
    for row in unit.execute(select(orders.c.document).where(orders.c.seller_id == unit.seller_id)):
        order = row.document
        if order.sales_channel == NON_AMAZON:
            continue
        wanted = sum(item.amounts_between(0, item.shipped).total for item in order.items) - given_back[order.order_id]
        if paid[order.order_id] != wanted:
            yield f"order {order.order_id} was paid {paid[order.order_id]}, and should be {wanted}"
