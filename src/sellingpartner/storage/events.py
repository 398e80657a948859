"""Facts: what happened, in the past tense, stored with the transaction in which it happened.

A context emits (`unit.emit(OrderShipped(...))`); whoever must notice subscribes with `@on(OrderShipped)` and
acts in the same transaction: its failure is the operation's failure, so no context ever misses what another one did.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol, dataclass_transform

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    CursorResult,
    Executable,
    LargeBinary,
    String,
    Table,
    func,
    literal,
    select,
)

from sellingpartner.storage.columns import Instant, metadata

CAUSE: ContextVar[str | None] = ContextVar("cause", default=None)
"""The id of the request whose work is being done, for units that are opened on its behalf further down."""

_LONGEST_CAUSE = 40
_SLACK = timedelta(minutes=5)
"""By how much a fact may be older than one that was numbered before it: units of one seller may overlap."""

_STRETCH = 256
"""How many facts in a row may be older still: what is carried out late is told of its own moment."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact: past tense, frozen, plain values only."""


events = Table(
    "events",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("happened_at", Instant, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("fact", LargeBinary, nullable=False),
    Column("cause", String(_LONGEST_CAUSE)),  # the request that led to it; none for what time brought
)


_stored = select(events.c.event_id, events.c.happened_at, events.c.kind, events.c.fact, events.c.cause)


class StoredFact(NamedTuple):
    """A fact as it is kept."""

    event_id: int
    happened_at: datetime
    kind: str
    fact: bytes
    """Its values, as JSON."""
    cause: str | None
    """The id of the request that led to it, if one did."""


class Asked(Protocol):
    """A unit of work, as far as a question needs it."""

    def execute(self, statement: Executable, /) -> CursorResult[Any]:
        """Run one statement."""
        ...


def row_of(fact: Event, *, at: datetime, cause: str | None = None) -> dict[str, object]:
    """The stored form of a fact."""
    return {"happened_at": at, "kind": type(fact).__name__, "fact": msgspec.json.encode(fact), "cause": cause}


def between(unit: Asked, seller_id: str, since: datetime, until: datetime, *, most: int = 20_000) -> list[StoredFact]:
    """What happened to a seller from one moment to another, both included, in order; at most so many.

    There is no index by time: a seller's facts are numbered as they come, so both ends are found by halving.
    """
    mine = events.c.seller_id == seller_id
    first, _ = _first_number(unit, mine, since - _SLACK)
    _, last = _first_number(unit, mine, until + _SLACK)
    wanted = (
        _stored.where(mine, events.c.event_id >= first, events.c.event_id <= last)
        .where(events.c.happened_at >= since, events.c.happened_at <= until)
        .order_by(events.c.event_id)
        .limit(most)
    )
    return [StoredFact(**row._mapping) for row in unit.execute(wanted)]


def at_moments(unit: Asked, seller_id: str, moments: Iterable[datetime], *, most: int = 1000) -> list[StoredFact]:
    """What happened to a seller at some moments, in order; at most so many of each."""
    mine = events.c.seller_id == seller_id
    found: list[StoredFact] = []
    first = 0
    for moment in sorted(set(moments)):
        first, _ = _first_number(unit, mine, moment - _SLACK, above=first)
        near = _stored.where(mine, events.c.event_id >= first).order_by(events.c.event_id).limit(most).subquery()
        rows = unit.execute(select(near).where(near.c.happened_at == moment).order_by(near.c.event_id))
        found += [StoredFact(**row._mapping) for row in rows]
    return found


def latest(unit: Asked, seller_id: str, kind: str, *, most: int = 1000) -> list[StoredFact]:
    """The latest facts of one kind about a seller, the newest first; quick for a kind that has an index of its own."""
    # Written out: SQLite uses a partial index only where the query says the very same words.
    is_such = events.c.kind == literal(kind, literal_execute=True)
    wanted = _stored.where(events.c.seller_id == seller_id, is_such)
    rows = unit.execute(wanted.order_by(events.c.event_id.desc()).limit(most))
    return [StoredFact(**row._mapping) for row in rows]


def _first_number(unit: Asked, mine: ColumnElement[bool], since: datetime, *, above: int = 0) -> tuple[int, int]:
    """A number that no fact since a moment comes before, close to the first of them; and one a stretch behind it.

    Both lie behind all facts if there is none. What is looked at is a stretch and not one fact, as some facts tell of
    moments that were long gone when they were written.
    """
    ends = select(func.min(events.c.event_id).label("low"), func.max(events.c.event_id).label("high")).where(mine)
    found = unit.execute(ends).one()
    if found.low is None:
        return 0, 0
    low, high = max(found.low, above), found.high + 1
    behind = high
    while low < high:
        middle = (low + high) // 2
        stretch = (
            select(events.c.event_id, events.c.happened_at)
            .where(mine, events.c.event_id >= middle)
            .order_by(events.c.event_id)
            .limit(_STRETCH)
            .subquery()
        )
        latest_of_it = func.max(stretch.c.happened_at).label("latest")
        row = unit.execute(select(latest_of_it, func.max(stretch.c.event_id).label("last"))).one()
        if row.latest is None or row.latest >= since:
            high, behind = middle, behind if row.last is None else int(row.last)
        else:
            low = row.last + 1
    return int(low), behind
