"""Carries out what is due, in the order of its moments, many due things to a transaction.

What a due thing schedules for a moment within its own batch is carried out in that batch, in its turn, and never
stored. One that ends its batch is the last of it: what was claimed behind it stays due. If any of a batch fails,
nothing of the batch remains, and its things are run one by one, so that the one that fails is found, counted, and after
some tries set aside with its failure: the rest of the market goes on.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

import msgspec
import structlog
from sqlalchemy import Integer, and_, bindparam, func, select
from sqlalchemy.engine import Connection

from sellingpartner.market.time.clock import Clock
from sellingpartner.market.time.schedule import carry_out, schedule
from sellingpartner.market.time.stops import StopAt, Stopped, stopped_by
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.database import Database, Turn
from sellingpartner.storage.events import events
from sellingpartner.storage.memory import Memory
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

log = structlog.get_logger(__name__)

BATCH = 200
"""How many stored due things share a transaction at most."""

REACH = timedelta(hours=6)
"""How far beyond the last stored due thing a batch carries out what comes about in it: a transaction must end."""

ATTEMPTS = 3
"""How often a due thing that fails is tried before it is set aside."""

_waiting = schedule.c.failure.is_(None)
_first_due = select(schedule.c.due_at).where(_waiting).order_by(schedule.c.due_at).limit(1)
_coming = (
    select(schedule.c.seller_id, schedule.c.kind, schedule.c.due_at)
    .where(_waiting)
    .order_by(schedule.c.due_at, schedule.c.due_id)
)
_count = select(func.count()).select_from(schedule).where(_waiting)


class _DueRow(NamedTuple):
    seller_id: str
    due_id: int
    due_at: datetime
    kind: str
    due: bytes
    attempts: int


_CLAIMED = tuple(_DueRow.__annotations__)
_next = Question(
    select(*(schedule.c[name] for name in _CLAIMED))
    .where(and_(schedule.c.due_at <= bindparam("until"), _waiting))
    .order_by(schedule.c.due_at, schedule.c.due_id)
    .limit(bindparam("most", type_=Integer()))
    .with_for_update(skip_locked=True),
    _DueRow,
)
_done = Prepared(
    schedule.delete().where(schedule.c.seller_id == bindparam("of_seller"), schedule.c.due_id == bindparam("of_due"))
)


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """A due thing that is still to happen."""

    seller_id: str
    kind: str
    due_at: datetime


class Failure(msgspec.Struct, frozen=True):
    """A due thing that could not be carried out and was set aside."""

    seller_id: str
    kind: str
    due_at: datetime
    failure: str


class Done(msgspec.Struct, frozen=True):
    """How many due things a batch carried out, of which kinds, and the moment of the last."""

    count: int
    last: datetime
    kinds: Mapping[str, int] = MappingProxyType({})
    stopped_by: Stopped | None = None
    """The fact at which the batch ended because time was to stop there."""


class Worker:
    """Runs batches of due things against one database."""

    def __init__(self, database: Database, clock: Clock, seed: int) -> None:
        self._database = database
        self._clock = clock
        self._seed = seed

    def run_batch(self, until: datetime, stop: StopAt | None = None) -> Done | None:
        """Carry out the next batch of what is due by a moment; None if nothing is. It ends behind what it stops at."""
        try:
            return self._run(until, BATCH, stop)
        except DatabaseAway as away:
            if not away.was_set_back:
                raise  # no due thing's fault: each is tried again when the database is there
            log.warning("a batch of due things went behind another one", reason=away.reason)
        except Exception:
            log.warning("a batch of due things failed and is run one by one", exc_info=True)
        try:
            return self._run(until, 1, stop)
        except DatabaseAway:
            raise
        except Exception as reason:  # noqa: BLE001 - the loop must outlive any due thing; this one is set aside
            return self._count_failure(until, reason)

    def _run(self, until: datetime, most: int, stop: StopAt | None) -> Done | None:
        # One process at a time: things happen in order then, and two batches never hold what the other one needs.
        with self._database.write(Turn.WORKING) as connection:
            rows = _claim(connection, until, most)
            if not rows:
                return None
            horizon = rows[-1].due_at if len(rows) == most else min(until, rows[-1].due_at + REACH)
            batch = _Batch(connection, self._seed, horizon, stop)
            done = batch.run(rows)
            _done.run_many(connection, [{"of_seller": seller_id, "of_due": due_id} for seller_id, due_id in batch.done])
            self._clock.save_reached(connection, done.last)
        return done

    def _count_failure(self, until: datetime, reason: Exception) -> Done | None:
        with self._database.write(Turn.WORKING) as connection:
            for row in _claim(connection, until, 1):
                attempts = row.attempts + 1
                failure = repr(reason) if attempts >= ATTEMPTS else None
                log.error("a due thing failed", kind=row.kind, attempts=attempts, reason=repr(reason))
                this = and_(schedule.c.seller_id == row.seller_id, schedule.c.due_id == row.due_id)
                connection.execute(schedule.update().where(this).values(attempts=attempts, failure=failure))
                return Done(0, row.due_at)
        return None


class _Batch:
    """The due things of one transaction: those that were stored, and those that they bring about by the horizon."""

    def __init__(self, connection: Connection, seed: int, horizon: datetime, stop: StopAt | None) -> None:
        self._connection = connection
        self._stop = stop
        self._seed = seed
        self._horizon = horizon
        self._units: dict[str, UnitOfWork] = {}
        self._memory = Memory()
        self._heap: list[tuple[datetime, int, str, str, bytes, int | None]] = []
        self._entered = 0
        self.done: list[tuple[str, int]] = []
        """The stored ones that were carried out."""

    def run(self, rows: list[_DueRow]) -> Done:
        """Carry out all of them, in order."""
        for row in rows:
            self._enter(row.due_at, row.seller_id, row.kind, row.due, row.due_id)
        kinds: Counter[str] = Counter()
        last, goes_on, found = self._horizon, True, None
        while self._heap and goes_on:
            last, _, seller_id, kind, due, due_id = heapq.heappop(self._heap)
            unit = self._unit(seller_id, last)
            before, facts = unit.staged(schedule), unit.staged(events)
            goes_on = carry_out(unit, kind, due)
            if self._stop is not None:
                found = stopped_by(self._stop, unit.rows_staged(events, since=facts))
                goes_on = goes_on and found is None
            if due_id is not None:
                self.done.append((seller_id, due_id))
            for staged in unit.take_back(schedule, since=before):
                if staged["due_at"] > self._horizon:
                    unit.stage(schedule, "due_id", staged)
                else:  # what is late already happens next, not in the past
                    self._enter(max(staged["due_at"], last), staged["seller_id"], staged["kind"], staged["due"])
            kinds[kind] += 1
        self._put_back()
        for unit in self._units.values():
            unit.finish()
        return Done(kinds.total(), last, kinds, found)

    def _enter(self, due_at: datetime, seller_id: str, kind: str, due: bytes, due_id: int | None = None) -> None:
        self._entered += 1  # breaks ties: what came first happens first
        heapq.heappush(self._heap, (due_at, self._entered, seller_id, kind, due, due_id))

    def _put_back(self) -> None:
        """Schedule what came about in this batch and was not carried out; stored rows are where they were."""
        for due_at, _, seller_id, kind, due, due_id in sorted(self._heap):
            if due_id is None:
                row = {"due_at": due_at, "kind": kind, "due": due, "attempts": 0, "failure": None}
                self._unit(seller_id, due_at).stage(schedule, "due_id", row)

    def _unit(self, seller_id: str, now: datetime) -> UnitOfWork:
        if seller_id not in self._units:
            self._units[seller_id] = UnitOfWork(
                self._connection, now=now, seed=self._seed, seller_id=seller_id, memory=self._memory
            )
        unit = self._units[seller_id]
        unit.now = now
        return unit


def _claim(connection: Connection, until: datetime, most: int) -> list[_DueRow]:
    """The next due things, and no row that somebody else holds."""
    return _next.all(connection, {"until": until, "most": most})


def next_due(connection: Connection) -> datetime | None:
    """When the next due thing is due."""
    found: datetime | None = connection.execute(_first_due).scalar()
    return found


def coming(connection: Connection, most: int) -> list[Coming]:
    """What is due next, in order; so much at most."""
    return [Coming(**row._mapping) for row in connection.execute(_coming.limit(most))]


def waiting(connection: Connection) -> int:
    """How many things are still to happen."""
    found: int = connection.execute(_count).scalar_one()
    return found


def failures(connection: Connection) -> list[Failure]:
    """The due things that were set aside."""
    rows = connection.execute(select(schedule).where(schedule.c.failure.is_not(None)).order_by(schedule.c.due_at))
    return [Failure(row.seller_id, row.kind, row.due_at, row.failure) for row in rows]
