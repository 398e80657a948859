"""The audit as a file: everything that is somebody's to see, as CSV or as lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.contract.market_v1.audit import as_csv
from sellingpartner.market.accounts.audit import MOST_AT_ONCE, AuditEntry, entries
from sellingpartner.market.accounts.model import User
from sellingpartner.market.accounts.questions import applications_of
from sellingpartner.server.console import places
from sellingpartner.server.console.history import without_strangers
from sellingpartner.server.console.rendering import download
from sellingpartner.server.console.troubles import Trouble
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.control.access.audit import shown
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork


def csv_file(visit: Visit) -> HttpAnswer:
    """A table with a head, as spreadsheets read it."""
    lines = as_csv(shown(entry) for entry in _found(visit))
    return download("audit.csv", "text/csv; charset=utf-8", "".join(lines).encode())


def json_lines(visit: Visit) -> HttpAnswer:
    """An object a line."""
    lines = [msgspec.json.encode(shown(entry)) + b"\n" for entry in _found(visit)]
    return download("audit.jsonl", "application/x-ndjson", b"".join(lines))


def _found(visit: Visit) -> list[AuditEntry]:
    with visit.market.write() as unit:
        user = visit.enter(unit, places.CONSOLE)
        part = visit.query.one("of") or ("developer" if user.seller_id is None else "seller")
        if part == "developer" and user.developer_id is not None:
            mine = [one.application_id for one in applications_of(unit, user.developer_id)]
            found = [entry for application_id in mine for entry in _all(unit, application_id=application_id)]
            return without_strangers(sorted(found, key=lambda entry: entry.number), user)
        if part == "seller" and user.seller_id is not None:
            return list(_all(unit, seller_id=user.seller_id))
    raise _not_theirs(user)


def _all(unit: UnitOfWork, *, seller_id: str | None = None, application_id: str | None = None) -> Iterator[AuditEntry]:
    after = 0
    while batch := entries(unit, seller_id=seller_id, application_id=application_id, after=after, limit=MOST_AT_ONCE):
        yield from batch
        after = batch[-1].number


def _not_theirs(user: User) -> Trouble:
    return Trouble(
        403,
        "This is not yours to see",
        f"{user.email} acts for no such part.",
        code="NotYours",
        fix="Ask for /console/audit.csv?of=seller or ?of=developer, whichever you are.",
    )
