"""What happened to a seller, found by when it happened.

There is no index of facts by time: a seller's facts are numbered as they come, so a moment is found by halving. What is
looked at on the way is a stretch of facts and not one, as some facts tell of moments that were long gone when they were
written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, bindparam, func, literal, select

from sellingpartner.storage.columns import Instant
from sellingpartner.storage.events import events
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_SLACK = timedelta(minutes=5)
"""By how much a fact may be older than one that was numbered before it: units of one seller may overlap."""

_STRETCH = 256
"""How many facts in a row may be older still: what is carried out late is told of its own moment."""

_NEAR_ENOUGH = 128
"""How many numbers a moment is narrowed down to: to look through so many is quicker than to ask again."""

_AROUND = 4_000
"""How many numbers from where a moment's facts may begin are looked through: those of the minutes before it as well."""


class StoredFact(NamedTuple):
    """A fact as it is kept."""

    event_id: int
    happened_at: datetime
    kind: str
    fact: bytes
    """Its values, as JSON."""
    cause: str | None
    """The id of the request that led to it, if one did."""


class _Ends(NamedTuple):
    low: int | None
    high: int | None


class _Stretch(NamedTuple):
    latest: datetime | None
    last: int | None


_of_fact = events.c
_stored = select(_of_fact.event_id, _of_fact.happened_at, _of_fact.kind, _of_fact.fact, _of_fact.cause).order_by(
    _of_fact.event_id
)
_mine = _of_fact.seller_id == bindparam("of_seller")
# Each by itself: SQLite finds the least or the greatest at once, and reads a whole index where it is asked for both.
_ends = Question(
    select(
        select(func.min(_of_fact.event_id)).where(_mine).scalar_subquery().label("low"),
        select(func.max(_of_fact.event_id)).where(_mine).scalar_subquery().label("high"),
    ),
    _Ends,
)
_from_here = (
    select(_of_fact.event_id, _of_fact.happened_at)
    .where(_mine, _of_fact.event_id >= bindparam("begin", type_=BigInteger()))
    .order_by(_of_fact.event_id)
    .limit(_STRETCH)
    .subquery()
)
_stretch = Question(
    select(func.max(_from_here.c.happened_at).label("latest"), func.max(_from_here.c.event_id).label("last")), _Stretch
)
_at = Question(
    _stored.where(
        _mine,
        _of_fact.event_id >= bindparam("begin", type_=BigInteger()),
        _of_fact.event_id < bindparam("end", type_=BigInteger()),
        _of_fact.happened_at == bindparam("moment", type_=Instant),
    ),
    StoredFact,
)


def between(
    unit: UnitOfWork, seller_id: str, since: datetime, until: datetime, *, most: int = 20_000
) -> list[StoredFact]:
    """What happened to a seller from one moment to another, both included, in order; at most so many."""
    numbers = _Numbers(unit.connection, seller_id)
    first, _ = numbers.first_since(since - _SLACK)
    _, last = numbers.first_since(until + _SLACK, above=first)
    wanted = (
        _stored.where(_of_fact.seller_id == seller_id, _of_fact.event_id >= first, _of_fact.event_id <= last)
        .where(_of_fact.happened_at >= since, _of_fact.happened_at <= until)
        .limit(most)
    )
    return [StoredFact(**row._mapping) for row in unit.execute(wanted)]


def at_moments(unit: UnitOfWork, seller_id: str, moments: Iterable[datetime]) -> list[StoredFact]:
    """What happened to a seller at some moments, in order."""
    numbers = _Numbers(unit.connection, seller_id)
    found: list[StoredFact] = []
    first = 0
    for moment in sorted(set(moments)):
        first, _ = numbers.first_since(moment - _SLACK, above=first)
        around = {"of_seller": seller_id, "begin": first, "end": first + _AROUND, "moment": moment}
        found += _at.all(unit.connection, around)
    return found


def latest(unit: UnitOfWork, seller_id: str, kind: str, *, most: int = 1000) -> list[StoredFact]:
    """The latest facts of one kind about a seller, the newest first; quick for a kind that has an index of its own."""
    # Written out: SQLite uses a partial index only where the query says the very same words.
    is_such = _of_fact.kind == literal(kind, literal_execute=True)
    wanted = _stored.order_by(None).where(_of_fact.seller_id == seller_id, is_such)
    rows = unit.execute(wanted.order_by(_of_fact.event_id.desc()).limit(most))
    return [StoredFact(**row._mapping) for row in rows]


class _Numbers:
    """The numbers of a seller's facts, in which moments are looked for."""

    def __init__(self, connection: Connection, seller_id: str) -> None:
        self._connection = connection
        self._seller_id = seller_id
        low, high = _ends.one(connection, {"of_seller": seller_id})
        self._low, self._end = (0, 0) if low is None or high is None else (low, high + 1)

    def first_since(self, moment: datetime, *, above: int = 0) -> tuple[int, int]:
        """A number that no fact since a moment comes before, close to the first of them; and one a stretch behind it.

        Both lie behind all facts if there is none. Nothing below `above` is looked at.
        """
        low, high = max(self._low, above), self._end
        behind = high
        while high - low > _NEAR_ENOUGH:
            middle = (low + high) // 2
            found = _stretch.one(self._connection, {"of_seller": self._seller_id, "begin": middle})
            if found.latest is None or found.last is None:
                high = middle
            elif found.latest >= moment:
                high, behind = middle, found.last
            else:
                low = found.last + 1
        return low, behind
