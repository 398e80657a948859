"""What Amazon has paid for units that it lost or broke, and what it took back for those that it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.money.ledger.model import Entry, EntryKind, EntryLine, Posting
from sellingpartner.market.money.ledger.questions import EntryFilter, batches_of_entries, legs_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.families.stock.fba_stock import DAILY, words_of
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment
from sellingpartner.storage.unit import UnitOfWork

_FIRST_NUMBER = 10_000_000_000
REASONS = {
    "WAREHOUSE_LOST": "Lost_Warehouse",
    "WAREHOUSE_DAMAGE": "Damaged_Warehouse",
    "CS_ERROR_ITEMS": "CustomerServiceIssue",
    "MISSING_FROM_INBOUND": "Lost_Inbound",
    "MULTICHANNEL_ORDER_LOST": "Lost_Outbound",
    "COMPENSATED_CLAWBACK": "Reimbursement_Reversal",
}
"""By what is paid. Assumed: that of what customer service, or a carrier to buyers of this shop or another, has lost."""


class _Paid(NamedTuple):
    entry: Entry
    line: EntryLine
    reason: str
    fnsku: str
    listed: Listed | None
    of: str
    """For what that was paid which is taken back."""

    @property
    def total(self) -> Money:
        """What the seller is given; below zero where it is taken back."""
        return Money(self.entry.total_minor, self.entry.currency)

    @property
    def units(self) -> int:
        """For how many units; Assumed: below zero where it is taken back."""
        return self.line.quantity if self.entry.total_minor > 0 else -self.line.quantity


def _each(paid: _Paid) -> str:
    """A reimbursement is so many times what one unit is worth, so nothing is left over."""
    return amount(Money(abs(paid.total.minor) // paid.line.quantity, paid.total.currency))


_COLUMNS: Columns[_Paid] = {
    "approval-date": lambda paid: moment(paid.entry.posted_at),
    # Assumed: a reimbursement's number has eleven digits, and follows from the entry of the ledger.
    "reimbursement-id": lambda paid: str(_FIRST_NUMBER + paid.entry.entry_id),
    "case-id": nothing,  # nobody asked for it: Amazon pays by itself
    "amazon-order-id": lambda paid: paid.entry.order_id or "",
    "reason": lambda paid: paid.reason,
    "sku": lambda paid: paid.line.sku,
    "fnsku": lambda paid: paid.fnsku,
    "asin": lambda paid: paid.line.asin,
    "product-name": lambda paid: "" if paid.listed is None else paid.listed.title,
    "condition": lambda paid: "" if paid.listed is None else words_of(paid.listed),
    "currency-unit": lambda paid: paid.entry.currency,
    "amount-per-unit": _each,
    "amount-total": lambda paid: amount(paid.total),
    "quantity-reimbursed-cash": lambda paid: str(paid.units),
    # Differs: Amazon may give units in place of money; here it always pays.
    "quantity-reimbursed-inventory": lambda _: "0",
    "quantity-reimbursed-total": lambda paid: str(paid.units),
    "original-reimbursement-id": lambda paid: str(_FIRST_NUMBER + (paid.entry.of_entry_id or 0)) if paid.of else "",
    # Assumed: the type of what is taken back is the reason for which it was paid.
    "original-reimbursement-type": lambda paid: paid.of,
}


@report("GET_FBA_REIMBURSEMENTS_DATA", window=Window(), empty=Empty.CANCELLED, repeats=DAILY)
def reimbursements(unit: UnitOfWork, asked: Asked) -> Rows:
    """Reimbursements by when they were approved."""
    return table(_COLUMNS, _paid(unit, asked))


def _paid(unit: UnitOfWork, asked: Asked) -> Iterator[_Paid]:
    wanted = EntryFilter(after=asked.start, before=asked.end, kinds=(EntryKind.ADJUSTMENT.value,))
    for batch in batches_of_entries(unit, wanted):
        origins = [entry.of_entry_id for entry in batch if entry.of_entry_id is not None]
        legs = legs_of(unit, [*(entry.entry_id for entry in batch), *origins])
        known = listed(unit, asked, {line.sku for entry in batch for line in entry.detail.lines})
        for entry in batch:
            reason = _reason(legs[entry.entry_id])
            of = "" if entry.of_entry_id is None else _reason(legs[entry.of_entry_id])
            for line in entry.detail.lines if reason else ():
                yield _Paid(entry, line, reason, fnsku_of(unit, line.sku), known.get(line.sku), of)


def _reason(legs: Iterable[Posting]) -> str:
    return next((REASONS[leg.component] for leg in legs if leg.component in REASONS), "")
