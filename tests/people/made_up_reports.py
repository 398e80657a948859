"""Kinds of reports that no family makes, for what holds of every kind: each does what a test wants of it."""

from __future__ import annotations

import os
import signal

from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Empty, Repeats, ReportUnavailable, Rows, Tree, Whole, report
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

SCHEDULED = "RFQD_BULK_DOWNLOAD"
RESTRICTED = "GET_FLAT_FILE_ORDERS_RECONCILIATION_DATA_SHIPPING"
RARE = "GET_EXCESS_INVENTORY_DATA"
SAME_AGAIN = "GET_FBA_UNO_INVENTORY_DATA"
UNAVAILABLE = "GET_FBA_INVENTORY_AGED_DATA"
BROKEN = "GET_FBA_SNS_FORECAST_DATA"
NOTHING_IS_FATAL = "GET_BRAND_ANALYTICS_ITEM_COMPARISON_REPORT"
OF_XML = "GET_XML_MFN_SKU_RETURN_ATTRIBUTE_FEED_RECORDS_REPORT"
WITH_OPTIONS = "GET_PRODUCT_EXCHANGE_DATA"

LONG = "GET_FBA_SNS_PERFORMANCE_DATA"

attempts: list[str] = []


@report(SCHEDULED)
def told_of_its_period(_: UnitOfWork, asked: Asked) -> Rows:
    """A sheet whose only row says what it was asked for."""
    return Rows(("start", "end"), [(asked.start.isoformat(), asked.end.isoformat())])


@report(RESTRICTED)
@report(RARE, repeats=Repeats(minutes=30))
@report(SAME_AGAIN, repeats=Repeats(minutes=60, same_document=True))
@report(WITH_OPTIONS, days_kept=2, options={"custom": ("true", "false"), "note": None})
def one_row(_: UnitOfWork, asked: Asked) -> Rows:
    """A table of one row."""
    return Rows(("type", "note"), [(asked.report_type, asked.options.get("note", "ok"))])


@report(UNAVAILABLE)
def unavailable(_: UnitOfWork, asked: Asked) -> Rows:
    """Nothing, and why."""
    raise ReportUnavailable(f"{asked.report_type} is not for today")


@report(BROKEN)
def broken(_: UnitOfWork, asked: Asked) -> Rows:
    """A defect."""
    attempts.append(asked.report_id)
    raise ZeroDivisionError


@report(NOTHING_IS_FATAL, empty=Empty.FATAL)
def nothing(_: UnitOfWork, __: Asked) -> Whole:
    """Nothing."""
    return Whole(None)


@report(OF_XML)
def tree(_: UnitOfWork, __: Asked) -> Tree:
    """Two elements, of which one says what has to be escaped."""
    said = (element("Row", element("Text", "a < b & \x0b\u00e4"), number="1"), element("Row", None, number="2"))
    return Tree("Rows", said, {"kind": "made up"})


@report(LONG)
def many_rows(_: UnitOfWork, __: Asked) -> Rows:
    """Rows without end in sight; where the environment says so, its process dies in the middle of them."""
    return Rows(("number", "text"), (_dying(number) for number in range(30_000)))


def _dying(number: int) -> tuple[str, str]:
    if number == 20_000 and os.environ.get("DIE_IN_THE_MIDDLE"):
        os.kill(os.getpid(), signal.SIGKILL)
    return str(number), "x" * 50
