"""Units at Amazon that nobody can buy, as no offer of a marketplace sells them: a row for each SKU, and what to do.

Assumed: a SKU is stranded since its listing changed last, as its offer ended then. No day of removal is said: nothing
is removed by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sellingpartner.market.inventory.model import Condition, Position
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.stranding import stranded_in
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.listings.listing_columns import INACTIVE, condition_of, status_of
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.families.stock.fba_stock import DAILY, words_of
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment, plain
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


# Assumed: the file has the columns of the inventory loader's template, which it was made for; sellers hand its listings
# in by other ways since Amazon removed that feed.
_LOADER: Columns[_Stranded] = {
    "sku": lambda one: one.position.sku,
    "product-id": lambda one: "" if one.listed is None else one.listed.record.asin or "",
    "product-id-type": lambda one: "1" if one.listed is not None and one.listed.record.asin else "",
    "price": lambda one: "" if one.listed is None else plain(one.listed.terms.regular_price),
    "minimum-seller-allowed-price": nothing,
    "maximum-seller-allowed-price": nothing,
    "item-condition": lambda one: "" if one.listed is None else condition_of(one.listed),
    "quantity": nothing,
    "add-delete": lambda _: "a",
    "will-ship-internationally": nothing,
    "expedited-shipping": nothing,
    "standard-plus": nothing,
    "item-note": lambda one: "" if one.listed is None else one.listed.text("condition_note"),
    "fulfillment-center-id": lambda one: "" if one.listed is None else one.listed.terms.channel_code or "",
}


@report("GET_STRANDED_INVENTORY_LOADER_DATA", repeats=DAILY)
def to_load(unit: UnitOfWork, asked: Asked) -> Rows:
    """The same SKUs, as a file that sellers fill in to list them again."""
    return table(_LOADER, _stranded(unit, asked))


@report("GET_STRANDED_INVENTORY_UI_DATA", repeats=DAILY)
def stranded(unit: UnitOfWork, asked: Asked) -> Rows:
    """What lies at Amazon without an offer that sells it in the marketplace."""
    return table(_COLUMNS, _stranded(unit, asked))


def _stranded(unit: UnitOfWork, asked: Asked) -> Iterator[_Stranded]:
    found = stranded_in(unit, asked.marketplace_id)
    while page := list(islice(found, _PAGE)):
        here = listed(unit, asked, [one.position.sku for one in page])
        for one in page:
            sku = one.position.sku
            yield _Stranded(one.position, fnsku_of(unit, sku), here.get(sku), one.why, one.error)
