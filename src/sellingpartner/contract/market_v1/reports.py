"""The market's control API, v1: reports of all sellers, and how their documents begin."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)


class MarketReport(Message, rename="camel"):
    """A report, how it stands, and how large it is."""

    seller_id: str
    report_id: str
    report_type: str
    status: str
    made_by: str
    """SELLER, or AMAZON by itself."""
    created_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    report_schedule_id: str | None = None
    report_document_id: str | None = None
    rows: int | None = None


class MarketReports(Message, rename="camel"):
    """Reports, those first that were asked for last."""

    reports: list[MarketReport]


class ReportShown(Message, rename="camel"):
    """A report with what was asked for, and how its document begins."""

    report: MarketReport
    marketplace_ids: list[str]
    options: dict[str, str]
    data_start_time: datetime
    data_end_time: datetime
    content_type: str | None = None
    bytes: int | None = None
    """How many bytes are kept, packed or not."""
    lines: list[str] | None = None
    """The first lines; left out where there is no text."""


class ListMarketReports(Request[MarketReports], rename="camel"):
    """List reports of all sellers or of one, those first that were asked for last."""

    operation = get("/market/v1/reports", "listMarketReports", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    report_type: str | None = None
    status: str | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said."""


class ShowReport(Request[ReportShown], rename="camel"):
    """Show a report and how its document begins, before it has ended too, and without any token."""

    operation = get("/market/v1/reports/{reportId}", "showReport", statuses=(*_READS, 404), scope=NONE)

    report_id: str
    seller_id: str | None = None
    """Whose it is, where several sellers have one of this number."""
    lines: Annotated[int, Meta(ge=0, le=1000)] | None = None
    """How many lines of it; 20 unless said."""


class MakeReportSpecification(Message, rename="camel"):
    """What is made, as if its seller had clicked in Seller Central."""

    report_type: str
    seller_id: str | None = None
    marketplace_id: str | None = None
    data_start_time: datetime | None = None
    data_end_time: datetime | None = None


class MakeReport(Request[MarketReport], rename="camel"):
    """Have a report made as a seller does in Seller Central: of types, too, that no operation asks for."""

    operation = post(
        "/market/v1/reports",
        "makeReport",
        status=202,
        statuses=(202, 400, 403, 404, 413, 415, 500, 503),
        body=MakeReportSpecification,
        scope=NONE,
    )

    report_type: str
    seller_id: str | None = None
    """Whose; the first seller's unless said."""
    marketplace_id: str | None = None
    """Of which of its marketplaces; its first one's unless said."""
    data_start_time: datetime | None = None
    data_end_time: datetime | None = None
