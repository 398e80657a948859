"""What others may ask of reviews and of reasons of returns: of all sellers, as they are of items."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, select

from sellingpartner.market.reviews.model import ReturnedItem, Review
from sellingpartner.market.reviews.tables import item_reviews, returned_items
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_reviews = select(*(item_reviews.c[name] for name in Review.__struct_fields__))
_review = Question(
    _reviews.where(
        item_reviews.c.seller_id == bindparam("of_seller"),
        item_reviews.c.order_id == bindparam("of_order"),
        item_reviews.c.order_item_id == bindparam("of_item"),
    ),
    Review,
)
_returned = select(*(returned_items.c[name] for name in ReturnedItem.__struct_fields__))


def review_of(unit: UnitOfWork, order_id: str, order_item_id: str) -> Review | None:
    """What the buyer of an order of this unit's seller said of an item of it."""
    this = {"of_seller": unit.seller_id, "of_order": order_id, "of_item": order_item_id}
    return _review.first(unit.connection, this)


def reviews_of_items(
    unit: UnitOfWork, marketplace_id: str, asins: Collection[str], begin: datetime, end: datetime
) -> Iterator[Review]:
    """What was said of some items from one moment until another."""
    at = item_reviews.c
    return _read(unit, marketplace_id, at.asin.in_(sorted(asins)), begin, end)


def reviews_at_places(
    unit: UnitOfWork, marketplace_id: str, classification_ids: Collection[str], begin: datetime, end: datetime
) -> Iterator[Review]:
    """What was said of all items at some places of the browse tree from one moment until another."""
    at = item_reviews.c
    return _read(unit, marketplace_id, at.classification_id.in_(sorted(classification_ids)), begin, end)


def returns_at_places(
    unit: UnitOfWork, marketplace_id: str, classification_ids: Collection[str], begin: datetime, end: datetime
) -> Iterator[ReturnedItem]:
    """Why items at some places of the browse tree were sent back from one moment until another."""
    at = returned_items.c
    these = and_(at.marketplace_id == marketplace_id, at.classification_id.in_(sorted(classification_ids)))
    wanted = _returned.where(these, at.asked_at >= begin, at.asked_at < end)
    return (ReturnedItem(**row._mapping) for row in unit.execute(wanted))


def _read(
    unit: UnitOfWork, marketplace_id: str, these: ColumnElement[bool], begin: datetime, end: datetime
) -> Iterator[Review]:
    at = item_reviews.c
    wanted = _reviews.where(at.marketplace_id == marketplace_id, these, at.written_at >= begin, at.written_at < end)
    return (Review(**row._mapping) for row in unit.execute(wanted))
