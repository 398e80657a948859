"""What happened to a seller, found by when it happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, literal, select

from sellingpartner.storage.events import events
from sellingpartner.storage.unit import UnitOfWork


class StoredFact(NamedTuple):
    """A fact as it is kept."""

    event_id: int
    happened_at: datetime
    kind: str
    fact: bytes
    """Its values, as JSON."""
    cause: str | None
    """The id of the request that led to it, if one did."""


_of_fact = events.c
_stored = select(_of_fact.event_id, _of_fact.happened_at, _of_fact.kind, _of_fact.fact, _of_fact.cause)


def between(
    unit: UnitOfWork, seller_id: str, since: datetime, until: datetime, *, most: int = 20_000
) -> list[StoredFact]:
    """What happened to a seller from one moment to another, both included, in order; at most so many."""
    return _found(unit, seller_id, _of_fact.happened_at.between(since, until), most)


def at_moments(
    unit: UnitOfWork, seller_id: str, moments: Iterable[datetime], *, most: int = 20_000
) -> list[StoredFact]:
    """What happened to a seller at some moments, in order; at most so many."""
    return _found(unit, seller_id, _of_fact.happened_at.in_(sorted(set(moments))), most)


def latest(unit: UnitOfWork, seller_id: str, kind: str, *, most: int = 1000) -> list[StoredFact]:
    """The latest facts of one kind about a seller, the newest first; quick for a kind that has an index of its own."""
    # Written out: SQLite uses a partial index only where the query says the very same words.
    is_such = _of_fact.kind == literal(kind, literal_execute=True)
    wanted = _stored.where(_of_fact.seller_id == seller_id, is_such)
    rows = unit.execute(wanted.order_by(_of_fact.event_id.desc()).limit(most))
    return [StoredFact(**row._mapping) for row in rows]


def _found(unit: UnitOfWork, seller_id: str, when: ColumnElement[bool], most: int) -> list[StoredFact]:
    """Facts of some time; to have SQLite sort them by number would have it walk along all of a seller's."""
    wanted = _stored.where(_of_fact.seller_id == seller_id, when).order_by(_of_fact.happened_at)
    found = [StoredFact(**row._mapping) for row in unit.execute(wanted.limit(most))]
    return sorted(found, key=attrgetter("event_id"))
