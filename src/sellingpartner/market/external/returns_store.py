"""What comes back to locations, to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from sellingpartner.market.external.refusals import NoSuchThing
from sellingpartner.market.external.returned import ExternalReturn
from sellingpartner.market.external.tables import external_returns
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime, str]
"""Where in a list a return stands: when it was made, and its id."""


_returns = DocumentRows(external_returns, "external_return_id", ExternalReturn)


class ReturnFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which returns a list holds. Bounds are exclusive, as the API's words `after` and `before` are."""

    returns_to: str | None = None
    rma_id: str | None = None
    status: str | None = None
    tracking_id: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None


class ReturnPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some returns of a list, and after which key the next page begins."""

    returns: list[ExternalReturn] = []
    next_key: Key | None = None


def find_return(unit: UnitOfWork, external_return_id: str) -> ExternalReturn:
    """A return to look at; raises `NoSuchThing`."""
    return _there(_returns.find(unit, external_return_id), external_return_id)


def load_return(unit: UnitOfWork, external_return_id: str) -> ExternalReturn:
    """A return to change; raises `NoSuchThing`."""
    return _there(_returns.hold(unit, external_return_id), external_return_id)


def returns_of_order(unit: UnitOfWork, order_id: str, rma_id: str | None = None) -> list[ExternalReturn]:
    """The returns of an order, or those of one of its returns, the oldest first."""
    found = _returns.alike(unit, "order_id", order_id, to_change=True)
    wanted = (one for one in found if rma_id in {None, one.rma_id})
    return sorted(wanted, key=lambda one: (one.created_at, one.external_return_id))


def insert_return(unit: UnitOfWork, one: ExternalReturn) -> None:
    """Keep a return for the first time."""
    _returns.insert(
        unit,
        external_return_id=one.external_return_id,
        order_id=one.order_id,
        supply_source_id=one.returns_to,
        rma_id=one.rma_id,
        tracking_id=one.backward.tracking_id,
        status=one.status.value,
        created_at=one.created_at,
        updated_at=one.updated_at,
        document=one,
    )


def save_return(unit: UnitOfWork, one: ExternalReturn) -> None:
    """Keep a return that has changed."""
    changed = {"status": one.status.value, "updated_at": one.updated_at, "document": one}
    _returns.change(unit, one.external_return_id, **changed)


def page_of_returns(
    unit: UnitOfWork, wanted: ReturnFilter, after_key: Key | None = None, limit: int = 10
) -> ReturnPage:
    """One page of a list, the oldest return first; `after_key` is the key that the page before ended with."""
    at = external_returns.c
    conditions: list[ColumnElement[bool]] = [at.seller_id == unit.seller_id]
    equal = (
        (at.supply_source_id, wanted.returns_to),
        (at.rma_id, wanted.rma_id),
        (at.status, wanted.status),
        (at.tracking_id, wanted.tracking_id),
    )
    conditions += [column == value for column, value in equal if value is not None]
    if wanted.created_before is not None:
        conditions.append(at.created_at < wanted.created_before)
    if wanted.updated_after is not None:
        conditions.append(at.updated_at > wanted.updated_after)
    if wanted.updated_before is not None:
        conditions.append(at.updated_at < wanted.updated_before)
    if after_key is not None:  # never both: SQLite would take the lesser bound, and walk from there on each page anew
        conditions.append(beyond((at.created_at, at.external_return_id), after_key))
    elif wanted.created_after is not None:
        conditions.append(at.created_at > wanted.created_after)
    page = select(at.document).where(*conditions).order_by(at.created_at, at.external_return_id).limit(limit + 1)
    rows: list[Any] = list(unit.execute(page))
    found: list[ExternalReturn] = [row.document for row in rows[:limit]]
    if len(rows) <= limit:
        return ReturnPage(returns=found)
    return ReturnPage(returns=found, next_key=(found[-1].created_at, found[-1].external_return_id))


def _there(one: ExternalReturn | None, external_return_id: str) -> ExternalReturn:
    if one is None:
        raise NoSuchThing("returnId", external_return_id)
    return one
