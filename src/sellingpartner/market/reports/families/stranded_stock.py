"""Units at Amazon that nobody can buy, as no offer of a marketplace sells them: a row for each SKU, and what to do.

Assumed: a SKU is stranded since its listing changed last, as its offer ended then. No day of removal is said: nothing
is removed by itself. Why it is stranded is said in plain words: Amazon has not published its list of reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sellingpartner.market.inventory.model import Condition, Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import ListingStatus
from sellingpartner.market.listings.questions import skus_listed
from sellingpartner.market.listings.telling import told
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.fba_stock import DAILY, words_of
from sellingpartner.market.reports.families.listing_columns import INACTIVE, status_of
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_RELIST, _CHANGE = "Relist", "Change to Fulfilled by Amazon"


class _Stranded(NamedTuple):
    position: Position
    fnsku: str
    listed: Listed | None
    """Its listing in the marketplace; none once that was deleted."""
    why: str
    error: str


_COLUMNS: Columns[_Stranded] = {
    "primary-action": lambda one: _CHANGE if one.listed is not None and not one.listed.is_amazons else _RELIST,
    "date-stranded": lambda one: "" if one.listed is None else moment(one.listed.record.updated_at),
    "Date-to-take-auto-removal": nothing,
    "status-primary": lambda one: INACTIVE if one.listed is None else status_of(one.listed),
    "status-secondary": lambda one: one.why,
    "error-message": lambda one: one.error,
    "stranded-reason": lambda one: one.why,
    "asin": lambda one: "" if one.listed is None else one.listed.record.asin or "",
    "sku": lambda one: one.position.sku,
    "fnsku": lambda one: one.fnsku,
    "product-name": lambda one: "" if one.listed is None else one.listed.title,
    "condition": lambda one: "" if one.listed is None else words_of(one.listed),
    "fulfilled-by": lambda one: "Amazon" if one.listed is None or one.listed.is_amazons else "Merchant",
    "fulfillable-qty": lambda one: str(one.position.fulfillable),
    "your-price": lambda one: "" if one.listed is None else amount(one.listed.terms.regular_price),
    "unfulfillable-qty": lambda one: str(one.position.unsellable),
    "reserved-quantity": lambda one: str(one.position.set_aside),
    "inbound-shipped-qty": lambda one: str(one.position.of(Condition.INBOUND_SHIPPED)),
}


@report("GET_STRANDED_INVENTORY_UI_DATA", repeats=DAILY)
def stranded(unit: UnitOfWork, asked: Asked) -> Rows:
    """What lies at Amazon without an offer that sells it in the marketplace.

    Assumed: a SKU that is listed in other marketplaces alone is not stranded in this one.
    """
    return table(_COLUMNS, _stranded(unit, asked))


def _stranded(unit: UnitOfWork, asked: Asked) -> Iterator[_Stranded]:
    after = ""
    while page := positions_at(unit, Place.FBA, after=after, limit=_PAGE):
        there = [one for one in page if one.total > one.to_come]
        skus = [one.sku for one in there]
        here, anywhere = listed(unit, asked, skus), skus_listed(unit, skus)
        for position in there:
            line = here.get(position.sku)
            if line is None and position.sku in anywhere:
                continue
            why, error = _why(line)
            if why:
                yield _Stranded(position, fnsku_of(unit, position.sku), line, why, error)
        after = page[-1].sku


def _why(line: Listed | None) -> tuple[str, str]:
    """Why nobody can buy it, and what is said of that; nothing where somebody can."""
    if line is None:
        return "Listing deleted", ""
    record = line.record
    if not line.is_amazons:
        return "Listing is fulfilled by the seller", ""
    if record.status == ListingStatus.ACTIVE.value:
        return "", ""
    if record.is_closed:
        return "Listing closed", ""
    faults = [told(issue, record.marketplace_id, None) for issue in record.issues]
    blocking = next((fault for fault in faults if fault.blocks), None)
    if blocking is not None:
        return "Listing blocked", blocking.message
    return ("Pricing missing" if record.price_minor is None else "Offer not open"), ""
