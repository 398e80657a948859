"""What is wrong with listings: a row for each attribute that an issue names, or for the issue where it names none.

The columns are those that programs of sellers read. Assumed: an alert's type is whether something is missing or wrong,
its name the issue's category, or its code, and its status what was done to the listing. An issue is as old as the
listing's last change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sellingpartner.market.listings.telling import told
from sellingpartner.market.product_types.questions import Fault
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.listings.listings import CACHED, OPTIONS
from sellingpartner.market.reports.families.shelf import OnShelf, shelf
from sellingpartner.market.reports.kinds import Charset, Rows, report
from sellingpartner.market.reports.writing.columns import Columns, table
from sellingpartner.market.reports.writing.values import moment
from sellingpartner.storage.unit import UnitOfWork

_MISSING = "MISSING_"


class _Alert(NamedTuple):
    line: OnShelf
    fault: Fault
    attribute: str

    @property
    def category(self) -> str:
        return next(iter(self.fault.categories), "")


def _type(alert: _Alert) -> str:
    return "Missing" if alert.category.startswith(_MISSING) else "Invalid"


def _status(alert: _Alert) -> str:
    return next((_in_words(action) for action in alert.fault.actions), "Active")


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


_COLUMNS: Columns[_Alert] = {
    "sku": lambda alert: alert.line.record.sku,
    "product-name": lambda alert: alert.line.title,
    "asin": lambda alert: alert.line.record.asin or "",
    "field-name": lambda alert: alert.attribute,
    "alert-type": _type,
    "current-value": lambda alert: alert.line.text(alert.attribute) if alert.attribute else "",
    "last-updated": lambda alert: moment(alert.line.record.updated_at),
    "alert-name": lambda alert: _in_words(alert.category) or alert.fault.code,
    "status": _status,
    "explanation": lambda alert: alert.fault.message,
}


@report("GET_MERCHANT_LISTINGS_DEFECT_DATA", charset=Charset.LISTINGS, options=OPTIONS, repeats=CACHED)
def listing_quality(unit: UnitOfWork, asked: Asked) -> Rows:
    """Every issue of every listing in a marketplace."""
    return table(_COLUMNS, _alerts(unit, asked))


def _alerts(unit: UnitOfWork, asked: Asked) -> Iterator[_Alert]:
    for line in shelf(unit, asked):
        for issue in line.record.issues:
            fault = told(issue, line.record.marketplace_id, None)
            for attribute in fault.attribute_names or ("",):
                yield _Alert(line, fault, attribute)
