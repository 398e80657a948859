"""A market: one database, one clock, one seed; the place where units of work are opened and due things are run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock

import msgspec
import structlog
from sqlalchemy import Column, Row, String, Table, Text, and_, select, tuple_
from sqlalchemy.engine import Connection

from sellingpartner.market import contexts as contexts  # noqa: PLC0414 - brings every context's tables and actions
from sellingpartner.market.time.clock import Clock, Mode
from sellingpartner.market.time.schedule import carry_out, schedule
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.database import MEMORY, Database
from sellingpartner.storage.migrations import bring_up_to_date
from sellingpartner.storage.unit import MARKET, UnitOfWork

log = structlog.get_logger(__name__)

BATCH = 200
"""How many due things share a transaction at most."""

ATTEMPTS = 3
"""How often a due thing that fails is tried before it is set aside with its failure."""

facts_of_market = Table(
    "market",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)


class DueFailure(msgspec.Struct, frozen=True):
    """A due thing that could not be carried out and was set aside."""

    kind: str
    due_at: datetime
    failure: str


class Market:
    """One marketplace: everything in it happens in a unit of work that it opened."""

    def __init__(self, database: Database, clock: Clock, seed: int) -> None:
        self.database = database
        self.clock = clock
        self.seed = seed
        # One thread at a time runs due things, so that they happen in order; others ask it to hurry by advancing.
        self._running = RLock()

    @classmethod
    def open(cls, url: str = MEMORY, *, seed: int | None = None, at: datetime | None = None) -> Market:
        """Open the market in a database, made ready if it is new: its clock stands frozen at `at`, or runs live."""
        database = Database(url)
        database.check()
        bring_up_to_date(database)
        with database.write() as connection:
            kept = _remember(connection, "seed", str(1 if seed is None else seed))
            clock = Clock.load(connection)
            if clock is None:
                clock = Clock(Mode.LIVE if at is None else Mode.FROZEN, at)
                clock.save(connection)
        return cls(database, clock, int(kept))

    @contextmanager
    def read(self, seller_id: str = MARKET) -> Iterator[UnitOfWork]:
        """Open a unit that asks questions only."""
        with self.database.read() as connection:
            yield UnitOfWork(connection, now=self.clock.now(), seed=self.seed, seller_id=seller_id)

    @contextmanager
    def write(self, seller_id: str = MARKET, *, at: datetime | None = None) -> Iterator[UnitOfWork]:
        """Open a unit that may change the market; it is kept as a whole, or not at all if the block raises."""
        with self.database.write() as connection:
            unit = UnitOfWork(connection, now=at or self.clock.now(), seed=self.seed, seller_id=seller_id)
            yield unit
            unit.finish()

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, and have everything happen that is due by then."""
        with self._running:
            if at is not None:
                self.advance_to(at)
            self.clock.freeze(at)
            self._save_clock()

    def live(self) -> None:
        """Let the clock run."""
        with self._running:
            self.clock.live()
            self._save_clock()

    def advance(self, by: timedelta) -> int:
        """Let time pass at once: everything due on the way happens, in order. Returns how many things happened."""
        return self.advance_to(self.clock.now() + by)

    def advance_to(self, moment: datetime) -> int:
        """Go to a later moment, as `advance` does."""
        with self._running:
            happened = self.run_due(until=moment)
            self.clock.move_to(moment)
            self._save_clock()
        return happened

    def run_due(self, until: datetime | None = None) -> int:
        """Carry out what is due, in order, each at its own moment; the clock follows. Returns how many."""
        happened = 0
        with self._running:
            while done := self._run_batch(until or self.clock.now()):
                happened += done
        return happened

    def next_due(self) -> datetime | None:
        """When the next due thing is due."""
        with self.database.read() as connection:
            first = select(schedule.c.due_at).where(schedule.c.failure.is_(None)).order_by(schedule.c.due_at).limit(1)
            found: datetime | None = connection.execute(first).scalar()
            return found

    def _run_batch(self, until: datetime) -> int:
        """Carry out up to a batch of due things in one transaction; if one fails, find it by going one by one."""
        try:
            return self._run_rows(until, BATCH)
        except Exception:
            log.warning("a batch of due things failed and is run one by one", exc_info=True)
        try:
            return self._run_rows(until, 1)
        except Exception as reason:  # noqa: BLE001 - the loop must outlive any due thing; this one is counted and set aside
            return self._count_failure(until, reason)

    def _run_rows(self, until: datetime, most: int) -> int:
        with self.database.write() as connection:
            rows = self._claim(connection, until, most)
            if not rows:
                return 0
            for index, row in enumerate(rows):
                unit = UnitOfWork(connection, now=row.due_at, seed=self.seed, seller_id=row.seller_id)
                carry_out(unit, row.kind, row.due)
                soonest = unit.soonest(schedule)
                unit.finish()
                # What a due thing scheduled may come before the next of this batch: then the batch ends here.
                if soonest is not None and index + 1 < len(rows) and soonest < rows[index + 1].due_at:
                    rows = rows[: index + 1]
                    break
            self._forget(connection, rows)
            last: datetime = rows[-1].due_at
        self.clock.move_to(last)
        return len(rows)

    def _claim(self, connection: Connection, until: datetime, most: int) -> list[Row[tuple[object, ...]]]:
        """The next due things; on a database with several workers each of them takes rows that no other one holds."""
        due = (
            select(schedule)
            .where(and_(schedule.c.due_at <= until, schedule.c.failure.is_(None)))
            .order_by(schedule.c.due_at, schedule.c.due_id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return list(connection.execute(due))

    def _forget(self, connection: Connection, rows: list[Row[tuple[object, ...]]]) -> None:
        keys = [(row.seller_id, row.due_id) for row in rows]
        connection.execute(schedule.delete().where(tuple_(schedule.c.seller_id, schedule.c.due_id).in_(keys)))

    def _count_failure(self, until: datetime, reason: Exception) -> int:
        with self.database.write() as connection:
            for row in self._claim(connection, until, 1):
                attempts = row.attempts + 1
                failure = repr(reason) if attempts >= ATTEMPTS else None
                log.error("a due thing failed", kind=row.kind, attempts=attempts, set_aside=failure is not None)
                this = and_(schedule.c.seller_id == row.seller_id, schedule.c.due_id == row.due_id)
                connection.execute(schedule.update().where(this).values(attempts=attempts, failure=failure))
        return 1

    def failures(self) -> list[DueFailure]:
        """The due things that were set aside because they failed."""
        with self.database.read() as connection:
            rows = connection.execute(select(schedule).where(schedule.c.failure.is_not(None)))
            return [DueFailure(row.kind, row.due_at, row.failure) for row in rows]

    def remember(self, name: str, value: str) -> str:
        """Keep a fact about the market itself, unless it is known already; returns what is known."""
        with self.database.write() as connection:
            return _remember(connection, name, value)

    def _save_clock(self) -> None:
        with self.database.write() as connection:
            self.clock.save(connection)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _remember(connection: Connection, name: str, value: str) -> str:
    known: str | None = connection.execute(
        select(facts_of_market.c.value).where(facts_of_market.c.name == name)
    ).scalar()
    if known is None:
        connection.execute(facts_of_market.insert().values(name=name, value=value))
        return value
    return known
