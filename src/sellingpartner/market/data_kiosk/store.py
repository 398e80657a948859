"""Queries to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, select

from sellingpartner.market.data_kiosk.model import Query
from sellingpartner.market.data_kiosk.refusals import NoSuchQuery
from sellingpartner.market.data_kiosk.tables import kiosk_queries
from sellingpartner.market.documents.jobs import JobStatus, Key
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

query_columns = [kiosk_queries.c[name] for name in Query.__struct_fields__]
_FIRST_ID = 100_000_000_000


class QueryFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which queries are wanted."""

    statuses: tuple[str, ...] = ()
    since: datetime
    until: datetime


def new_id(unit: UnitOfWork) -> str:
    """A number for a query, as Amazon's are."""
    return str(_FIRST_ID + unit.next_number("kiosk queries"))


def insert_query(unit: UnitOfWork, query: Query) -> None:
    """Keep a query for the first time."""
    unit.execute(kiosk_queries.insert(), msgspec.structs.asdict(query) | {"seller_id": unit.seller_id})


def change_query(unit: UnitOfWork, query_id: str, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a query."""
    unit.execute(kiosk_queries.update().where(_this(unit, query_id)).values(**changed))


def delete_query(unit: UnitOfWork, query_id: str) -> None:
    """Forget a query."""
    unit.execute(kiosk_queries.delete().where(_this(unit, query_id)))


def find_query(unit: UnitOfWork, query_id: str) -> Query:
    """One of the seller's queries; raises `NoSuchQuery`."""
    row = unit.execute(select(*query_columns).where(_this(unit, query_id))).first()
    if row is None:
        raise NoSuchQuery(query_id)
    return query_of_row(row)


def page_of_queries(unit: UnitOfWork, wanted: QueryFilter, after: Key, limit: int) -> list[Query]:
    """Queries, those first that were asked last."""
    at = kiosk_queries.c
    conditions = [
        at.seller_id == unit.seller_id,
        at.created_at.between(wanted.since, wanted.until),
        _before(*after),
    ]
    if wanted.statuses:
        conditions.append(at.status.in_(wanted.statuses))
    newest = (at.created_at.desc(), at.query_id.desc())
    found = unit.execute(select(*query_columns).where(and_(*conditions)).order_by(*newest).limit(limit))
    return [query_of_row(row) for row in found]


def is_another_before(unit: UnitOfWork, query: Query) -> bool:
    """Whether an earlier query is not at its end."""
    at = kiosk_queries.c
    earlier = and_(at.seller_id == unit.seller_id, at.ended_at.is_(None), _before(query.created_at, query.query_id))
    return unit.execute(select(at.query_id).where(earlier).limit(1)).first() is not None


def query_of_row(row: Row[Any]) -> Query:
    """A query as its row tells it."""
    told = row._mapping
    fields = {name: told[name] for name in Query.__struct_fields__}
    return Query(**{**fields, "status": JobStatus(told["status"])})


def _before(moment: datetime, query_id: str) -> ColumnElement[bool]:
    at = kiosk_queries.c
    return beyond((at.created_at, at.query_id), (moment, query_id), is_descending=True)


def _this(unit: UnitOfWork, query_id: str) -> ColumnElement[bool]:
    return and_(kiosk_queries.c.seller_id == unit.seller_id, kiosk_queries.c.query_id == query_id)
