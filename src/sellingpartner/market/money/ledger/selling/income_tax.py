"""Income tax that a country has Amazon withhold of a month's sales (Mexico)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.withholding import income_tax_percent
from sellingpartner.market.money.ledger.tables import ledger_entries, ledger_postings
from sellingpartner.storage.unit import UnitOfWork

_OF_SALES = ("Principal", "PromotionPrincipal")
_HUNDREDTH = Decimal("0.01")


def withhold_income_tax(unit: UnitOfWork, begins: datetime, ends: datetime) -> None:
    """Withhold the tax on what was sold in a month, less what was refunded, in each marketplace that has such a tax."""
    for entered in participations_of(unit, unit.seller_id):
        market = MARKETPLACES[entered.marketplace_id]
        percent = income_tax_percent(market.country_code)
        if percent is None:
            continue
        tax = Money(_sold(unit, market.marketplace_id, begins, ends), market.currency).share(percent * _HUNDREDTH)
        if tax.minor <= 0:
            continue
        post(
            unit,
            NewEntry(
                kind=EntryKind.TAX_WITHHOLDING,
                source=f"income-tax:{market.country_code}:{begins:%Y-%m}",
                marketplace_id=market.marketplace_id,
                currency=market.currency,
                legs=(to_seller("IncomeTaxWithheld", -tax.minor),),
                detail=EntryDetail(description="Income Tax Charged", reason=f"{begins:%Y-%m}"),
            ),
        )


def _sold(unit: UnitOfWork, marketplace_id: str, begins: datetime, ends: datetime) -> int:
    entry, posting = ledger_entries.c, ledger_postings.c
    sums = (
        select(func.coalesce(func.sum(posting.amount_minor), 0))
        .join(ledger_entries, (entry.seller_id == posting.seller_id) & (entry.entry_id == posting.entry_id))
        .where(
            entry.seller_id == unit.seller_id,
            entry.posted_at >= begins,
            entry.posted_at < ends,
            entry.marketplace_id == marketplace_id,
            posting.component.in_(_OF_SALES),
        )
    )
    return -int(unit.execute(sums).scalar_one())
