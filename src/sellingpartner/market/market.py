"""A market: one database, one clock, one seed; the place where units of work are opened and due things are run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from threading import Lock, RLock
from types import TracebackType

from sqlalchemy import Connection

from sellingpartner.market import contexts as contexts  # noqa: PLC0414 - brings every context's tables and actions
from sellingpartner.market.accounts.concerned import check_concerned
from sellingpartner.market.catalog.indexing import index_an_old_catalog
from sellingpartner.market.faults.board import FaultBoard
from sellingpartner.market.listings.opening import put_services_on_sale
from sellingpartner.market.product_types.releasing import notice_release
from sellingpartner.market.sandbox import SANDBOX
from sellingpartner.market.time.clock import Clock, Mode
from sellingpartner.market.time.stops import StopAt
from sellingpartner.market.time.way import Journey, Way
from sellingpartner.market.time.worker import Coming, Failure, Worker, coming, failures, next_due, waiting
from sellingpartner.market.time.works import carry_out_next, work_waits
from sellingpartner.storage.database import MEMORY, PATIENCE_SECONDS, Database, Turn
from sellingpartner.storage.document_store import DocumentStore, store_beside
from sellingpartner.storage.events import CAUSE
from sellingpartner.storage.migrations import bring_up_to_date
from sellingpartner.storage.remembered import known, remember
from sellingpartner.storage.unit import MARKET, UnitOfWork


class Market:
    """One marketplace: everything in it happens in a unit of work that it opened."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        seed: int,
        documents: DocumentStore | None = None,
        *,
        is_draft: bool = False,
    ) -> None:
        self.database = database
        self.clock = clock
        self.seed = seed
        self.documents = documents or DocumentStore()
        self._is_draft = is_draft
        self._making = Lock()
        # One thread at a time runs due things, so that they happen in order; others ask it to hurry by advancing.
        self._running = RLock()
        self.way = Way()
        self._worker = Worker(database, clock, seed)
        self.faults = FaultBoard(self.write, self.read, seed, check_concerned)

    @classmethod
    def open(
        cls,
        url: str = MEMORY,
        *,
        seed: int | None = None,
        at: datetime | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
        is_sandbox: bool = False,
        is_draft: bool = False,
        documents: DocumentStore | None = None,
    ) -> Market:
        """Open the market in a database, made ready if it is new: its clock stands frozen at `at`, or runs live.

        Its documents are kept beside its file, or in memory where it has none, unless a store is given.

        One that was opened as a sandbox stays one. A draft is a file that nobody keeps unless it is whole: a crash may
        leave it broken.
        """
        database = Database(url, patience_seconds=patience_seconds, is_draft=is_draft)
        return cls.over(database, seed=seed, at=at, is_sandbox=is_sandbox, is_draft=is_draft, documents=documents)

    @classmethod
    def over(
        cls,
        database: Database,
        *,
        seed: int | None = None,
        at: datetime | None = None,
        is_sandbox: bool = False,
        is_draft: bool = False,
        documents: DocumentStore | None = None,
    ) -> Market:
        """Open the market in a database that somebody has, as `open` does."""
        database.check()
        bring_up_to_date(database)
        database.keep_private()
        with database.write(Turn.OPENING) as connection:  # two processes may open a new market at once
            index_an_old_catalog(connection)
            kept = remember(connection, "seed", str(1 if seed is None else seed))
            if is_sandbox:
                remember(connection, SANDBOX, "yes")
            clock = Clock.load(connection)
            if clock is None:
                clock = Clock(Mode.LIVE if at is None else Mode.FROZEN, at)
                clock.save(connection)
            opening = UnitOfWork(connection, now=clock.now(), seed=int(kept))
            notice_release(opening)
            put_services_on_sale(opening)
            opening.finish()
        market = cls(database, clock, int(kept), documents or store_beside(database.url), is_draft=is_draft)
        market.faults.reload()
        return market

    def read(self, seller_id: str = MARKET) -> AbstractContextManager[UnitOfWork]:
        """Open a unit that asks questions only."""
        return _Asking(self, self.database.read(), seller_id)

    def glance(self, seller_id: str = MARKET) -> AbstractContextManager[UnitOfWork] | None:
        """Open one for a short question, quicker, if that can be; it may end with `ReadAnew` (`storage/glance.py`)."""
        transaction = self.database.glance()
        return None if transaction is None else _Asking(self, transaction, seller_id)

    @contextmanager
    def write(self, seller_id: str = MARKET, *, at: datetime | None = None) -> Iterator[UnitOfWork]:
        """Open a unit that may change the market; it is kept as a whole, or not at all if the block raises."""
        with self.database.write() as connection:
            now, memory = at or self.clock.now(), self.database.memory
            unit = UnitOfWork(connection, now=now, seed=self.seed, seller_id=seller_id, memory=memory)
            unit.cause = CAUSE.get()
            yield unit
            if self.way.until is not None:
                self.way.see(unit)
            unit.finish()

    @contextmanager
    def snapshot(self, seller_id: str = MARKET) -> Iterator[UnitOfWork]:
        """Open a unit that sees one moment, however long it is read."""
        with self.database.snapshot() as connection:
            yield UnitOfWork(connection, now=self.clock.now(), seed=self.seed, seller_id=seller_id)

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, and have everything happen that is due by then."""
        with self._running:
            is_there = at is None or not self.travel(at).is_stopped
            with self._clock_kept():
                self.clock.freeze(at if is_there else None)

    def live(self, speed: float = 1.0) -> None:
        """Let the clock run, so many times as fast as the machine's."""
        with self._running, self._clock_kept():
            self.clock.live(speed)

    def advance(self, by: timedelta) -> int:
        """Let time pass at once: everything due on the way happens, in order. Returns how many things happened."""
        return self.advance_to(self.clock.now() + by)

    def advance_to(self, moment: datetime) -> int:
        """Go to a later moment, as `advance` does."""
        return self.travel(moment).happened

    def travel(self, moment: datetime, *, until: StopAt | None = None) -> Journey:
        """Go to a later moment, as `advance` does, unless `stop` ends it at an earlier one; tells what happened.

        With `until` it also ends at the first thing of that kind that happens. Whoever reads meanwhile sees how far it
        is: the clock follows. Wherever it ends, what was due by then has happened, and nothing that is due later.
        """
        with self._running:
            self.way.begin(moment, until)
            try:
                self.run_works()  # what a process left that died in the middle
                while not self.way.is_to_stop and (done := self._worker.run_batch(moment, self.way.until)) is not None:
                    self.way.add(done)
                    self.clock.move_to(done.last)
                    self.run_works()
                    if self.way.has_come:  # what is due at its moment belongs to it
                        moment = min(moment, self.clock.now())
                with self._clock_kept():
                    self.clock.move_to(self.clock.now() if self.way.is_to_stop else moment)
                return self.way.end(self.clock.now())
            finally:
                self.way.to = self.way.until = None

    def stop(self) -> bool:
        """Have time that is advanced stand where it is; whether there was any. It goes on with `advance`."""
        return self.way.stop()

    def run_due(self, until: datetime | None = None, *, wait: bool = True, with_works: bool = True) -> int | None:
        """Carry out what is due, in order, each at its own moment; the clock follows. Returns how many.

        Without `wait` it leaves that, and returns None, if somebody is at it. Without `with_works` it leaves to others
        what takes long.
        """
        if not self._running.acquire(blocking=wait):
            return None
        happened = 0
        try:
            if with_works:
                self.run_works()
            while (done := self._worker.run_batch(until or self.clock.now())) is not None:
                happened += done.count
                self.clock.move_to(done.last)
                if with_works:
                    self.run_works()
        finally:
            self._running.release()
        return happened

    def run_works(self, most: int | None = None) -> int:
        """Carry out the works that wait, one after the other; returns how many. Leaves those of a draft alone."""
        if self._is_draft:
            return 0
        count = 0
        while count != most and self._has_works():
            with self._making, self.database.making() as is_ours:
                if not is_ours or not carry_out_next(self):
                    break
            count += 1
        return count

    def _has_works(self) -> bool:
        with self.database.read() as connection:
            return work_waits(connection)

    @contextmanager
    def replaced(self) -> Iterator[None]:
        """Let another world be put into the database: no time passes meanwhile, and then the market is that world."""
        with self._running:
            yield
            self.reload()

    def reload(self) -> None:
        """Read anew what the market keeps of its database in memory: another world is in it."""
        with self._running:
            with self.database.read() as connection:
                clock = Clock.load(connection) or self.clock
                self.seed = int(known(connection, "seed") or self.seed)
            self.clock.set_back(clock.reading())
            self._worker = Worker(self.database, self.clock, self.seed)
            self.faults.reload()

    def next_due(self) -> datetime | None:
        """When the next due thing is due."""
        with self.database.read() as connection:
            return next_due(connection)

    def coming(self, most: int) -> list[Coming]:
        """What is due next, in order; so much at most."""
        with self.database.read() as connection:
            return coming(connection, most)

    def failures(self) -> list[Failure]:
        """The due things that were set aside because they failed."""
        with self.database.read() as connection:
            return failures(connection)

    def waiting(self) -> int:
        """How many things are still to happen."""
        with self.database.read() as connection:
            return waiting(connection)

    def known(self, name: str) -> str | None:
        """A fact about the market itself that was kept with `remember`."""
        with self.database.read() as connection:
            return known(connection, name)

    def remember(self, name: str, value: str) -> str:
        """Keep a fact about the market itself, unless it is known already; returns what is known."""
        with self.database.write() as connection:
            return remember(connection, name, value)

    @contextmanager
    def _clock_kept(self) -> Iterator[None]:
        """Change the clock and keep it in the database; where that cannot be, it is as it was."""
        before = self.clock.reading()
        try:
            yield
            with self.database.write() as connection:
                self.clock.save(connection)
        except BaseException:
            self.clock.set_back(before)
            raise

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


class _Asking:
    """A unit that only asks. A class, not a generator: every call of the API opens one."""

    __slots__ = ("_market", "_seller_id", "_transaction")

    def __init__(self, market: Market, transaction: AbstractContextManager[Connection], seller_id: str) -> None:
        self._market = market
        self._transaction = transaction
        self._seller_id = seller_id

    def __enter__(self) -> UnitOfWork:
        market = self._market
        connection = self._transaction.__enter__()
        now, memory = market.clock.now(), market.database.memory
        return UnitOfWork(connection, now=now, seed=market.seed, seller_id=self._seller_id, memory=memory)

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, failure, traceback)
