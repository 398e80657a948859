"""`spapi audit`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_table
from sellingpartner.cli.shown.writing import Data
from sellingpartner.contract.market_v1 import AuditEntries, AuditEntry, ListAudit
from sellingpartner.contract.market_v1.audit import as_csv

_AT_ONCE = 1000


def audit(
    *,
    seller: str | None = None,
    application: str | None = None,
    after: int = 0,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List who changed which permission, when, and from where; the oldest first. The audit cannot be changed.

    Args:
        seller: Only what concerns this seller, by its id.
        application: Only what concerns this application, by its id.
        after: Only entries after this number.
        csv: Print CSV, for spreadsheets.
        to: Which market.
    """
    to = to or Connection()
    entries = _entries(to, ListAudit(seller_id=seller, application_id=application, after=after, limit=_AT_ONCE))
    if csv:
        for line in as_csv(entries):
            Data().write(line)
    elif to.json:
        print_json(AuditEntries(entries=list(entries)))
    else:
        print_table(
            ("No.", "Time", "What", "By", "From", "Seller", "Application", "Details"),
            [
                (one.number, one.at, one.what, _by(one), one.address, one.seller_id, one.application_id, _details(one))
                for one in entries
            ],
            empty="Nothing of this has been done to a permission yet."
            if seller or application or after
            else "Nothing has been done to a permission yet.",
        )


def _entries(to: Connection, asked: ListAudit) -> Iterator[AuditEntry]:
    """Every entry, stretch by stretch."""
    while True:
        answer = to.send(asked)
        yield from answer.entries
        if answer.next is None:
            return
        asked = ListAudit(
            seller_id=asked.seller_id, application_id=asked.application_id, after=answer.next, limit=_AT_ONCE
        )


def _by(entry: AuditEntry) -> str:
    return entry.actor_id or entry.actor


def _details(entry: AuditEntry) -> str:
    return ", ".join(f"{name} {value}" for name, value in entry.details.items())
