"""What others may ask of feedback."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select, true

from sellingpartner.market.feedback.model import GOOD, Feedback
from sellingpartner.market.feedback.tables import seller_feedback
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_columns = [seller_feedback.c[name] for name in Feedback.__struct_fields__]
_PAGE = 500
_of_order = Question(
    select(*_columns).where(
        seller_feedback.c.seller_id == bindparam("of_seller"), seller_feedback.c.order_id == bindparam("of_order")
    ),
    Feedback,
)


def feedback_of_order(unit: UnitOfWork, order_id: str) -> Feedback | None:
    """What an order's buyer said, or None."""
    return _of_order.first(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})


def feedback_of_orders(unit: UnitOfWork, order_ids: Collection[str]) -> dict[str, Feedback]:
    """What buyers said of orders, by order."""
    at = seller_feedback.c
    wanted = select(*_columns).where(at.seller_id == unit.seller_id, at.order_id.in_(order_ids))
    return {row.order_id: Feedback(**row._mapping) for row in unit.execute(wanted)}


def feedback_between(
    unit: UnitOfWork, marketplace_ids: Collection[str], begin: datetime, end: datetime
) -> Iterator[Feedback]:
    """What was said from one moment until another, in the order in which it was; read page by page."""
    at = seller_feedback.c
    key = (at.left_at, at.order_id)
    after: ColumnElement[bool] = true()
    while True:
        rows = unit.execute(
            select(*_columns)
            .where(
                at.seller_id == unit.seller_id,
                at.marketplace_id.in_(marketplace_ids),
                at.left_at >= begin,
                at.left_at < end,
                after,
            )
            .order_by(at.left_at, at.order_id)
            .limit(_PAGE)
        ).all()
        yield from (Feedback(**row._mapping) for row in rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1]
        after = beyond(key, (last.left_at, last.order_id))


def latest_feedback(unit: UnitOfWork, limit: int) -> list[Feedback]:
    """What was said last, the latest first."""
    at = seller_feedback.c
    wanted = select(*_columns).where(at.seller_id == unit.seller_id)
    rows = unit.execute(wanted.order_by(at.left_at.desc(), at.order_id.desc()).limit(limit))
    return [Feedback(**row._mapping) for row in rows]


def ratings_of(unit: UnitOfWork) -> tuple[int, int]:
    """How many ratings the seller has, and how many of them are good."""
    at = seller_feedback.c
    wanted = select(func.count().label("received"), func.count().filter(at.rating >= GOOD).label("positive")).where(
        at.seller_id == unit.seller_id
    )
    found = unit.execute(wanted).one()
    return int(found.received), int(found.positive)
