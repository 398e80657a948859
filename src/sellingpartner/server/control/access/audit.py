"""The audit of permissions."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts.audit import AuditEntry, entries
from sellingpartner.server.control.access.grants import check_named
from sellingpartner.server.control.desk import Desk

_AT_ONCE = 100


def list_audit(desk: Desk, request: v1.ListAudit) -> v1.AuditEntries:
    """The entries of a seller, of an application, of both, or all, from a number on."""
    limit = request.limit or _AT_ONCE
    with desk.market.read() as unit:
        check_named(unit, request.seller_id, request.application_id)
        found = entries(
            unit,
            seller_id=request.seller_id,
            application_id=request.application_id,
            after=request.after or 0,
            limit=limit,
        )
    return v1.AuditEntries(
        entries=[shown(entry) for entry in found], next=found[-1].number if len(found) == limit else None
    )


def shown(entry: AuditEntry) -> v1.AuditEntry:
    """An entry as it is shown and exported."""
    return v1.AuditEntry(
        number=entry.number,
        at=entry.at,
        what=entry.what,
        actor=entry.by.kind.value,
        actor_id=entry.by.id or None,
        address=entry.by.address or None,
        seller_id=entry.seller_id or None,
        application_id=entry.application_id or None,
        details=entry.details,
    )
