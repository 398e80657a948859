"""`spapi report list` and `show`: reports of a market of one's own, without a token."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.asked.completing import report_type_words
from sellingpartner.cli.parameters import JobStatus
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.moments import day_or_time
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_meant
from sellingpartner.contract.market_v1 import ListMarketReports, MakeReport, MarketReport, ShowReport

_COLUMNS = ("Report", "Type", "Status", "Asked for", "Ended", "Rows", "By", "Seller")


def list_reports(
    *,
    seller: str | None = None,
    report_type: Annotated[str | None, Parameter(completer=report_type_words)] = None,
    status: JobStatus | None = None,
    limit: int = 100,
    to: Connection | None = None,
) -> None:
    """List the reports of a market of your own, those first that were asked for last.

    Args:
        seller: Only this seller's, by its id.
        report_type: Only those of a type.
        status: Only those that stand so.
        limit: How many at most.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListMarketReports(seller_id=seller, report_type=report_type, status=status, limit=limit))
    if to.json:
        print_json(answer)
        return
    print_table(_COLUMNS, map(_row, answer.reports), empty="No report has been asked for.")


def make_report(
    report_type: Annotated[str, Parameter(completer=report_type_words)],
    /,
    *,
    since: str | None = None,
    until: str | None = None,
    seller: str | None = None,
    marketplace: Marketplace = None,
    to: Connection | None = None,
) -> None:
    """Have a report made, of a type, too, that no operation asks for: as a seller does in Seller Central.

    Args:
        report_type: Its type, such as GET_FLAT_FILE_SALES_TAX_DATA.
        since: From when: a date or a time, UTC unless it says its zone.
        until: Until when.
        seller: Whose, by its id; the first seller's unless said.
        marketplace: Of which of its marketplaces, by country (US) or id; its first one's unless said.
        to: Which market.
    """
    to = to or Connection()
    asked = MakeReport(
        report_type=report_type,
        seller_id=seller,
        marketplace_id=marketplace_meant(marketplace),
        data_start_time=None if since is None else day_or_time(since, "--since"),
        data_end_time=None if until is None else day_or_time(until, "--until"),
    )
    made = to.send(asked)
    if to.json:
        print_json(made)
        return
    print_line(f"{made.report_id} is in the queue.")


def show_report(report_id: str, /, *, rows: int = 20, seller: str | None = None, to: Connection | None = None) -> None:
    """Show a report of a market of your own, and how its document begins.

    Args:
        report_id: Its id.
        rows: How many lines of its document.
        seller: Whose it is, where several sellers have one of this number.
        to: Which market.
    """
    to = to or Connection()
    shown = to.send(ShowReport(report_id=report_id, seller_id=seller, lines=rows))
    if to.json:
        print_json(shown)
        return
    report = shown.report
    facts: list[tuple[str, object]] = [
        ("Report", report.report_id),
        ("Type", report.report_type),
        ("Status", report.status),
        ("Seller", report.seller_id),
        ("Marketplaces", ", ".join(shown.marketplace_ids)),
        ("About", f"{shown.data_start_time:%Y-%m-%d %H:%M:%S} to {shown.data_end_time:%Y-%m-%d %H:%M:%S} UTC"),
        ("Asked for", f"{report.created_at:%Y-%m-%d %H:%M:%S} UTC"),
    ]
    facts += (("Option", f"{name}={value}") for name, value in shown.options.items())
    if report.ended_at is not None:
        facts.append(("Ended", f"{report.ended_at:%Y-%m-%d %H:%M:%S} UTC"))
    if report.report_document_id is not None:
        facts.append(("Document", report.report_document_id))
        content = f"{shown.content_type}, {report.rows or 0:,} rows, {shown.bytes or 0:,} bytes"
        facts.append(("Content", "it is kept no more" if shown.content_type is None else content))
    print_facts(facts)
    for line in shown.lines or ():
        print_line(line)


def _row(report: MarketReport) -> tuple[object, ...]:
    return (
        report.report_id,
        report.report_type,
        report.status,
        report.created_at,
        report.ended_at,
        report.rows,
        report.made_by,
        report.seller_id,
    )
