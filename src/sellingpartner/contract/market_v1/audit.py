"""The market's control API, v1: the audit of permissions, and its form as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get
from sellingpartner.contract.scopes import NONE

COLUMNS = ("number", "at", "what", "actor", "actorId", "address", "sellerId", "applicationId", "details")
"""The columns of the audit as CSV."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@")


class AuditEntry(Message, rename="camel"):
    """One thing that was done to a permission, or refused: what, by whom, from where, about whom."""

    number: int
    at: datetime
    what: str
    actor: str
    """What kind of being did it: user, application, operator or market."""
    actor_id: str | None = None
    address: str | None = None
    """The network address that it came from."""
    seller_id: str | None = None
    application_id: str | None = None
    details: dict[str, str]


class AuditEntries(Message):
    """A stretch of the audit."""

    entries: list[AuditEntry]
    next: int | None = None
    """The number to go on after; left out at the end."""


class ListAudit(Request[AuditEntries], rename="camel"):
    """List the audit of permissions, the oldest entry first: of a seller, of an application, of both, or all."""

    operation = get("/market/v1/audit", "listAudit", statuses=(200, 400, 403, 500, 503), scope=NONE)

    seller_id: str | None = None
    application_id: str | None = None
    after: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    """Only entries after this number; from the beginning unless said."""
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said."""


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the headings first. What a spreadsheet would take for a formula begins with a quote."""
    yield _line(COLUMNS)
    for one in entries:
        details = "; ".join(f"{name}={value}" for name, value in one.details.items())
        by = (one.actor, one.actor_id, one.address)
        yield _line(
            (str(one.number), f"{one.at:%Y-%m-%dT%H:%M:%SZ}", one.what, *by, one.seller_id, one.application_id, details)
        )


def _line(cells: Iterable[str | None]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_harmless(cell or "") for cell in cells])
    return line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
