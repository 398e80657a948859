"""Listings that buyers do not find: a row for each thing that has to be put right.

Assumed: the reason is said in the words that sellers report for what is missing; for all else the issue's category is
said. The day is the one of the listing's last change, as it is then that it was hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sellingpartner.market.listings.model import Issue
from sellingpartner.market.listings.telling import told
from sellingpartner.market.product_types.questions import Fault
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.listings.listing_columns import condition_of
from sellingpartner.market.reports.families.listings.listings import CACHED, OPTIONS
from sellingpartner.market.reports.families.shelf import OnShelf, shelf
from sellingpartner.market.reports.kinds import Charset, Rows, report
from sellingpartner.market.reports.writing.columns import Columns, table
from sellingpartner.storage.unit import UnitOfWork

_REASONS = {"MISSING_ATTRIBUTE": "Missing info"}
_HIDES = frozenset({"SEARCH_SUPPRESSED", "LISTING_SUPPRESSED", "CATALOG_ITEM_REMOVED"})


class _Hidden(NamedTuple):
    line: OnShelf
    fault: Fault


def _reason(hidden: _Hidden) -> str:
    category = next(iter(hidden.fault.categories), "")
    return _REASONS.get(category, category.replace("_", " ").capitalize())


_COLUMNS: Columns[_Hidden] = {
    "Status": lambda _: "Search Suppressed",
    "Reason": _reason,
    "SKU": lambda hidden: hidden.line.record.sku,
    "ASIN": lambda hidden: hidden.line.record.asin or "",
    "Product name": lambda hidden: hidden.line.title,
    "Condition": lambda hidden: condition_of(hidden.line),
    "Status Change Date": lambda hidden: f"{hidden.line.record.updated_at:%b %d, %Y}",
    "Issue Description": lambda hidden: hidden.fault.message,
}


@report("GET_MERCHANTS_LISTINGS_FYP_REPORT", charset=Charset.LISTINGS, options=OPTIONS, repeats=CACHED)
def suppressed_listings(unit: UnitOfWork, asked: Asked) -> Rows:
    """What is hidden from buyers, and why."""
    return table(_COLUMNS, _hidden(unit, asked))


def _hidden(unit: UnitOfWork, asked: Asked) -> Iterator[_Hidden]:
    for line in shelf(unit, asked):
        if not line.record.is_discoverable:
            for fault in _faults(line, line.record.issues):
                yield _Hidden(line, fault)


def _faults(line: OnShelf, issues: tuple[Issue, ...]) -> list[Fault]:
    faults = [told(issue, line.record.marketplace_id, None) for issue in issues]
    return [fault for fault in faults if _HIDES.intersection(fault.actions) or not fault.actions]
