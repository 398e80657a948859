"""Reports, feeds and Data Kiosk queries, from the request to what came of it: `client.reports.download` and its like.

`Document` is what comes back, `Row` and the classes in `known_rows` are what is in it; `failures` is what is raised.
"""

from __future__ import annotations

from sellingpartner.client.documents.document import Document
from sellingpartner.client.documents.failures import (
    CharsetWrong,
    DocumentDamaged,
    DocumentUnreachable,
    FeedCanceled,
    FeedFailed,
    FeedResultUnreadable,
    HeaderUnknown,
    QueryCanceled,
    QueryFailed,
    ReportCanceled,
    ReportFailed,
)
from sellingpartner.client.documents.feed_result import FeedMessage, FeedResult
from sellingpartner.client.documents.known_rows import FbaStock, Listing, OrderLine, SettlementLine
from sellingpartner.client.documents.progress import OnProgress, Progress
from sellingpartner.client.documents.row import Row

__all__ = [
    "CharsetWrong",
    "Document",
    "DocumentDamaged",
    "DocumentUnreachable",
    "FbaStock",
    "FeedCanceled",
    "FeedFailed",
    "FeedMessage",
    "FeedResult",
    "FeedResultUnreadable",
    "HeaderUnknown",
    "Listing",
    "OnProgress",
    "OrderLine",
    "Progress",
    "QueryCanceled",
    "QueryFailed",
    "ReportCanceled",
    "ReportFailed",
    "Row",
    "SettlementLine",
]
