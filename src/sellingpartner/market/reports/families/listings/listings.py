"""Reports on listings: a row for each SKU in a marketplace that the report is about, or that was deleted there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sellingpartner.market.listings.model import ListingStatus
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.listings.listing_columns import (
    ACTIVE,
    BUSINESS,
    INACTIVE,
    PLAIN,
    PROGRESSIVE,
    SHIPPING_GROUP,
    price_of,
    quantity_of,
    speaks_to_business,
    status_of,
)
from sellingpartner.market.reports.families.listings.listing_headers import LOCALE, table_in_its_language
from sellingpartner.market.reports.families.shelf import OnShelf, canceled_shelf, shelf
from sellingpartner.market.reports.kinds import Charset, Repeats, Rows, report
from sellingpartner.market.reports.writing.columns import Columns
from sellingpartner.market.reports.writing.values import amount
from sellingpartner.storage.unit import UnitOfWork

# Assumed: a seller has not chosen columns of its own, so that a custom report is as any other.
OPTIONS = {"custom": ("true", "false"), LOCALE: None}
CACHED = Repeats(minutes=60, same_document=True)
"""Assumed: a report is kept for one hour; Amazon says for 1 to 6, by how many listings there are."""


def _is_open(line: OnShelf) -> bool:
    return line.record.status == ListingStatus.ACTIVE.value


def _is_active(line: OnShelf) -> bool:
    return status_of(line) == ACTIVE


def _is_stocked(line: OnShelf) -> bool:
    """Amazon's own stock is not told in these reports, so what Amazon ships is not in them."""
    return _is_open(line) and not line.is_amazons and line.stock.available > 0


class Form(NamedTuple):
    """What a report on listings is about, and what it says."""

    is_told: Callable[[OnShelf], bool]
    columns: Columns[OnShelf]
    of_business: Columns[OnShelf] | None = None
    """What it says in place of that to a seller with offers for businesses."""


_WITHOUT_CHANNEL = {name: cell for name, cell in PLAIN.items() if name != "fulfillment-channel"}
_SHORT: Columns[OnShelf] = {
    "sku": lambda line: line.record.sku,
    "asin": lambda line: line.record.asin or "",
    "price": lambda line: amount(line.terms.regular_price),
    "quantity": quantity_of,
}
_LITE: Columns[OnShelf] = {
    "seller-sku": lambda line: line.record.sku,
    "quantity": quantity_of,
    "price": price_of,
    "product-id": lambda line: line.record.asin or "",
}
_FOR_BUSINESS: Columns[OnShelf] = {**BUSINESS, **SHIPPING_GROUP, **PROGRESSIVE}

FORMS = {
    "GET_MERCHANT_LISTINGS_ALL_DATA": Form(lambda _: True, {**PLAIN, **SHIPPING_GROUP, "status": status_of}),
    "GET_MERCHANT_LISTINGS_DATA": Form(_is_active, {**PLAIN, **SHIPPING_GROUP}, of_business={**PLAIN, **_FOR_BUSINESS}),
    "GET_MERCHANT_LISTINGS_INACTIVE_DATA": Form(lambda line: status_of(line) == INACTIVE, {**PLAIN, **SHIPPING_GROUP}),
    "GET_MERCHANT_LISTINGS_DATA_BACK_COMPAT": Form(
        _is_active,
        {**_WITHOUT_CHANNEL, **SHIPPING_GROUP},
        of_business={**_WITHOUT_CHANNEL, **_FOR_BUSINESS},
    ),
    "GET_MERCHANT_LISTINGS_DATA_LITE": Form(_is_stocked, _LITE, of_business={**_LITE, **BUSINESS, **PROGRESSIVE}),
    "GET_MERCHANT_LISTINGS_DATA_LITER": Form(_is_stocked, {name: _LITE[name] for name in ("seller-sku", "quantity")}),
    "GET_FLAT_FILE_OPEN_LISTINGS_DATA": Form(_is_open, _SHORT, of_business={**_SHORT, **BUSINESS, **PROGRESSIVE}),
}


def listings(unit: UnitOfWork, asked: Asked) -> Rows:
    """Listings as a type tells them; of several marketplaces the first."""
    form = FORMS[asked.report_type]
    columns = form.columns
    if form.of_business is not None and any(speaks_to_business(line) for line in shelf(unit, asked)):
        columns = form.of_business
    told = (line for line in shelf(unit, asked) if form.is_told(line))
    return table_in_its_language(columns, told, asked)


_LEFT_OUT = ("listing-id", "open-date", "bid-for-featured-placement", "pending-quantity", "fulfillment-channel")
_CANCELED: Columns[OnShelf] = {
    **{name: cell for name, cell in PLAIN.items() if name not in _LEFT_OUT},
    **_FOR_BUSINESS,
}


@report("GET_MERCHANT_CANCELLED_LISTINGS_DATA", charset=Charset.LISTINGS, options=OPTIONS, repeats=CACHED)
def canceled(unit: UnitOfWork, asked: Asked) -> Rows:
    """Listings that were deleted, as they were last; what is listed anew is none of them.

    Assumed: they are told whenever they were deleted; Amazon does not say for how long it tells them.
    """
    return table_in_its_language(_CANCELED, canceled_shelf(unit, asked), asked)


for _name in FORMS:
    report(_name, charset=Charset.LISTINGS, options=OPTIONS, repeats=CACHED)(listings)
