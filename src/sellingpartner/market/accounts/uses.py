"""Uses: which of its scopes an application has used for a seller, and what it called, summed up from the log of calls.

The log itself forgets; these sums do not, so that "never used" means never. A scope is used by a call that needed it
and was let through to an operation that is built, whatever came of it then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, Table, select

from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.calls import Call
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_USED_NOTHING = frozenset({401, 403, 501})
"""The answers to a call that was not let in, and to one of which nothing is built that could have used a scope."""

_scopes, _operations = tables.scope_uses, tables.operation_uses
_OPERATION_KEY = tuple(column.name for column in _operations.primary_key)
_SCOPE_KEY = tuple(column.name for column in _scopes.primary_key)


class ScopeUse(msgspec.Struct, frozen=True, kw_only=True):
    """That an application used a scope for a seller."""

    seller_id: str
    application_id: str
    scope: str
    first_used_at: datetime
    last_used_at: datetime
    calls: int


class OperationUse(msgspec.Struct, frozen=True, kw_only=True):
    """That an application called an operation for a seller, or (without one) for itself."""

    seller_id: str
    application_id: str
    operation: str
    api: str
    calls: int
    refused: int
    last_at: datetime


_add_to_scope = Prepared(
    upsert(
        _scopes,
        lambda offered: {
            "last_used_at": offered.last_used_at,
            "calls": _scopes.c.calls + offered.calls,
        },
    )
)
_add_to_operation = Prepared(
    upsert(
        _operations,
        lambda offered: {
            "calls": _operations.c.calls + offered.calls,
            "refused": _operations.c.refused + offered.refused,
            "last_at": offered.last_at,
        },
    )
)


def record_uses(unit: UnitOfWork, calls: Iterable[Call]) -> None:
    """Add what calls have used to the sums: a row for each scope and operation, however many calls there are."""
    of_scopes: dict[tuple[str, ...], list[Call]] = {}
    of_operations: dict[tuple[str, ...], list[Call]] = {}
    for call in calls:
        if not call.application_id or not call.operation:
            continue
        seller_id, application_id = call.seller_id, call.application_id
        of_operations.setdefault((seller_id, application_id, call.operation, call.api), []).append(call)
        if seller_id and call.scope in SCOPES and call.status not in _USED_NOTHING:
            of_scopes.setdefault((seller_id, application_id, call.scope), []).append(call)
    # In the order of the keys: of two nodes that write the same rows, none waits in vain.
    _add_to_scope.run_many(
        unit.connection,
        [
            {"first_used_at": same[0].at, "last_used_at": same[-1].at, "calls": len(same)}
            | dict(zip(_SCOPE_KEY, key, strict=True))
            for key, same in sorted(of_scopes.items())
        ],
    )
    _add_to_operation.run_many(
        unit.connection,
        [
            {"calls": len(same), "refused": sum(bool(call.code) for call in same), "last_at": same[-1].at}
            | dict(zip(_OPERATION_KEY, key, strict=True))
            for key, same in sorted(of_operations.items())
        ],
    )


def scope_uses(unit: UnitOfWork, *, seller_id: str | None = None, application_id: str | None = None) -> list[ScopeUse]:
    """Which scopes were used: for a seller, by an application, by both, or all."""
    wanted = _of(select(_scopes), _scopes, seller_id, application_id)
    return [ScopeUse(**row._mapping) for row in unit.execute(wanted)]


def operation_uses(
    unit: UnitOfWork, *, seller_id: str | None = None, application_id: str | None = None
) -> list[OperationUse]:
    """Which operations were called: for a seller, by an application, by both, or all."""
    wanted = _of(select(_operations), _operations, seller_id, application_id)
    return [OperationUse(**row._mapping) for row in unit.execute(wanted)]


def _of(wanted: Select[Any], table: Table, seller_id: str | None, application_id: str | None) -> Select[Any]:
    if seller_id is not None:
        wanted = wanted.where(table.c.seller_id == seller_id)
    if application_id is not None:
        wanted = wanted.where(table.c.application_id == application_id)
    return wanted.order_by(*table.primary_key)
