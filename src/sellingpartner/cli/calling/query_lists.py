"""`spapi query list` and `show`: Data Kiosk queries of a market of one's own, without a token."""

from __future__ import annotations

from sellingpartner.cli.parameters import JobStatus
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.contract.market_v1 import ListMarketQueries, MarketQuery, ShowQuery

_COLUMNS = ("Query", "Of", "Status", "Asked", "Ended", "Rows", "Seller")


def list_queries(
    *, seller: str | None = None, status: JobStatus | None = None, limit: int = 100, to: Connection | None = None
) -> None:
    """List the Data Kiosk queries of a market of your own, those first that were asked last.

    Args:
        seller: Only this seller's, by its id.
        status: Only those that stand so.
        limit: How many at most.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListMarketQueries(seller_id=seller, status=status, limit=limit))
    if to.json:
        print_json(answer)
        return
    print_table(_COLUMNS, map(_row, answer.queries), empty="No query has been asked.")


def show_query(query_id: str, /, *, rows: int = 20, seller: str | None = None, to: Connection | None = None) -> None:
    """Show a Data Kiosk query of a market of your own, and how its document begins.

    Args:
        query_id: Its id.
        rows: How many lines of its document.
        seller: Whose it is, where several sellers have one of this number.
        to: Which market.
    """
    to = to or Connection()
    shown = to.send(ShowQuery(query_id=query_id, seller_id=seller, lines=rows))
    if to.json:
        print_json(shown)
        return
    query = shown.query
    facts: list[tuple[str, object]] = [
        ("Query", query.query_id),
        ("Of", query.dataset),
        ("Status", query.status),
        ("Seller", query.seller_id),
        ("Asked", f"{query.created_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Text", shown.text),
    ]
    if query.ended_at is not None:
        facts.append(("Ended", f"{query.ended_at:%Y-%m-%d %H:%M:%S} UTC"))
    if query.document_id is not None:
        facts.append(("Document", query.document_id))
        content = f"{shown.content_type}, {query.rows or 0:,} rows, {shown.bytes or 0:,} bytes"
        facts.append(("Content", "it is kept no more" if shown.content_type is None else content))
    print_facts(facts)
    for line in shown.lines or ():
        print_line(line)


def _row(query: MarketQuery) -> tuple[object, ...]:
    return (
        query.query_id,
        query.dataset,
        query.status,
        query.created_at,
        query.ended_at,
        query.rows,
        query.seller_id,
    )
