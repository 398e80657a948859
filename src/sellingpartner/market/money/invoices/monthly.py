"""The invoice of a month: what fees and services of a marketplace came to, tax on them apart.

Nothing is kept of it: the ledger does not change behind a month, so that an invoice is the same whenever it is read.
Assumed: one invoice a month and marketplace is issued on the first of the next month, and is paid from the account.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.money.finances.summaries import SummaryFilter, sums_of
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.model import Account
from sellingpartner.market.money.ledger.policies import home_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_CHARGED = frozenset({Account.FEES, Account.SERVICES})
_LONGER_THAN_A_MONTH, _TICK = timedelta(days=32), timedelta(seconds=1)


class InvoiceLine(msgspec.Struct, frozen=True):
    """What a kind of fee came to: above zero what is charged, below what is given back."""

    name: str
    net_minor: int
    tax_minor: int
    is_storage: bool

    @property
    def total_minor(self) -> int:
        """With its tax."""
        return self.net_minor + self.tax_minor


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """What is charged for a month."""

    number: str
    marketplace: Marketplace
    begins: datetime
    ends: datetime
    """The last second of the month."""
    issued_at: datetime
    lines: list[InvoiceLine]

    @property
    def total_minor(self) -> int:
        """What its lines come to."""
        return sum(line.total_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        """What of it is tax."""
        return sum(line.tax_minor for line in self.lines)


def invoices_of(unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime) -> list[Invoice]:
    """The invoices issued in a time, the earliest first; a month without fees has none."""
    found = (_invoice(unit, marketplace_id, begins) for begins in _months(unit, since, min(until, unit.now)))
    return [one for one in found if one.lines]


def invoice_by_number(unit: UnitOfWork, marketplace_id: str, number: str) -> Invoice | None:
    """The invoice of a number, or None."""
    for begins in _months(unit, seller_of(unit, unit.seller_id).joined_at, unit.now):
        if _number(unit, MARKETPLACES[marketplace_id], begins) == number:
            found = _invoice(unit, marketplace_id, begins)
            return found if found.lines else None
    return None


def _months(unit: UnitOfWork, since: datetime, until: datetime) -> Iterator[datetime]:
    """The beginnings of the months whose invoices were issued in a time."""
    begins = _first(max(since, seller_of(unit, unit.seller_id).joined_at) - _LONGER_THAN_A_MONTH)
    while (issued := _next(begins)) <= until:
        if issued >= since:
            yield begins
        begins = issued


def _invoice(unit: UnitOfWork, marketplace_id: str, begins: datetime) -> Invoice:
    market, issued = MARKETPLACES[marketplace_id], _next(begins)
    net: dict[str, int] = {}
    tax: dict[str, int] = {}
    for one in sums_of(unit, SummaryFilter(after=begins, before=issued)):
        component = components()[one.component]
        place = one.marketplace_id or home_of(one.currency).marketplace_id
        if component.account in _CHARGED and one.currency == market.currency and place == marketplace_id:
            kept = net if component.tax_of is None else tax
            name = component.tax_of or component.key
            kept[name] = kept.get(name, 0) - one.minor
    lines = [InvoiceLine(name, net.get(name, 0), tax.get(name, 0), "Storage" in name) for name in sorted(net | tax)]
    return Invoice(
        number=_number(unit, market, begins),
        marketplace=market,
        begins=begins,
        ends=issued - _TICK,
        issued_at=issued,
        lines=lines,
    )


def _number(unit: UnitOfWork, market: Marketplace, begins: datetime) -> str:
    drawn = number_of(unit.seed, unit.seller_id, "invoice", market.marketplace_id, f"{begins:%Y-%m}")
    return f"INV-{market.country_code}-{unit.seller_id}-{begins:%Y}-{drawn % 10**6:06d}"


def _first(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, 1, tzinfo=UTC)


def _next(begins: datetime) -> datetime:
    return _first(begins + _LONGER_THAN_A_MONTH)
