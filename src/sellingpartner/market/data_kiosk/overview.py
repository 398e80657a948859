"""Queries of all sellers, for whoever runs the market."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, select

from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.store import query_columns, query_of_row
from sellingpartner.market.data_kiosk.tables import kiosk_queries
from sellingpartner.storage.unit import UnitOfWork


def latest_queries(
    unit: UnitOfWork, *, seller_id: str | None, status: str | None, limit: int
) -> list[tuple[str, Query]]:
    """Queries with their sellers, those first that were asked last."""
    at = kiosk_queries.c
    wanted = ((at.seller_id, seller_id), (at.status, status))
    return _found(unit, [column == value for column, value in wanted if value is not None], limit)


def queries_with_id(unit: UnitOfWork, query_id: str, seller_id: str | None) -> list[tuple[str, Query]]:
    """The queries of a number: each seller may have one."""
    conditions: list[ColumnElement[bool]] = [kiosk_queries.c.query_id == query_id]
    if seller_id is not None:
        conditions.append(kiosk_queries.c.seller_id == seller_id)
    return _found(unit, conditions, 100)


def _found(unit: UnitOfWork, conditions: list[ColumnElement[bool]], limit: int) -> list[tuple[str, Query]]:
    at = kiosk_queries.c
    newest = (at.created_at.desc(), at.query_id.desc(), at.seller_id)
    query = select(at.seller_id, *query_columns).where(and_(True, *conditions)).order_by(*newest).limit(limit)  # noqa: FBT003 - SQLAlchemy's neutral condition
    rows: Any = unit.execute(query)
    return [(row.seller_id, query_of_row(row)) for row in rows]
