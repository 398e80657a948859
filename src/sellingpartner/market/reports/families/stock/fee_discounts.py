"""Referral fees that are lower at a lower price: what each offer would save, and from which price on.

Assumed: this is what Amazon sums up as a seller's fee discounts; its documents name the report and not its columns,
which a public reader of it lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.questions import NotEstimated, cheaper_price, estimate
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.stock.fee_previews import Priced, priced_lines
from sellingpartner.market.reports.kinds import Repeats, Rows, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount
from sellingpartner.storage.unit import UnitOfWork

_DAILY = Repeats(minutes=24 * 60, same_document=True)


class _Discount(NamedTuple):
    priced: Priced
    target: Money
    now: Money
    then: Money
    """The referral fee at its price, and at the target price."""


_COLUMNS: Columns[_Discount] = {
    "Promotion type": lambda _: "Price",
    "Marketplace": lambda one: MARKETPLACES[one.priced.line.record.marketplace_id].name,
    "ASIN": lambda one: one.priced.line.record.asin or "",
    "SKU": lambda one: one.priced.line.record.sku,
    "Product name": lambda one: one.priced.line.title,
    "Current price": lambda one: amount(one.priced.sale.price),
    "Referral Fee at current price": lambda one: amount(one.now),
    "Target price": lambda one: amount(one.target),
    "Referral Fee at target price": lambda one: amount(one.then),
    "Discount amount": lambda one: amount(one.now - one.then),
    "Discount type": lambda _: "Referral fee",
    # Differs: a lower rate holds until the table of fees changes, so that no days are named.
    "Discount start date": nothing,
    "Discount end date": nothing,
    # Differs: discounts of fees are told without the price of the featured offer.
    "Buy Box price": nothing,
    "Description": lambda one: f"At {one.target} or less the category's referral fee is lower.",
}


@report("FEE_DISCOUNTS_REPORT", repeats=_DAILY)
def fee_discounts(unit: UnitOfWork, asked: Asked) -> Rows:
    """Offers in the order of SKU whose category takes a smaller part of lower prices."""
    return table(_COLUMNS, _discounts(unit, asked))


def _discounts(unit: UnitOfWork, asked: Asked) -> Iterator[_Discount]:
    for priced in priced_lines(unit, asked, with_fulfillment=False):
        target = cheaper_price(priced.sale, asked.at)
        if target is None:
            continue
        try:
            then = estimate(msgspec.structs.replace(priced.sale, price=target), asked.at)
        except NotEstimated:
            continue
        yield _Discount(priced, target, priced.fees.fees[0].final, then.fees[0].final)
